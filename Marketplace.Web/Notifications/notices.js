// One tab of a browser listens for all of them: with a connection each, six tabs would leave HTTP/1.1 none for pages.
// The others hear it by a channel. Whoever comes into view and hears nobody takes over.
import { refresh } from '/Notifications/Push/push.js';
import { show, drop, dropAll, warn } from '/Notifications/toasts.js';

const patience = 1_500; // ms in which the listening tab answers
const me = document.querySelector('[data-notices]').dataset.notices;
const name = `notices:${me}`;
const channel = new BroadcastChannel(name);
let numbers = null;
let source = null;
let release = null;
let again = null;
let unheard = null;

channel.onmessage = ({ data }) => {
  if (data.type === 'hello') answer();
  else if (data.type === 'end') dropAll();
  else hear(data);
};

function answer() {
  if (source?.readyState === EventSource.OPEN && numbers) channel.postMessage(numbers);
}

function tell(event) {
  channel.postMessage(event);
  hear(event);
}

function hear(event) {
  clearTimeout(unheard);
  document.documentElement.dataset.hears = '';
  if (event.type === 'numbers') {
    numbers = event;
    draw();
    markApp();
  } else if (event.type === 'toast') show(event);
  else if (event.type === 'read' || event.type === 'gone') {
    drop(event.room, event.seq);
    closeOnDevice(event);
  }
  if (event.type !== 'beat') refreshList();
}

function draw() {
  if (!numbers) return;
  put('[data-unread]', 'unread', numbers.unread);
  put('[data-news]', 'news', numbers.news);
}

function markApp() {
  if (numbers.unread) navigator.setAppBadge?.(numbers.unread).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

function put(selector, key, number) {
  for (const badge of document.querySelectorAll(selector)) {
    if (badge.dataset[key] === String(number)) continue;
    badge.dataset[key] = number;
    badge.hidden = number === 0;
    badge.firstElementChild.textContent = number > 99 ? '99+' : number;
    badge.lastElementChild.textContent = badge.dataset.says.replace('{0}', number);
  }
}

async function closeOnDevice({ room, seq }) {
  const worker = await navigator.serviceWorker?.getRegistration();
  worker?.active?.postMessage({ type: 'close', tags: [`room-${room}`], upTo: seq });
}

// The list of notices shows what has happened and been read meanwhile; so does what else follows it.
const following = '[data-notice-list], [data-follows]';
let refreshing = null;
function refreshList() {
  if (!document.querySelector(following)) return;
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [old, fresh] = [document, page].map((one) => one.querySelector(following));
    if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
  }, 300);
}

function listen() {
  source = new EventSource('/notifications/stream');
  for (const type of ['numbers', 'toast', 'read', 'gone', 'changed', 'beat'])
    source.addEventListener(type, ({ data }) => tell({ type, ...(data ? JSON.parse(data) : {}) }));
  // The session is over.
  source.addEventListener('end', () => {
    source.close();
    tell({ type: 'numbers', unread: 0, news: 0 });
    channel.postMessage({ type: 'end' });
    dropAll();
  });
  // The browser tries again by itself, but not after an answer that is no stream.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(again);
    again = setTimeout(() => release && listen(), 20_000 + Math.random() * 20_000);
  };
}

async function lead(options) {
  try {
    if (!navigator.locks) return listen(release = () => {});
    await navigator.locks.request(name, options, () => new Promise((end) => {
      release = end;
      listen();
    }));
  } catch {
    // Another tab took over: wait until it goes.
    end();
    lead({});
  }
}

function end() {
  clearTimeout(again);
  source?.close();
  release?.();
  source = release = null;
}

function greet() {
  if (source) return;
  channel.postMessage({ type: 'hello' });
  clearTimeout(unheard);
  unheard = setTimeout(() => !source && !document.hidden && lead({ steal: true }), patience);
}

lead({});
setTimeout(greet);
refresh(me).then((state) => state === 'lost' && warn());
document.addEventListener('visibilitychange', () => !document.hidden && greet());
// A live page draws its frame anew once it lives.
new MutationObserver(draw).observe(document.body, { childList: true, subtree: true });
// A page that is kept for Back holds no lock.
addEventListener('pagehide', end);
addEventListener('pageshow', ({ persisted }) => persisted && lead({}).then(greet));
