// The bar on top of the wall: how many indicators are old or lost, whatever scene is shown.
(function () {
  "use strict";
  const OLD = ["terlambat", "basi"];

  // Alerts are counted by the server. Each indicator whose data are old or lost counts once.
  function count() {
    const aged = {};
    for (const frame of document.querySelectorAll("[data-panel]")) {
      const name = frame.dataset.panel.split("~")[1];
      const state = frame.firstElementChild?.dataset.freshness;
      if (state === "putus") aged[name] = state;
      else if (OLD.includes(state)) aged[name] ??= "lama";
    }
    for (const place of document.querySelectorAll("[data-aged]")) {
      const number = Object.values(aged).filter((word) => word === place.dataset.aged).length;
      const figure = place.querySelector("b");
      place.hidden = !number;
      if (figure.textContent !== String(number)) figure.textContent = number;
    }
    document.querySelectorAll(".strip").forEach(fit);
  }

  // Alerts, age and clock never leave the strip; the date and the words beside shapes give way, then those of the
  // severities, then the instructions.
  function fit(strip) {
    strip.classList.remove("tight", "tightest", "fullest");
    for (const word of ["tight", "tightest", "fullest"]) if (isOver(strip)) strip.classList.add(word);
  }

  // On a mirrored strip what has no room leaves at the left, where no browser counts it as scrolled.
  function isOver(strip) {
    const outer = strip.getBoundingClientRect(), padding = parseFloat(getComputedStyle(strip).paddingLeft);
    return [...strip.children].some((child) => {
      const { left, right, width } = child.getBoundingClientRect();
      return width > 0 && (left < outer.left + padding - 1 || right > outer.right - padding + 1);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const event of ["mojokerto:painted", "mojokerto:turned"]) window.addEventListener(event, count);
    count();
    document.fonts.ready.then(count);

  });
})();
