// Calls to the page's circuit that fail when it is lost: the framework's own then neither succeed nor fail. What was lost
// on the way may have arrived: whoever calls again says the same thing twice without harm, or asks the reader.
const notice = document.getElementById('components-reconnect-modal');
const waiting = new Set();

function isLost() {
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
