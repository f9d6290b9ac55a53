// Starts the live part of the page. A lost connection is tried again each second, later every five, for as long as it takes;
// once the server no longer knows the circuit, the page is asked for again as soon as the server answers: drafts and unsent
// messages are kept in the browser.
const notice = document.getElementById('components-reconnect-modal');
Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: (tried) => (tried < 60 ? 1000 : 5000) } },
});
const trying = ['components-reconnect-show', 'components-reconnect-retrying'];
let reloading = false;
let before;

new MutationObserver(() => {
  const state = [...notice.classList].find((name) => name.startsWith('components-reconnect-'));
  if (state === 'components-reconnect-hide') online();
  // A way that was gone when nobody knew yet of the loss.
  if (state === 'components-reconnect-hide' && state !== before) Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
  before = state;
  const fine = !state || state === 'components-reconnect-hide' || trying.includes(state);
  if (!fine && !reloading) {
    reloading = true;
    notice.classList.add('gone');
    reloadWhenBack();
  }
}).observe(notice, { attributes: true, attributeFilter: ['class'] });

// The browser knows of a lost network long before the circuit misses an answer. Once the network is there again, the circuit
// is asked whether it still is: if not, it says so itself, and again when it is back.
addEventListener('offline', () => notice.classList.add('offline'));
addEventListener('online', async () => {
  try {
    await DotNet.invokeMethodAsync('Marketplace.Web', 'AnswerAsync');
  } catch {
    // Not begun yet, or lost: the state says which.
  }
  online();
});

function online() {
  // Taking away what is not there changes the attribute too, and whoever observes it would be called for ever.
  if (navigator.onLine && notice.classList.contains('offline')) notice.classList.remove('offline');
}

// A way that no circuit can go now: the address stays with what is shown, and the line says why. Going it later would take
// away the room in which one meanwhile writes.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]:not([target])');
  if (link?.origin === location.origin && notice.checkVisibility()) event.preventDefault();
}, { capture: true });

// Going back can't be refused: it ends at that page, or at our own for offline.
addEventListener('popstate', () => { if (notice.checkVisibility()) location.reload(); });

async function reloadWhenBack() {
  for (;;) {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) {
        sessionStorage.setItem('returning', 'true');
        keepCaret(document.activeElement);
        return location.reload();
      }
    } catch {
      // Still away.
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
}

// Who was in the middle of writing is there again on the new page (Composer.razor.js).
function keepCaret({ dataset, selectionStart, selectionEnd }) {
  if (dataset.draft) sessionStorage.setItem('writing', JSON.stringify({ draft: dataset.draft, from: selectionStart, to: selectionEnd }));
}

// Whoever leaves lets go of the circuit at once, also where the browser keeps the page for the way back; then it is loaded
// anew. (The framework waits for "unload", which a kept page does not get.)
addEventListener('pagehide', () => Blazor.disconnect?.());
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
