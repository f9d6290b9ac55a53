// Retries every second, later every five, without limit, and resumes a circuit that the server has persisted. The page
// reloads only if it cannot resume; drafts and unsent messages are kept in the browser.
const notice = document.getElementById('components-reconnect-modal');
// A page hidden for this long (ms) pauses its circuit: on phones before the system freezes the page, on desktops later,
// because the unread number in the tab's title is useful there.
const rest = (matchMedia('(pointer: coarse)').matches ? 4 : 30) * 60_000;
// Unsent messages and uploads need the circuit; an open dialog, menu or selection would not survive.
const busy = '[data-outbox] li:not([data-refused]), [data-tray] progress, .mud-dialog, dialog[open], :popover-open, [data-choosing]';
let state = 'hide';
let lostBefore = false;
let resting = null;
let pausing = null;

Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: (tried) => (tried < 60 ? 1000 : 5000) } },
});

// Who opens too many pages at once gets 429 (Limits:ConnectionsPerMinute). The framework does not start again, nor tell.
addEventListener('unhandledrejection', ({ reason }) => {
  if (/complete negotiation/.test(reason?.message)) setTimeout(reload, 5000);
});

notice.addEventListener('components-reconnect-state-changed', ({ detail }) => {
  const before = state;
  state = detail.state;
  if (state === 'hide') {
    online();
    if (before !== 'hide') lostBefore = before !== 'paused';
    // Repeats a navigation that may have been lost before the disconnection was noticed.
    if (before !== 'hide' && before !== 'paused') Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
  } else if (state === 'failed' || state === 'rejected' || state === 'resume-failed') reload();
});

document.addEventListener('visibilitychange', () => {
  clearTimeout(resting);
  if (document.hidden) resting = setTimeout(pause, rest);
  else resume();
});

async function pause() {
  // A circuit that was lost once counts as paused for the framework (10.0): it would not pause, and would end when
  // resumed. It stays; if the system freezes the page, the server persists it and it resumes like any lost one.
  if (lostBefore) return;
  if (!document.querySelector(busy) && state === 'hide') await (pausing = Blazor.pauseCircuit().catch(() => false));
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

// The browser notices a lost network long before the circuit, which notices its own loss by a call.
addEventListener('offline', () => notice.classList.add('offline'));
addEventListener('online', async () => {
  try {
    await DotNet.invokeMethodAsync('Marketplace.Web', 'AnswerAsync');
  } catch {
    // Not started yet, or lost: the state tells which.
  }
  online();
});

function online() {
  if (navigator.onLine) notice.classList.remove('offline');
  if (isLost()) return;
  const room = document.querySelector('.room-header');
  if (room && !document.querySelector('.chat.chat-open')) Blazor.navigateTo('/messages');
}

// Ignore link clicks while disconnected: a queued navigation would replace the room the user is typing in.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]:not([target], [download])');
  if (link?.origin !== location.origin || !isLost()) return;
  event.preventDefault();
  const chat = document.querySelector('.chat');
  if (link.matches('.room-header .back')) chat.classList.remove('chat-open');
  else if (link.matches('.conversations a[aria-current]')) chat.classList.add('chat-open');
}, { capture: true });

// A popstate cannot be cancelled, so load its page, or the offline page.
addEventListener('popstate', () => { if (isLost()) location.reload(); });

function isLost() {
  return notice.matches('.components-reconnect-show, .components-reconnect-retrying, .offline, .gone, .resuming');
}

// The server calls this before it stops: within these seconds the page leaves for another one. At a random moment of
// the first four fifths, so that not all come at once; later while something is being done or written.
Blazor.leave = (seconds) => {
  if (notice.classList.contains('moving')) return;
  notice.classList.add('moving');
  setTimeout(leave, Math.random() * seconds * 800, Date.now() + seconds * 900);
};

let typed = 0;
addEventListener('input', () => { typed = Date.now(); }, true);

function leave(latest) {
  const waits = Date.now() < latest && (document.querySelector(busy) || Date.now() - typed < 2000);
  if (waits) setTimeout(leave, 300, latest);
  else reload();
}

async function reload() {
  if (notice.classList.contains('gone')) return;
  notice.classList.add('gone');
  for (;;) {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) {
        sessionStorage.setItem('returning', 'true');
        // Not before the next page comes: until then people write on.
        addEventListener('pagehide', keepCaret);
        return location.reload();
      }
    } catch {
      // The server is not reachable yet.
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
}

function keepCaret() {
  const { dataset, selectionStart, selectionEnd } = document.activeElement;
  if (dataset.draft) sessionStorage.setItem('writing', JSON.stringify({ draft: dataset.draft, from: selectionStart, to: selectionEnd, at: Date.now() }));
}

// Leaving ends the circuit at once, even if the browser caches the page; a cached page is reloaded. The framework waits
// for "unload", which cached pages never get.
addEventListener('pagehide', () => Blazor.disconnect?.());
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
