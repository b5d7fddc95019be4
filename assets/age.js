// Keeps every age of the page true on the server's clock, also while no server answers.
(function () {
  "use strict";
  const ALONE_AFTER = 7000; // a heartbeat and a bit: from here on the browser judges freshness by itself
  const LOST_AFTER = 12000; // two heartbeats and a bit: now it is said
  const JUMP = 3000, GRACE = 4000;
  const app = (window.mojokerto = window.mojokerto || {});

  // Elapsed ms. A clock that is set back must not hide a silence, and a machine that slept must not either.
  app.stopwatch = () => {
    const steady = performance.now(), wall = Date.now();
    return () => Math.max(performance.now() - steady, Date.now() - wall);
  };

  // Elapsed ms that no setting of the clock moves: turns, holds and frames are not of the outside world.
  app.steady = () => {
    const begun = performance.now();
    return () => performance.now() - begun;
  };

  const root = document.documentElement;
  let heardAt = Number(document.body?.dataset.at) || Date.now(), pulse = {};
  let silence = root.dataset.kept === undefined ? app.stopwatch() : since(heardAt, 0);
  const serverNow = () => heardAt + app.silence();
  const then = () => document.querySelector("[data-then]"); // a picture of the past: its ages stand still
  const seenAt = () => (then() ? Number(then().dataset.then) : serverNow());

  // Elapsed ms of a picture from before this page began; only the machine's own clock can tell.
  function since(at, offset) {
    const steady = app.stopwatch();
    return () => Math.max(steady(), Date.now() + offset - at);
  }

  // A clock that jumps says nothing of the server: it is asked at once, and until it had time to answer only what is
  // steady counts.
  let difference = Date.now() - performance.now(), jumped = null, steadyAt = performance.now();
  app.silence = () => (jumped && jumped() < GRACE ? performance.now() - steadyAt : silence());
  app.now = serverNow;
  app.heardAt = () => heardAt;

  function watchClock() {
    const was = difference;
    difference = Date.now() - performance.now();
    if (Math.abs(difference - was) < JUMP) return;
    jumped = app.stopwatch();
    window.dispatchEvent(new Event("mojokerto:jumped"));
  }

  function words(seconds) {
    if (seconds < 60) return "baru saja";
    const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    if (minutes < 60) return `${minutes}\u00a0mnt`;
    if (days < 1) return `${hours}\u00a0jam` + (hours < 6 && minutes % 60 ? `\u00a0${minutes % 60}\u00a0mnt` : "");
    return `${days}\u00a0hari`;
  }

  const wib = (ms, options) =>
    new Intl.DateTimeFormat("id-ID", { timeZone: "Asia/Jakarta", hourCycle: "h23", ...options }).format(ms);
  const clock = (ms) => wib(ms, { hour: "2-digit", minute: "2-digit" }) + " WIB";
  const day = (ms) => wib(ms, { day: "numeric", month: "short" });

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  // The steps that freshness will take when nothing more is heard: [from, state, last in order].
  function course(panel, indicator) {
    if (pulse[indicator]) return pulse[indicator].course;
    const { freshness, lateAt, lostAt } = panel.dataset;
    return [[0, freshness], [Number(lateAt), "terlambat"], [Number(lostAt), "putus"]];
  }

  function judge() {
    if (then()) return;
    const alone = app.silence() > ALONE_AFTER, now = serverNow();
    let turned = false;
    for (const frame of document.querySelectorAll("[data-panel]")) {
      const panel = frame.firstElementChild;
      if (!panel || panel.dataset.lateAt === undefined) continue;
      const steps = course(panel, frame.dataset.panel.split("~")[1]);
      const step = (alone && steps.filter(([from]) => from <= now).pop()) || steps[0];
      if (!step || step[1] === panel.dataset.freshness) continue;
      turn(frame, step, alone && step !== steps[0], now);
      turned = true;
    }
    if (turned) window.dispatchEvent(new Event("mojokerto:turned"));
  }

  function turn(frame, [, state, since], old, now) {
    if (!app.turn(frame, old)) return;
    const panel = frame.firstElementChild;
    panel.dataset.freshness = state;
    if (since) write(panel.querySelector(".since"), "terakhir benar " + lastRight(since, now, frame));
    fit(panel);
  }

  // Where no stream has brought the drawing with room for these words, its graphic gives way, then the moment (panel.css).
  function fit(panel) {
    delete panel.dataset.cramped;
    for (const step of ["graphic", "since"])
      if (panel.scrollHeight > panel.clientHeight + 1) panel.dataset.cramped = step;
  }

  function lastRight(since, now, frame) {
    if (day(since) === day(now)) return clock(since);
    return frame.dataset.plain === undefined ? day(since) + " " + clock(since) : day(since);
  }

  function tellOldest() {
    const drawn = [...document.querySelectorAll("[data-answered-at]")];
    const answered = drawn.map((panel) => {
      const known = pulse[panel.parentElement.dataset.panel.split("~")[1]];
      return (known && known.answered) || Number(panel.dataset.answeredAt);
    });
    if (!answered.length) return "";
    const seconds = (serverNow() - Math.min(...answered)) / 1000;
    const unit = seconds < 3600 ? 60 : seconds < 86400 ? 3600 : 86400;
    return "data ≤ " + words(Math.ceil(Math.max(1, seconds) / unit) * unit);
  }

  function tellConnection() {
    if (app.silence() <= LOST_AFTER || then() || !document.querySelector("[data-panel]")) return;
    root.dataset.connection = "lost";
    const at = wib(heardAt, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const when = day(heardAt) === day(serverNow()) ? "pukul" : `${day(heardAt)} pukul`;
    for (const place of document.querySelectorAll("[data-lost]"))
      write(place, `Sambungan ke server terputus. Gambar terakhir ${when} ${at} WIB`);
  }

  function tick() {
    watchClock();
    const now = serverNow();
    for (const age of document.querySelectorAll("[data-age-from]"))
      write(age, words(Math.max(0, (seenAt() - Number(age.dataset.ageFrom)) / 1000)));
    const date = wib(now, { weekday: "short", day: "numeric", month: "short" }).replace(/,/g, "");
    const said = { date, time: clock(now) };
    for (const element of document.querySelectorAll("[data-clock]"))
      write(element, said[element.dataset.clock] || date + " " + clock(now));
    judge();
    write(document.querySelector("[data-oldest]"), tellOldest());
    tellConnection();
  }

  window.addEventListener("mojokerto:message", ({ detail }) => {
    heardAt = detail.at;
    silence = app.stopwatch();
    steadyAt = performance.now();
    pulse = detail.pulse;
    root.dataset.connection = "live";
    tick();
  });
  window.addEventListener("mojokerto:kept", ({ detail }) => {
    heardAt = detail.at;
    silence = since(detail.at, detail.offset);
    pulse = detail.pulse;
  });
  window.addEventListener("mojokerto:painted", tick);
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
})();
