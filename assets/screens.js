// The list of screens is drawn anew every few seconds: the keyboard stays on the button where it was.
(function () {
  "use strict";
  let last = "";

  function come(event) {
    last = event.target.closest("#screen-list") ? event.target.id : "";
  }

  // Only what the new drawing has taken away comes back; whoever went elsewhere stays there.
  function back() {
    if (!last || document.activeElement !== document.body) return;
    const again = document.getElementById(last);
    if (again) again.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", come);
  document.addEventListener("pointerdown", () => (last = ""));
  new MutationObserver(back).observe(document.documentElement, { childList: true, subtree: true });
})();
