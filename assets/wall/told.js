// What a paired screen was told from a telephone (assets/display.js), carried out by the clockwork of the scenes.
(function () {
  "use strict";
  const app = (window.mojokerto = window.mojokerto || {});

  function told({ detail: { verb, scene, profile, glass } }) {
    if (verb === "next") app.rotation.next(glass);
    else if (verb === "pin") app.rotation.pin(scene, glass);
    else if (verb === "pause") app.rotation.pause(glass);
    else if (verb === "resume") app.rotation.resume(glass);
    else if (verb === "profile") location.replace("/wall/" + encodeURIComponent(profile));
  }

  document.addEventListener("wall:command", told);
})();
