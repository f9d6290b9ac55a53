/// Focuses the box when a room opens, except on touch screens, where the keyboard would cover the room, while walking
/// with j and k, and when a message was linked to.
export function beginToWrite(text, log) {
  const isBusy = document.activeElement?.closest('input, textarea, select, .mud-dialog, :popover-open');
  const isWalking = document.querySelector('.list-frame[data-walking]');
  if (isBusy || isWalking || log.dataset.target || isTouch()) return;
  text.focus({ preventScroll: true });
  toEnd(text);
}

/// Restores focus and caret after ReconnectNotice reloaded the page during typing.
export function writeOn(text) {
  let writing = null;
  try {
    writing = JSON.parse(sessionStorage.getItem('writing'));
    sessionStorage.removeItem('writing');
  } catch {
    // Without storage only the caret is lost.
  }
  if (writing?.draft !== text.dataset.draft || Date.now() - writing.at > 60_000) return;
  text.focus();
  text.setSelectionRange(writing.from, writing.to);
}

export function toEnd(text) { text.setSelectionRange(text.value.length, text.value.length); }

export function isTouch() { return matchMedia('(pointer: coarse)').matches; }
