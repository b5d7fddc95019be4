// Keeps the last picture in this browser, for a screen that starts while the server is down; and brings a new release,
// but only once its whole document has arrived.
(function () {
  "use strict";
  const SHELF = "dinding", PICTURE = location.pathname + "/gambar", EVERY = 30000, RETRY = 30000, WITHIN = 10000;
  const app = (window.mojokerto = window.mojokerto || {});
  const root = document.documentElement, body = () => document.body;
  let kept = null, newest = null, asked = null;

  const shelf = () => (window.caches ? caches.open(SHELF) : Promise.reject(new Error("no cache without HTTPS")));
  const quietly = (promise) => promise.catch(() => null); // a browser that keeps nothing still shows the wall

  async function keepPicture() {
    const picture = { ...app.picture(), at: newest.at, offset: newest.at - newest.here, pulse: newest.pulse };
    await (await shelf()).put(PICTURE, new Response(JSON.stringify(picture)));
  }

  async function takePicture() {
    const found = await (await shelf()).match(PICTURE);
    const picture = found && (await found.json());
    if (!picture || newest) return;
    window.dispatchEvent(new CustomEvent("mojokerto:kept", { detail: picture }));
    app.take(picture);
  }

  // The document and everything it names; nothing of an older release stays beside it.
  async function keepDocument(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.body.dataset.wall) throw new Error("not the wall");
    const named = [...page.querySelectorAll("script[src], link[href]")].map((e) => e.getAttribute("src") || e.getAttribute("href"));
    const faces = performance.getEntriesByType("resource").map((e) => e.name).filter((name) => name.includes("/fonts/"));
    const wanted = [...new Set([...named, ...faces])].map((url) => new URL(url, location.href).href);
    const cache = await shelf();
    await cache.addAll(wanted);
    await cache.put(location.pathname, new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/assets/") && !wanted.includes(request.url)) await cache.delete(request);
    }
    return page;
  }

  // The whole document of the server, or null when it does not come in time or is not one.
  app.fetchDocument = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(WITHIN), headers: { "X-Fresh": "1" } });
      const text = answer.ok ? await answer.text() : "";
      return text.includes("data-wall=") && text.includes("</html>") ? text : null;
    } catch {
      return null;
    }
  };

  async function renew(release) {
    if (asked && asked() < RETRY) return;
    asked = app.stopwatch();
    const text = await app.fetchDocument();
    if (!text || !text.includes(`data-release="${release}"`)) return;
    await quietly(keepDocument(text));
    location.reload();
  }

  function receive({ detail }) {
    newest = { at: detail.at, pulse: detail.pulse, here: Date.now() };
    if (detail.release && detail.release !== body().dataset.release) renew(detail.release);
    if (kept && kept() < EVERY) return;
    kept = app.stopwatch();
    setTimeout(() => quietly(keepPicture()), 1000);
  }

  async function begin() {
    if (navigator.serviceWorker) await navigator.serviceWorker.register("/wall/keeper.js");
    await document.fonts.ready;
    const text = root.dataset.kept === undefined && (await app.fetchDocument());
    if (text) await keepDocument(text);
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (root.dataset.kept !== undefined) quietly(takePicture());
    window.addEventListener("mojokerto:message", receive);
    window.addEventListener("pagehide", () => newest && quietly(keepPicture()));
    quietly(begin());
  });
})();
