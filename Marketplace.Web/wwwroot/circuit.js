// Calls to the page's circuit that fail when it is lost: the framework's own then neither succeed nor fail. What was lost
// on the way may have arrived: whoever calls again says the same thing twice without harm, or asks the reader.
const notice = document.getElementById('components-reconnect-modal');
const waiting = new Set();

/// Whether no call can arrive now.
export function isLost() {
  return [...notice.classList].some((name) => name === 'gone' || (name.startsWith('components-reconnect-') && name !== 'components-reconnect-hide'));
}

let was = isLost();
new MutationObserver(() => {
  const is = isLost();
  if (was && !is) document.dispatchEvent(new Event('circuit:back'));
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
  let ended = null;
  const detach = () => {
    attached.delete(element);
    ended ??= { result: part.detach() };
    return ended.result;
  };
  attached.set(element, { key, detach, state: part.state });
  return { detach };
}

/// Detaches what is no longer on the page, and gives the state that the part with this key left; undefined if there was none.
export function takeOver(key) {
  for (const [element, one] of [...attached]) {
    if (element.isConnected) continue;
    left.set(one.key, one.state?.());
    one.detach();
  }
  const state = left.get(key);
  left.delete(key);
  return state;
}
