// Watches that data come and frames are painted, not that scripts run: a picture that stands still is fetched anew.
(function () {
  "use strict";
  const LOOK = 5000, STILL = 45000, LONGEST = 600000, MEMORY = "dinding-mulai-ulang", CALM = 300000;
  const app = (window.mojokerto = window.mojokerto || {});
  const root = document.documentElement, begun = performance.now();
  let painted = null, asking = false, next = STILL;

  // How often in a row it had to begin again: each time it waits longer, so that a sick server is not stormed.
  const times = () => Number(sessionStorage.getItem(MEMORY)) || 0;

  // The title tells whoever watches the browser from outside (assets/kiosk/layar.sh) that frames are painted.
  function frame() {
    painted = app.steady();
    const at = new Date(app.now() + 7 * 3600000).toISOString().slice(11, 19);
    document.title = `Layar ${document.body.dataset.wall} · gambar ${at} WIB`;
    setTimeout(() => requestAnimationFrame(frame), LOOK);
  }

  async function beginAgain() {
    asking = true;
    const text = await app.fetchDocument();
    asking = false;
    if (!text) return (next = Math.min(LONGEST, next + STILL)); // the old picture is better than none
    sessionStorage.setItem(MEMORY, times() + 1);
    location.reload();
  }

  function look() {
    if (document.hidden) return;
    const still = Math.max(app.silence(), painted ? painted() - LOOK : 0);
    if (still < LOOK) {
      next = STILL;
      if (times() && performance.now() - begun > CALM) sessionStorage.removeItem(MEMORY);
    }
    const patience = root.dataset.kept === undefined ? Math.min(LONGEST, next * 2 ** times()) : next;
    if (!asking && still > patience && performance.now() - begun > STILL) beginAgain();
  }

  // What a screen tells of itself: the newest moment it has painted, for how long nothing came, its memory.
  app.vitals = () => ({
    at: app.heardAt(),
    silent_ms: Math.round(app.silence()),
    painted_ms: painted && Math.round(painted()),
    heap_mb: performance.memory && Math.round(performance.memory.usedJSHeapSize / 1e6),
    release: document.body.dataset.release,
    ...app.rotation.state(),
  });

  document.addEventListener("DOMContentLoaded", () => {
    requestAnimationFrame(frame);
    setInterval(look, LOOK);
  });
})();
