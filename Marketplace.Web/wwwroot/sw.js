// Shows an offline page while there is no connection, and push messages. No other page is cached, as pages are personal
// and live.
const name = 'offline-4';
const pages = ['/offline.html', '/offline.css', '/offline.js'];

self.addEventListener('install', (event) => {
  // Bypasses this worker: the beacon that a page is left would be lost while the worker starts.
  event.addRoutes?.([{ condition: { urlPattern: '/_blazor/*' }, source: 'network' }]);
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(pages)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((all) => Promise.all(all.filter((one) => one.startsWith('offline-') && one !== name).map((one) => caches.delete(one)))));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === 'navigate' && request.method === 'GET')
    event.respondWith(fetch(request).catch(() => caches.match('/offline.html')));
  else if (pages.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});

const push = '/api/account/push';
const windows = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

self.addEventListener('push', (event) => event.waitUntil(show(read(event.data))));
self.addEventListener('message', (event) => {
  if (event.data?.type === 'close') event.waitUntil(close(event.data.tags, event.data.upTo));
});
self.addEventListener('notificationclick', (event) => {
  const { action, notification } = event;
  notification.close();
  event.waitUntil(action === 'mute' ? mute(notification.data) : open(notification.data));
});
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event.newSubscription)));

// Always something: browsers take the permission away after a few messages that showed nothing.
function read(data) {
  try {
    const { notification, app_badge: badge } = data.json();
    const { title, tag, navigate, data: { id } } = notification;
    if ([title, tag, navigate].every((one) => typeof one === 'string') && Number.isFinite(id)) return { notification, badge };
    throw new TypeError('Not a message of ours.');
  } catch {
    const body = navigator.language.startsWith('en') ? 'There is news for you.' : 'Tienes novedades.';
    return { notification: { title: 'Marketplace', body, tag: 'news', navigate: '/notifications', data: { id: 0 } } };
  }
}

async function show({ notification: { title, navigate, ...told }, badge }) {
  const { id, read: gone } = told.data;
  await close(Array.isArray(gone) ? gone : []);
  const shown = await self.registration.getNotifications({ tag: told.tag });
  const known = shown.find((one) => one.data?.id >= id);
  // A message may come twice, or after a newer one: that stays, and does not ring again.
  if (known) await self.registration.showNotification(known.title, { ...face(known), renotify: false, silent: true });
  else await self.registration.showNotification(title, { ...face(told), data: { ...told.data, navigate }, renotify: true });
  if (badge !== undefined) await (badge ? navigator.setAppBadge?.(badge) : navigator.clearAppBadge?.());
  for (const page of await windows()) page.postMessage({ type: 'shown', tag: told.tag, id });
}

function face({ body, lang, dir, tag, icon, data, actions = [] }) {
  return { body, lang, dir, tag, icon, data, actions: actions.map((one) => ({ action: one.action, title: one.title })) };
}

// Not what tells of a newer message than the one up to which the room is read.
async function close(tags, upTo = Infinity) {
  for (const one of await self.registration.getNotifications())
    if (tags.includes(one.tag) && !(one.data?.seq > upTo)) one.close();
}

async function open({ navigate }) {
  const { pathname, search } = new URL(navigate, self.location.origin);
  const url = new URL(pathname + search, self.location.origin).href;
  const all = await windows();
  const page = all.find((one) => one.url === url) ?? all[0];
  if (!page) return self.clients.openWindow(url);
  await page.focus().catch(() => {});
  // A page that was open before this worker cannot be led by it.
  return page.url === url ? undefined : page.navigate(url).catch(() => self.clients.openWindow(url));
}

async function mute(data) {
  const answer = await send(`/api/rooms/${data.room}/mute`, { minutes: 480 }).catch(() => null);
  if (!answer?.ok) await open(data);
}

async function renew(given) {
  const { publicKey } = await (await fetch(`${push}/key`)).json();
  const subscription = given ?? await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  await send(`${push}/devices`, subscription);
}

function send(url, body) {
  return fetch(url, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}
