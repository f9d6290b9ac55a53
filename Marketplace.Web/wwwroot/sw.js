// Shows an offline page while there is no connection. No other page is cached, as pages are personal and live.
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
