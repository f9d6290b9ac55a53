// Calls to the page's circuit that reject when it is lost; the framework's own calls never settle then. A rejected call
// may have arrived, so callers retry idempotently or ask the reader.
const notice = document.getElementById('components-reconnect-modal');
const waiting = new Set();

export function isLost() {
  return [...notice.classList].some((name) => name === 'gone' || (name.startsWith('components-reconnect-') && name !== 'components-reconnect-hide'));
}

let was = isLost();
let drawn = Infinity; // time until which a removed box counts as re-rendered; at first unlimited
new MutationObserver(() => {
  const is = isLost();
  if (was && !is) {
    drawn = Date.now() + redraw;
    document.dispatchEvent(new Event('circuit:back'));
  }
  was = is;
  if (!is) return;
  for (const fail of waiting) fail(new Error('The circuit is lost.'));
  waiting.clear();
}).observe(notice, { attributes: true, attributeFilter: ['class'] });

export function call(server, method, ...values) {
  if (isLost()) return Promise.reject(new Error('The circuit is lost.'));
  return new Promise((done, fail) => {
    waiting.add(fail);
    server.invokeMethodAsync(method, ...values).then(done, fail).finally(() => waiting.delete(fail));
  });
}

// The scripts attached to elements. A resumed circuit renders new elements and does not detach the old ones.
const attached = new Map(); // element -> { key, detach, state }
const left = new Map(); // key -> state, until the replacement takes it

/// Keeps a part (`{ detach, state }`) until it is detached or a resumed circuit has rendered its replacement.
export function live(element, key, part) {
  const detach = () => {
    // A pausing circuit detaches all parts; they keep working until their replacements are rendered.
    if (isLost()) return;
    return attached.delete(element) ? part.detach() : undefined;
  };
  attached.set(element, { key, end: part.detach, state: part.state });
  return { detach };
}

export function takeOver(key) {
  for (const [element, one] of [...attached]) {
    if (element.isConnected) continue;
    left.set(one.key, one.state?.());
    attached.delete(element);
    one.end();
  }
  const state = left.get(key);
  left.delete(key);
  return state;
}

// If the box is re-rendered while somebody types, at start or after a resume, typing continues in the old box, out of
// sight, until the new one is ready.
const redraw = 10_000; // ms after a reconnect in which a removed box counts as re-rendered
let box = null;

function kind(field) {
  return field?.dataset.draft ? `[data-draft="${CSS.escape(field.dataset.draft)}"]` : field && 'find' in field.dataset ? '[data-find]' : null;
}

document.addEventListener('focusin', ({ target }) => {
  if (box && box !== target) leave();
  box = kind(target) ? target : null;
});
document.addEventListener('focusout', ({ target }) => setTimeout(() => {
  if (box === target && target.isConnected && document.hasFocus() && document.activeElement !== target) leave();
}));
if (kind(document.activeElement)) box = document.activeElement;
new MutationObserver(() => {
  if (drawn === Infinity && document.querySelector('[data-ready], [data-live]')) drawn = Date.now() + redraw;
  if (!box) return;
  if (box.classList.contains('stand-in')) handOver();
  else if (!box.isConnected) standIn();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-ready', 'data-live'] });

function standIn() {
  if (!isLost() && Date.now() > drawn) return void (box = null);
  const { selectionStart, selectionEnd } = box;
  const old = box;
  old.classList.add('stand-in');
  old.removeAttribute('aria-label');
  document.body.append(old);
  old.focus({ preventScroll: true });
  old.setSelectionRange(selectionStart, selectionEnd);
  setTimeout(function expire() {
    if (box !== old) return;
    if (isLost() || Date.now() < drawn) setTimeout(expire, 1000);
    else leave();
  }, redraw);
}

function handOver() {
  // The person has opened another room, so the typed text belongs there.
  if (box.dataset.draft && document.querySelector(`[data-ready] textarea[data-draft]:not(${kind(box)})`)) return leave();
  const fresh = document.querySelector(`${kind(box)}:not(.stand-in)`);
  if (!fresh?.closest('[data-ready], [data-live]')) return;
  const { value, selectionStart, selectionEnd } = box;
  leave();
  fresh.focus({ preventScroll: true });
  if (fresh.value !== value) {
    fresh.value = value;
    fresh.dispatchEvent(new Event('input', { bubbles: true }));
  }
  fresh.setSelectionRange(selectionStart, selectionEnd);
}

function leave() {
  const old = box;
  box = null;
  if (old.classList.contains('stand-in')) old.remove();
}
