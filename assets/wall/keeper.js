// The service worker of the wall: when the server does not answer, the screen starts from what it showed last.
"use strict";
const SHELF = "dinding", WITHIN = 8000;
const WAITING = `<!doctype html><html lang="id"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<body style="background:#1b1f24;color:#f2f4f5;font:6vh sans-serif;padding:10vh">Menunggu server pusat komando. Layar ini
belum pernah menerima gambar.</body></html>`;

const html = (text) => new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } });

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WITHIN) });
    if (answer.status < 500) return answer; // also a refusal: it is an answer of ours
  } catch {
    // no server, or a silent one
  }
  const { pathname, search } = new URL(request.url);
  const kept = !search && (await (await caches.open(SHELF)).match(pathname)); // a moment of the past is not the last one
  return html(kept ? (await kept.text()).replace("<html ", '<html data-kept="" ') : WAITING);
}

async function asset(request) {
  const kept = await (await caches.open(SHELF)).match(request.url);
  return kept || fetch(request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
});
