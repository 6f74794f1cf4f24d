// Keeps one page for when there is no connection. VERSION and KEPT stand above, put there by the server.
// Messages and answers never pass through here: only the page itself and what it shows are kept.
const CACHE = `ansim-offline-${VERSION}`;
const whole = (name) => new URL(name, self.registration.scope).href;

self.addEventListener("install", (event) => {
  const fresh = KEPT.map((name) => new Request(whole(name), { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ansim-offline-") && name !== CACHE;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (KEPT.some((name) => whole(name) === request.url)) event.respondWith(load(request));
});

/** The page asked for; without a connection, or when the server is down, the one that is kept. */
async function visit(request) {
  try {
    const response = await fetch(request);
    if (response.status < 500) return response;
  } catch { /* no connection */ }
  return caches.match(whole("offline"));
}

async function load(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request.url)) ?? Response.error();
  }
}
