// Care of the glass: the picture wanders a little, the strip changes sides, the theme follows the hour, and at night
// the screen rests unless an alert stands. Slow steps, no movement that draws the eye.
(function () {
  "use strict";
  const app = (window.mojokerto = window.mojokerto || {});
  const root = document.documentElement;
  const PATH_S = 600, REACH_AM = 3.5, SWAP_H = 6, AWAKE_MS = 600000;
  let woken = null;

  const minute = () => (app.now() / 60000 + 420) % 1440; // WIB

  // A Lissajous path of ten minutes, in whole pixels; the gaps of wall.css leave room for its reach on every side.
  function drift() {
    const turn = (2 * Math.PI * (app.now() / 1000)) / PATH_S;
    const reach = REACH_AM * parseFloat(document.body.style.getPropertyValue("--am"));
    const [x, y] = [Math.sin(turn), Math.sin(2 * turn + Math.PI / 4)].map((part) => Math.round(reach * part));
    const moved = `translate(${x}px, ${y}px)`, stage = document.querySelector(".stage");
    if (stage.style.transform !== moved) stage.style.transform = moved;
  }

  // What waits to be accepted shows a frame every other second: half a flash a second, far below three.
  const beat = () => document.body.classList.toggle("beat", Math.floor(app.now() / 1000) % 2 === 0);

  function mirror() {
    document.body.classList.toggle("mirrored", Math.floor(minute() / 60 / SWAP_H) % 2 === 1);
  }

  function theme() {
    const themes = JSON.parse(document.body.dataset.themes);
    const begun = themes.filter(([from]) => from <= minute()).pop() || themes[themes.length - 1];
    if (root.dataset.theme !== begun[1]) root.dataset.theme = begun[1];
  }

  function isNight() {
    const rest = JSON.parse(document.body.dataset.rest);
    if (!rest || (woken && woken() < AWAKE_MS)) return false;
    const [from, until] = rest, now = minute();
    const dark = from <= until ? now >= from && now < until : now >= from || now < until;
    return dark && root.dataset.connection === "live" && !app.rotation.alarms(); // what nobody knows is not calm
  }

  function rest() {
    const night = document.querySelector(".night");
    if (night.hidden === isNight()) night.hidden = !isNight();
    const step = Math.floor(minute());
    night.style.setProperty("--x", (step * 7) % 60);
    night.style.setProperty("--y", (step * 11) % 80);
  }

  function tend() {
    for (const part of [drift, mirror, theme, rest, beat]) part();
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const event of ["keydown", "pointerdown"])
      document.addEventListener(event, () => {
        woken = app.steady();
        rest();
      });
    window.addEventListener("mojokerto:painted", rest);
    tend();
    setInterval(tend, 1000);
  });
})();
