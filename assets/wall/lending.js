// Any scene of a wall can be seen on any of its glasses: it is lent to one, kept true by the same stream, and given back.
(function () {
  "use strict";
  const FADED = 1000; // the scene before stays whole until the next has faded in
  const app = (window.mojokerto = window.mojokerto || {});
  const isLent = (scene) => "lent" in scene.dataset;

  // A copy, because the glass it comes from may show it at the same time.
  app.lend = (screen, name) => {
    const own = [...document.querySelectorAll("[data-scene]")].find((e) => e.dataset.scene === name && !isLent(e));
    if (!own || screen.scenes.has(name)) return;
    const scene = own.cloneNode(true);
    scene.classList.remove("shown", "ready");
    scene.dataset.lent = "";
    screen.element.querySelector("[data-lost]").before(scene);
    screen.scenes.set(name, scene);
  };

  app.giveBack = (screen) => {
    if (screen.since() < FADED) return;
    const needed = [screen.shown, screen.coming, screen.held && screen.held.scene];
    for (const [name, scene] of screen.scenes) {
      if (!isLent(scene) || needed.includes(name)) continue;
      scene.remove();
      screen.scenes.delete(name);
    }
  };
})();
