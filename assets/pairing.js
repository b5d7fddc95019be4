// A screen that waits for its approval asks every two seconds, and then shows the wall.
(function () {
  "use strict";
  const EVERY = 2000, WITHIN = 6000;
  const place = () => document.querySelector("[data-pairing]");
  const wall = () => location.replace(location.pathname);

  async function ask() {
    try {
      const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
      const answer = await fetch("/wall/pairing", { ...asked, signal: AbortSignal.timeout(WITHIN) });
      const { state } = await answer.json();
      if (state === "dipasang") return wall();
      if (state === "berakhir") return location.reload(); // a new code
      place().textContent = "Menunggu persetujuan petugas";
    } catch {
      place().textContent = "Server tidak menjawab; dicoba lagi";
    }
    setTimeout(ask, EVERY);
  }

  document.addEventListener("DOMContentLoaded", () => place() && setTimeout(ask, EVERY));
})();
