// The time machine: steps, slider and replay over the panels of a picture of the past; see layouts/time_machine/.
(function () {
  "use strict";
  const DEADLINE = 8000, TICK = 1000, NEAREST = 2000, DAY = 86400000, WIB = 7 * 3600000; // WIB has no summer time
  let playing = null, asking = null, moved = false;
  const band = () => document.querySelector("[data-then]");
  const shown = () => Number(band().dataset.then);
  const asked = (ms) => new Date(ms + WIB).toISOString().slice(0, ms % 60000 ? 19 : 16);
  const minute = (ms) => Math.floor((ms + WIB) % DAY / 60000);

  function address(at, href) {
    const url = new URL(href || location.href);
    if (at === null) url.searchParams.delete("at");
    else url.searchParams.set("at", at);
    return url.toString().replace(/%3A/g, ":");
  }

  function say(trouble) {
    const place = band().querySelector("[data-then-trouble]");
    if (place) place.textContent = trouble;
  }

  // One question at a time; a replay that is slower than the clock leaves moments out and never queues them.
  async function go(ms, settled) {
    if (asking) asking.abort();
    const mine = (asking = new AbortController()), limit = setTimeout(() => mine.abort(), DEADLINE);
    const panels = [...new Set([...document.querySelectorAll("[data-panel]")].map((frame) => frame.dataset.panel))];
    const query = panels.map((panel) => "&panel=" + encodeURIComponent(panel)).join("");
    try {
      const answer = await fetch(`/then?at=${asked(ms)}${query}`, { signal: mine.signal });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.error || "Tidak dapat ditampilkan.");
      paint(found);
      if (settled) settle();
      return true;
    } catch (wrong) {
      if (asking !== mine) return true; // a later question took its place
      stop();
      say(wrong.name === "AbortError" || wrong instanceof TypeError ? "Server tidak menjawab." : wrong.message);
      return false;
    } finally {
      clearTimeout(limit);
      if (asking === mine) asking = null;
    }
  }

  function paint(found) {
    moved = true;
    const place = band();
    place.dataset.then = found.at;
    place.querySelector("[data-then-said]").textContent = document.querySelector("[data-wall]") ? found.short : found.said;
    const slider = place.querySelector("[data-then-slider]"), other = place.querySelector("[data-then-other]");
    if (slider) slider.value = minute(found.at);
    if (other) other.value = found.asked.slice(0, 16);
    say("");
    for (const [panel, markup] of Object.entries(found.panels))
      for (const frame of document.querySelectorAll(`[data-panel="${CSS.escape(panel)}"]`))
        if (frame.seen !== markup) frame.innerHTML = frame.seen = markup;
    history.replaceState(history.state, "", address(found.asked));
    for (const part of document.querySelectorAll("[data-then-still]")) part.classList.add("behind");
    window.dispatchEvent(new Event("mojokerto:painted"));
  }

  // Lists beside the panels are made with the page: it is read again once the moment stands.
  function settle() {
    if (moved && document.querySelector("[data-then-still]")) location.reload();
  }

  function play(times) {
    const start = shown(), since = Date.now();
    playing = setInterval(() => {
      if (asking) return;
      const newest = Date.now() - NEAREST, at = Math.min(newest, start + (Date.now() - since) * times);
      if (at === newest) stop();
      go(Math.floor(at / 1000) * 1000, at === newest);
    }, TICK);
    mark(true);
  }

  function stop() {
    clearInterval(playing);
    playing = null;
    mark(false);
  }

  function mark(pressed) {
    const button = band() && band().querySelector("[data-then-play]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(pressed));
    button.textContent = pressed ? "Berhenti" : `Putar ${button.dataset.thenPlay}×`;
  }

  function toggle() {
    if (playing) { stop(); settle(); } else play(60);
  }

  function pressed(event) {
    const find = (name) => event.target.closest(`[data-${name}]`);
    if (find("time-machine")) return location.assign(address(asked(Math.floor(Date.now() / 60000) * 60000 - 3600000)));
    if (!band()) return;
    if (find("then-step")) { stop(); go(shown() + 1000 * Number(find("then-step").dataset.thenStep), true); }
    else if (find("then-play")) toggle();
    else follow(event, event.target.closest("a[href]"));
  }

  // Links stay in the past, except the one that leads back; the page is read anew, so that nothing live remains.
  function follow(event, link) {
    if (!link || link.origin !== location.origin || link.hasAttribute("download") || link.target) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    const at = new URL(location.href).searchParams.get("at");
    if (link.dataset.thenBack !== undefined) location.assign(address(null));
    else location.assign(new URL(link.href).searchParams.has("at") ? link.href : address(at, link.href));
  }

  function chosen(event) {
    if (!band()) return;
    const { thenSlider, thenOther } = event.target.dataset;
    if (thenSlider === undefined && thenOther === undefined) return;
    stop();
    const midnight = shown() - ((shown() + WIB) % DAY);
    go(thenSlider !== undefined ? midnight + 60000 * Number(event.target.value) : Date.parse(event.target.value + "+07:00"), true);
  }

  // A wall has no pointer: comma and full stop step ten minutes, P plays.
  function keys(event) {
    if (!band() || !document.querySelector("[data-wall]")) return;
    if (event.key === "," || event.key === ".") { stop(); go(shown() + (event.key === "," ? -1 : 1) * 600000, true); }
    else if (event.key === "p") toggle();
  }

  document.addEventListener("click", pressed, true);
  document.addEventListener("change", chosen);
  document.addEventListener("keydown", keys);
})();
