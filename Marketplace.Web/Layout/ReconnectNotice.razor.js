// Starts the live part of the page and keeps it through losses of the connection. A lost connection is tried again each
// second, later every five, for as long as it takes; a circuit that the server has put away resumes by itself. Only what can't
// resume is loaded anew, as soon as the server answers: drafts and unsent messages are kept in the browser.
const notice = document.getElementById('components-reconnect-modal');
// A hidden page gives its circuit back after this: on a phone before the system freezes it, on a desk later, as the number
// in the tab's title is of use there. Who is back sooner finds everything as it was, at once.
const rest = (matchMedia('(pointer: coarse)').matches ? 4 : 30) * 60_000;
let state = 'hide';
let lostBefore = false;
let resting = null;
let pausing = null;

Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: (tried) => (tried < 60 ? 1000 : 5000) } },
});

notice.addEventListener('components-reconnect-state-changed', ({ detail }) => {
  const before = state;
  state = detail.state;
  if (state === 'hide') {
    online();
    if (before !== 'hide') lostBefore = before !== 'paused';
    // A way that was gone when nobody knew yet of the loss.
    if (before !== 'hide' && before !== 'paused') Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
  } else if (state === 'failed' || state === 'rejected' || state === 'resume-failed') reload();
});

// A page that nobody looks at for long needs no circuit: the server puts its state into this browser, and takes it up again.
document.addEventListener('visibilitychange', () => {
  clearTimeout(resting);
  if (document.hidden) resting = setTimeout(pause, rest);
  else resume();
});

async function pause() {
  // A circuit that has been lost once counts as paused for the framework (10.0): asked to, it would not pause, and end when it
  // resumes. It stays; when the system freezes the page, the server puts it away and it resumes as any lost one.
  if (lostBefore) return;
  // What waits to be sent or uploaded needs the circuit; a question, a menu or a choice of rows would not be there again.
  const busy = document.querySelector('[data-outbox] li:not([data-refused]), [data-tray] progress, .mud-dialog, dialog[open], :popover-open, [data-choosing]');
  // One that is lost on the way says so by its state.
  if (!busy && state === 'hide') await (pausing = Blazor.pauseCircuit().catch(() => false));
  if (document.hidden && state !== 'paused') resting = setTimeout(pause, 1000);
}

async function resume() {
  await pausing;
  if (state !== 'paused') return;
  notice.classList.add('resuming');
  while (state === 'paused' && !document.hidden) {
    try {
      if (!(await Blazor.resumeCircuit())) return reload();
    } catch {
      await new Promise((next) => setTimeout(next, 1000));
    }
  }
  notice.classList.remove('resuming');
}

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
  if (navigator.onLine) notice.classList.remove('offline');
  if (notice.checkVisibility()) return;
  const room = document.querySelector('.room-header');
  if (room && !document.querySelector('.chat.chat-open')) Blazor.navigateTo('/messages');
}

// Ignore link clicks while disconnected: a queued navigation would replace the room the user is typing in.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]:not([target], [download])');
  if (link?.origin !== location.origin || !notice.checkVisibility()) return;
  event.preventDefault();
  // The list is on the page already, as it was; the address follows when the server can.
  const chat = document.querySelector('.chat');
  if (link.matches('.room-header .back')) chat.classList.remove('chat-open');
  else if (link.matches('.conversations a[aria-current]')) chat.classList.add('chat-open');
}, { capture: true });

// Going back can't be refused: it ends at that page, or at our own for offline.
addEventListener('popstate', () => { if (notice.checkVisibility()) location.reload(); });

async function reload() {
  if (notice.classList.contains('gone')) return;
  notice.classList.add('gone');
  for (;;) {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) {
        sessionStorage.setItem('returning', 'true');
        keepCaret();
        return location.reload();
      }
    } catch {
      // Still away.
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
}

// Who was in the middle of writing is there again on the new page (Composer.razor.js).
function keepCaret() {
  const { dataset, selectionStart, selectionEnd } = document.activeElement;
  if (dataset.draft) sessionStorage.setItem('writing', JSON.stringify({ draft: dataset.draft, from: selectionStart, to: selectionEnd, at: Date.now() }));
}

// Whoever leaves lets go of the circuit at once, also where the browser keeps the page for the way back; then it is loaded
// anew. (The framework waits for "unload", which a kept page does not get.)
addEventListener('pagehide', () => Blazor.disconnect?.());
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
