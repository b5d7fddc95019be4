// The wall: scenes take turns in one mounted page; a panel that fails never stops the rotation.
(function () {
  "use strict";
  const wall = () => document.querySelector("[data-wall]");
  let scenes = [], current = 0, timer = null, pinned = false;

  function show(index) {
    current = (index + scenes.length) % scenes.length;
    scenes.forEach((scene, i) => scene.classList.toggle("shown", i === current));
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(() => show(current + 1), 1000 * Number(scenes[current].dataset.dwell));
  }

  function count() {
    const seen = { kritis: new Set(), waspada: new Set() };
    for (const panel of document.querySelectorAll("[data-panel] [data-status]")) {
      const name = panel.closest("[data-panel]").dataset.panel.split("~")[1];
      if (seen[panel.dataset.status]) seen[panel.dataset.status].add(name);
    }
    const place = document.querySelector("[data-alarms]");
    const text = ["kritis", "waspada"].filter((word) => seen[word].size)
      .map((word) => `<span class="${word}"><i class="shape ${word}"></i><b>${seen[word].size}</b> ${word}</span>`).join("");
    if (place && place.innerHTML !== text) place.innerHTML = text;
  }

  function keys(event) {
    if (event.key === "ArrowRight") show(current + 1);
    else if (event.key === "ArrowLeft") show(current - 1);
    else if (event.key === " ") { pinned = !pinned; show(current); }
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!wall()) return;
    scenes = [...document.querySelectorAll("[data-scene]")];
    document.addEventListener("keydown", keys);
    window.addEventListener("mojokerto:message", count);
    count();
    show(0);
  });
})();
