// Keeps every panel of the page true: one stream of finished drawings, always the newest and never a queue of old ones.
(function () {
  "use strict";
  const SILENT_AFTER = 12000; // two heartbeats and a bit: the connection is dead though nobody said so
  const CONNECT_WITHIN = 8000;
  const LONGEST_PAUSE = 4000; // times 1.5 of jitter, so that ten seconds after its return the server is heard
  const LATE_FILLING = 3000;
  const AWAY = 2500; // no look around for so long: the tab had no processor, and what waited for it is a queue
  const CATCH_UP = 400;
  let stream = null, asked = "", pause = 500, timer = null, late = null, opened = null, heard = null;
  let looked = null, returned = null;
  let unpainted = new Set(), sent = new Set(), frame = 0;
  const newest = {}, aged = {};
  window.mojokerto = window.mojokerto || {};

  // A picture of the past stands still: nothing live is pushed into it (assets/time_machine.js).
  const frames = () => (document.querySelector("[data-then]") ? [] : [...document.querySelectorAll("[data-panel]")]);
  const wanted = () => [...new Set(frames().map((e) => e.dataset.panel))].sort();

  function show(panel, markup) {
    const frames = document.querySelectorAll(`[data-panel="${CSS.escape(panel)}"]`);
    const [form, indicator, look] = panel.split("~");
    for (const frame of frames) {
      if (frame.dataset.plain === undefined)
        window.dash_clientside.set_props({ type: "panel", form, indicator, look }, { markup });
      else if (frame.drawn !== markup) frame.innerHTML = frame.drawn = markup;
    }
  }

  // What age.js asks for on a wall: the drawing that has room for the words of age, or again the newest. Says whether
  // the frame may turn now.
  window.mojokerto.turn = (frame, old) => {
    if (!old && catchingUp()) return false;
    const markup = (old ? aged : newest)[frame.dataset.panel];
    if (markup && frame.dataset.plain !== undefined && frame.drawn !== markup) frame.innerHTML = frame.drawn = markup;
    return true;
  };

  // Whoever comes back reads the whole queue first: the pictures in between are never shown.
  function catchingUp() {
    if (looked() > AWAY) returned = window.mojokerto.stopwatch();
    looked = window.mojokerto.stopwatch();
    return returned !== null && returned() < CATCH_UP;
  }

  function paint() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (document.hidden || !unpainted.size) return;
    if (catchingUp()) return void setTimeout(paint, CATCH_UP);
    const panels = unpainted;
    unpainted = new Set();
    for (const panel of panels) show(panel, newest[panel]);
    window.dispatchEvent(new Event("mojokerto:painted"));
  }

  // What a proxy or a broken server sends in our name is not a message, and does not count as being heard.
  function understood(text) {
    try {
      const message = JSON.parse(text);
      const whole = [message.panels, message.pulse].every((part) => part && typeof part === "object");
      return whole && Number.isFinite(message.at) ? message : null;
    } catch {
      return null;
    }
  }

  // A picture that was kept from before: it stands until the server sends a newer one.
  window.mojokerto.picture = () => ({ panels: { ...newest }, aged: { ...aged } });
  window.mojokerto.take = (picture) => {
    Object.assign(newest, picture.panels);
    Object.assign(aged, picture.aged);
    for (const panel of Object.keys(picture.panels)) unpainted.add(panel);
    paint();
  };

  // A tab that is hidden, or too slow for every message, keeps the newest drawing of each panel and paints that one.
  function receive(event) {
    const message = understood(event.data);
    if (!message) return;
    heard = window.mojokerto.stopwatch();
    pause = 500;
    Object.assign(newest, message.panels);
    Object.assign(aged, message.aged);
    for (const panel of Object.keys(message.panels)) unpainted.add(panel) && sent.add(panel);
    window.dispatchEvent(new CustomEvent("mojokerto:message", { detail: message }));
    if (!frame && unpainted.size) frame = requestAnimationFrame(paint);
  }

  function close() {
    if (stream) stream.close();
    stream = null;
    clearTimeout(timer);
    clearTimeout(late);
  }

  function open() {
    close();
    const panels = wanted();
    asked = panels.join("&");
    if (!panels.length) return;
    sent = new Set();
    opened = heard = window.mojokerto.stopwatch();
    stream = new EventSource("/live?" + panels.map((p) => "panel=" + encodeURIComponent(p)).join("&"));
    stream.onmessage = receive;
    stream.onerror = retry;
    // The page's own first filling may arrive after the stream's newer drawing; what is the same costs nothing.
    late = setTimeout(() => {
      for (const panel of sent) unpainted.add(panel);
      paint();
    }, LATE_FILLING);
  }

  function retry() {
    close();
    timer = setTimeout(open, pause * (0.5 + Math.random()));
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }

  function guard() {
    catchingUp();
    if (unpainted.size) paint();
    if (!stream) return;
    if (stream.readyState === EventSource.CONNECTING ? opened() > CONNECT_WITHIN : heard() > SILENT_AFTER) retry();
  }

  function reconsider() {
    if (wanted().join("&") !== asked) open();
  }

  let waiting = null;
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(reconsider, 50);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-panel"] });
  document.addEventListener("visibilitychange", guard);
  document.addEventListener("freeze", close); // what the network would keep for it are old pictures
  document.addEventListener("resume", open);
  window.addEventListener("online", open);
  window.addEventListener("mojokerto:jumped", open);
  setInterval(guard, 1000);
  looked = window.mojokerto.stopwatch();
  document.addEventListener("DOMContentLoaded", reconsider);
})();
