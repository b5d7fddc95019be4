// A figure that has changed fades in, and for three seconds its panel bears a quiet line: at most once in ten seconds.
(function () {
  "use strict";
  const FADE = 400, MARK = 3000, PAUSE = 10000;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const known = new WeakMap();

  function look() {
    for (const frame of document.querySelectorAll(".frame[data-panel]")) {
      const figure = frame.querySelector(".figure .number"), said = figure ? figure.textContent : "";
      const before = known.get(frame);
      const isNew = before && before.said !== said && performance.now() - before.at > PAUSE;
      known.set(frame, { said, at: isNew ? performance.now() : before ? before.at : -PAUSE });
      if (isNew && figure) mark(frame, figure);
    }
  }

  function mark(frame, figure) {
    frame.classList.add("changed");
    setTimeout(() => frame.classList.remove("changed"), MARK);
    if (!still.matches) figure.animate([{ opacity: 0.2 }, { opacity: 1 }], FADE);
  }

  document.addEventListener("DOMContentLoaded", () => {
    look();
    window.addEventListener("mojokerto:painted", look);
  });
})();
