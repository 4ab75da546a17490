// Keeps the files of the portal, so that it opens on a bad network and without one. What a merchant has is not kept here
// but in last-known.ts. The build writes the names of the files into it (vite.config.mjs).
/* global __FILES__, URL, caches, fetch, location, self, setTimeout */

const FILES = __FILES__;
const CACHE = 'portal-__VERSION__';
const PAGE = '/portal/';
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...FILES])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin || !pathname.startsWith(PAGE)) return;
  if (mode === 'navigate') event.respondWith(page(event.request));
  else if (pathname.startsWith(`${PAGE}assets/`)) event.respondWith(file(event.request));
});

/** The page of today where the network answers in time, else the one that is kept. */
async function page(request) {
  const fresh = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fresh, late]).catch(() => undefined);
  return answer ?? (await caches.match(PAGE, { ignoreVary: true })) ?? fresh;
}

/** Names of files change with what is in them, so a kept one is never old. */
async function file(request) {
  // Whoever asks: what the answer varies by is how it is packed.
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
