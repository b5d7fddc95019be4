// The navigation: one group open at a time, closed by Escape, by a click beside it, and by choosing a page.
(() => {
  "use strict";
  const groups = () => document.querySelectorAll(".menu details[open]");
  const button = () => document.querySelector("[data-menu-button]");

  const closeGroups = (except) => groups().forEach((group) => { if (group !== except) group.open = false; });

  const showMenu = (shown) => {
    const menu = button();
    if (!menu) return;
    menu.setAttribute("aria-expanded", String(shown));
    menu.parentElement.classList.toggle("open", shown);
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".menu details") && event.target.open) closeGroups(event.target);
  }, true);

  document.addEventListener("click", (event) => {
    const menu = event.target.closest?.("[data-menu-button]");
    if (menu) return showMenu(menu.getAttribute("aria-expanded") !== "true");
    const inside = event.target.closest?.(".menu");
    if (!inside || event.target.closest("a")) {
      closeGroups();
      showMenu(false);
    }
  });

  document.addEventListener("focusin", (event) => {
    if (!event.target.closest?.(".menu")) closeGroups();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest?.(".menu")) return;
    const open = event.target.closest("details[open]") || groups()[0];
    if (open) {
      open.querySelector("summary").focus();
      open.open = false;
    } else {
      button()?.focus();
      showMenu(false);
    }
  });
})();
