// The theme a person chose, kept in this browser and set before the first paint; see layouts/shell.py.
(function () {
  "use strict";
  const KEPT = "tema", LIGHT = "siang", DARK = "kendali";
  const root = document.documentElement;

  function kept() {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null; // a browser that keeps nothing for us
    }
  }

  function keep(theme) {
    try {
      localStorage.setItem(KEPT, theme);
    } catch {
      // it holds for this page only
    }
  }

  const show = (theme) => (root.dataset.theme = theme === DARK ? DARK : LIGHT);

  show(kept());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    show(root.dataset.theme === DARK ? LIGHT : DARK);
    keep(root.dataset.theme);
  });
  window.addEventListener("storage", (event) => event.key === KEPT && show(event.newValue)); // another tab of ours
})();
