// Shows a page of ours instead of the browser's error while there is no connection. Nothing else is kept: pages are of
// one person and of this moment.
const name = 'offline-4';
const pages = ['/offline.html', '/offline.css', '/offline.js'];

self.addEventListener('install', (event) => {
  // The word that a page is left must not wait for this script to wake up: by then the page is gone.
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
