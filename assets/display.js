// A paired screen: carries out what it is told through its stream, tells every ten seconds how it is, and goes dark
// when its right is taken away. Who reads a wall's own shell: wall:command goes to it, wall:painted comes from it.
(function () {
  "use strict";
  const EVERY = 10000, FRAME = 2000, WITHIN = 8000;
  const DARK_FOR = 5000; // the sentence is read from across the room before the code stands in its place
  const app = (window.mojokerto = window.mojokerto || {});
  const begun = performance.now();
  const HOLDING = ["pin", "pause", "resume"], SOON = [1500, 4500]; // the server keeps signs of life every four seconds
  let heardAt = begun, paintedAt = null, told = { 0: " " }, scene = "", isDark = false;

  const body = () => document.body;
  const command = (detail) => document.dispatchEvent(new CustomEvent("wall:command", { detail, bubbles: true }));
  const since = (moment) => (moment === null ? null : Math.round(performance.now() - moment));

  // Nothing of what was shown may stay: not on the glass, and not in what the browser keeps for a start without server.
  async function dark(sentence) {
    isDark = true;
    app.picture = () => ({ panels: {}, aged: {} }); // what keep.js puts away as the page is left
    body().classList.add("dark");
    document.querySelector(".stage").replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }));
    try {
      for (const name of await caches.keys()) await caches.delete(name);
    } catch {
      // without HTTPS a browser keeps nothing
    }
    setTimeout(() => location.replace(location.pathname), DARK_FOR);
  }

  const words = ({ held, scene: pinned }) => held + " " + pinned;
  const carryOut = ({ held, scene: pinned }, glass) => command({ verb: held || "resume", scene: pinned, glass });

  // What it was told to hold is told again at every start of the stream; what nobody holds is let go once. What one glass
  // of a wall was told stands before what all were told. An order given anew is carried out anew: it may have run out here.
  function hold({ held, scene: pinned, glasses, commands }) {
    const whole = { held, scene: pinned };
    const anew = commands.filter(({ verb }) => HOLDING.includes(verb)).map(({ glass }) => glass);
    const isNew = (wish, glass) => anew.includes(Number(glass)) || words(wish) !== told[glass];
    if (isNew(whole, 0)) {
      carryOut(whole);
      told = { 0: words(whole) };
    }
    for (const glass of Object.keys(told).filter((known) => known !== "0" && !glasses[known])) {
      carryOut(whole, Number(glass));
      delete told[glass];
    }
    for (const [glass, wish] of Object.entries(glasses)) {
      if (isNew(wish, glass)) carryOut(wish, Number(glass));
      told[glass] = words(wish);
    }
  }

  function receive({ detail }) {
    heardAt = performance.now();
    const news = detail.display;
    if (!news) return;
    if (news.dark) return dark(news.dark);
    hold(news);
    for (const { verb, profile, glass } of news.commands)
      if (verb === "next") command({ verb, glass });
      else if (verb === "profile") command({ verb, profile });
    if (news.profile && news.profile !== body().dataset.wall) location.replace("/wall/" + encodeURIComponent(news.profile));
    for (const wait of news.commands.length ? SOON : []) setTimeout(beat, wait); // on the telephone one sees what came of it
  }

  function watchFrames() {
    requestAnimationFrame(() => {
      paintedAt = performance.now();
      setTimeout(watchFrames, FRAME);
    });
  }

  function oldest() {
    const answered = [...document.querySelectorAll("[data-answered-at]")].map((e) => Number(e.dataset.answeredAt));
    const now = app.now ? app.now() : Date.now();
    return answered.length ? Math.max(0, Math.round((now - Math.min(...answered)) / 1000)) : null;
  }

  // The finding in words; the titles of its shapes are for readers of screens.
  function said(shown) {
    const words = shown.querySelector(".headline")?.cloneNode(true);
    if (!words) return "";
    for (const icon of words.querySelectorAll("svg")) icon.remove();
    return words.textContent.replace(/\s+/g, " ").trim().slice(0, 160);
  }

  function vitals() {
    const shown = document.querySelector(".scene.shown");
    const state = app.rotation && app.rotation.state ? app.rotation.state() : {};
    return {
      scene: shown ? shown.dataset.scene : scene,
      said: shown ? said(shown) : "",
      held: state.held || "",
      glasses: (state.scenes || []).map((name) => name || "-").join(" "),
      painted_ms: since(paintedAt),
      message_ms: since(heardAt),
      data_s: oldest(),
      heap_bytes: performance.memory ? performance.memory.usedJSHeapSize : null,
      width: Math.round(innerWidth * devicePixelRatio),
      height: Math.round(innerHeight * devicePixelRatio),
      release: body().dataset.release || "",
      up_s: Math.round((performance.now() - begun) / 1000),
    };
  }

  async function beat() {
    if (isDark) return;
    const headers = { "Content-Type": "application/json" };
    try {
      await fetch("/wall/beat", { method: "POST", headers, body: JSON.stringify(vitals()), signal: AbortSignal.timeout(WITHIN) });
    } catch {
      // the server is away; the stream says so on the glass
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!body().dataset.display) return;
    window.addEventListener("mojokerto:message", receive);
    window.addEventListener("wall:painted", ({ detail }) => (scene = detail.scene || scene));
    watchFrames();
    setTimeout(beat, FRAME);
    setInterval(beat, EVERY);
  });
})();
