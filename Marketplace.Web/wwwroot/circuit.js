// Calls to the page's circuit that fail when it is lost: the framework's own then neither succeed nor fail. What was lost
// on the way may have arrived: whoever calls again says the same thing twice without harm, or asks the reader.
const notice = document.getElementById('components-reconnect-modal');
const waiting = new Set();

/// Whether no call can arrive now.
export function isLost() {
  return [...notice.classList].some((name) => name === 'gone' || (name.startsWith('components-reconnect-') && name !== 'components-reconnect-hide'));
}

let was = isLost();
let drawn = Infinity; // until when a box that goes is taken for drawn anew: at first until the page lives
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

/// As `server.invokeMethodAsync`.
export function call(server, method, ...values) {
  if (isLost()) return Promise.reject(new Error('The circuit is lost.'));
  return new Promise((done, fail) => {
    waiting.add(fail);
    server.invokeMethodAsync(method, ...values).then(done, fail).finally(() => waiting.delete(fail));
  });
}

// What scripts attached to parts of the page. A circuit that resumes draws its parts anew and knows nothing of what was
// attached to the old ones.
const attached = new Map(); // element -> { key, detach, state }
const left = new Map(); // key -> state, until the part that is drawn in its place takes it

/// Keeps a part (`{ detach, state }`) until it is detached, or a resumed circuit has drawn another in its place.
export function live(element, key, part) {
  const detach = () => {
    // A circuit that is put to rest detaches all of its parts. They go on until others are drawn in their place.
    if (isLost()) return;
    return attached.delete(element) ? part.detach() : undefined;
  };
  attached.set(element, { key, end: part.detach, state: part.state });
  return { detach };
}

/// Detaches what is no longer on the page, and gives the state that the part with this key left; undefined if there was none.
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

// Who is writing when the page begins to live, or a resumed circuit draws it anew, goes on writing in the old box, out of
// sight, until the new one is live.
const redraw = 10_000; // ms after the return in which a box that goes is taken for drawn anew
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
  // Gone to another room meanwhile: what is typed belongs there.
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
