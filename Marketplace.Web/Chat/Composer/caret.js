// Where the caret goes when a room opens.

/// At a desk one can write at once; on a phone the keyboard would cover the room. Not for who walks from room to room by j
/// and k, nor where a message was asked for.
export function beginToWrite(text, log) {
  const isBusy = document.activeElement?.closest('input, textarea, select, .mud-dialog, :popover-open');
  const isWalking = document.querySelector('.list-frame[data-walking]');
  if (isBusy || isWalking || log.dataset.target || isTouch()) return;
  text.focus({ preventScroll: true });
  toEnd(text);
}

/// After a lost circuit the page came back by itself, and nobody took the hands off the keys (ReconnectNotice noted it).
export function writeOn(text) {
  let writing = null;
  try {
    writing = JSON.parse(sessionStorage.getItem('writing'));
    sessionStorage.removeItem('writing');
  } catch {
    // A forbidden storage costs the caret only.
  }
  if (writing?.draft !== text.dataset.draft || Date.now() - writing.at > 60_000) return;
  text.focus();
  text.setSelectionRange(writing.from, writing.to);
}

export function toEnd(text) { text.setSelectionRange(text.value.length, text.value.length); }

export function isTouch() { return matchMedia('(pointer: coarse)').matches; }
