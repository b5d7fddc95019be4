// Keeps every panel of the page true: one stream of finished drawings, and ages that run on the server's clock.
(function () {
  "use strict";
  const LOST_AFTER = 12000; // two heartbeats and a bit
  const LONGEST_PAUSE = 5000;
  let stream = null, asked = "", lastMessage = Date.now(), lastAt = 0, offset = 0, pause = 500, timer = null, opened = 0;

  const serverNow = () => Date.now() + offset;
  const wanted = () =>
    [...new Set([...document.querySelectorAll("[data-panel]")].map((e) => e.dataset.panel))].sort();

  function show(panel, markup) {
    const frames = document.querySelectorAll(`[data-panel="${CSS.escape(panel)}"]`);
    const [form, indicator, look] = panel.split("~");
    for (const frame of frames) {
      if (frame.dataset.plain !== undefined) { if (frame.innerHTML !== markup) frame.innerHTML = markup; }
      else window.dash_clientside.set_props({ type: "panel", form, indicator, look }, { markup });
    }
  }

  function receive(event) {
    const message = JSON.parse(event.data);
    lastMessage = Date.now();
    offset = message.at - lastMessage;
    lastAt = message.at;
    pause = 500;
    for (const [panel, markup] of Object.entries(message.panels)) show(panel, markup);
    document.documentElement.dataset.connection = "live";
    window.dispatchEvent(new CustomEvent("mojokerto:message", { detail: message }));
    tick();
  }

  function close() {
    if (stream) stream.close();
    stream = null;
    clearTimeout(timer);
  }

  function open() {
    close();
    const panels = wanted();
    asked = panels.join("&");
    if (!panels.length) return;
    opened = Date.now();
    stream = new EventSource("/live?" + panels.map((p) => "panel=" + encodeURIComponent(p)).join("&"));
    stream.onmessage = receive;
    stream.onerror = () => {
      close();
      timer = setTimeout(open, pause * (0.5 + Math.random()));
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    };
  }

  function words(seconds) {
    if (seconds < 60) return "baru saja";
    const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    if (minutes < 60) return `${minutes}\u00a0mnt`;
    if (days < 1) return `${hours}\u00a0jam` + (hours < 6 && minutes % 60 ? `\u00a0${minutes % 60}\u00a0mnt` : "");
    return `${days}\u00a0hari`;
  }

  const clock = (ms, options) =>
    new Intl.DateTimeFormat("id-ID", { timeZone: "Asia/Jakarta", hourCycle: "h23", ...options }).format(ms);

  function tick() {
    for (const age of document.querySelectorAll("[data-age-from]")) {
      const text = words(Math.max(0, (serverNow() - Number(age.dataset.ageFrom)) / 1000));
      if (age.textContent !== text) age.textContent = text;
    }
    for (const c of document.querySelectorAll("[data-clock]")) {
      const parts = clock(serverNow(), { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
      const text = parts.replace(/,/g, "").replace(/\s*pukul\s*/, " ") + " WIB";
      if (c.textContent !== text) c.textContent = text;
    }
    const oldest = document.querySelector("[data-oldest]");
    if (oldest) tellOldest(oldest);
    const silent = Date.now() - lastMessage > LOST_AFTER;
    if (silent && asked && document.documentElement.dataset.connection !== "lost") {
      document.documentElement.dataset.connection = "lost";
      const banner = document.querySelector("[data-lost]");
      if (banner)
        banner.textContent = "Sambungan ke server terputus. Gambar terakhir pukul " +
          clock(lastAt || Date.now(), { hour: "2-digit", minute: "2-digit", second: "2-digit" }) + " WIB";
    }
  }

  function tellOldest(element) {
    const times = [...document.querySelectorAll("[data-answered-at]")].map((e) => Number(e.dataset.answeredAt)).filter(Boolean);
    if (times.length) element.textContent = "data ≤ " + words((serverNow() - Math.min(...times)) / 1000);
  }

  function reconsider() {
    if (wanted().join("&") !== asked) open();
  }

  let waiting = null;
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(reconsider, 50);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-panel"] });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - lastMessage > LOST_AFTER) open();
  });
  setInterval(() => {
    tick();
    if (stream && Math.min(Date.now() - lastMessage, Date.now() - opened) > LOST_AFTER) open();
  }, 1000);
  document.addEventListener("DOMContentLoaded", reconsider);
})();
