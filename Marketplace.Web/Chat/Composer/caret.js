/// Not on touch screens, where the keyboard would cover the room, while walking with j and k, or at a linked message.
export function beginToWrite(text, log) {
  const isBusy = document.activeElement?.closest('input, textarea, select, .mud-dialog, :popover-open');
  const isWalking = document.querySelector('.list-frame[data-walking]');
  if (isBusy || isWalking || log.dataset.target || isTouch()) return;
  text.focus({ preventScroll: true });
  toEnd(text);
}

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

/// As if the person had typed it, to write on from there.
export function fill(text, value) {
  text.value = value;
  text.focus();
  toEnd(text);
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

export function toEnd(text) { text.setSelectionRange(text.value.length, text.value.length); }

export function isTouch() { return matchMedia('(pointer: coarse)').matches; }
