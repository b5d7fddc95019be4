// Scenes take turns on each screen of one mounted page. One clockwork for all; nothing that fails in a scene stops it.
(function () {
  "use strict";
  const TICK = 500;
  const PREPARE = 1500; // before its turn a scene is painted below the one that is seen
  const HOLD = 600000; // whoever pauses or pins a scene and leaves has not stopped the wall for ever
  const PEEK = 20000; // a person may look elsewhere while an alarm stands, and is brought back
  const EVERYTHING_ELSE = "alerts.standing"; // what is raised on no panel is raised in the list of alerts
  const app = (window.mojokerto = window.mojokerto || {});
  let screens = [], waiting = new Map();

  class Screen {
    constructor(element) {
      this.element = element;
      this.scenes = new Map([...element.querySelectorAll("[data-scene]")].map((e) => [e.dataset.scene, e]));
      this.days = JSON.parse(element.dataset.parts);
      this.since = app.steady();
      this.shown = this.coming = this.held = this.peeked = null;
    }

    // The scenes of this hour with their seconds, without those that have nothing to say; one must stay.
    part() {
      const minute = Math.floor((app.now() / 60000 + 420) % 1440); // WIB is seven hours ahead, all year
      const begun = this.days.filter(([from]) => from <= minute).pop() || this.days[this.days.length - 1];
      const whole = begun[1].filter(([name]) => this.scenes.has(name));
      const due = whole.filter(([name]) => isDue(this.scenes.get(name)));
      return due.length ? due : whole;
    }

    next(step = 1) {
      const names = this.part().map(([name]) => name), place = names.indexOf(this.shown);
      if (!names.length) return this.shown;
      return names[(place + step + names.length) % names.length];
    }

    alarmed() {
      return [...this.scenes].filter(([, scene]) => asks(scene)).map(([name]) => name);
    }

    // What must be seen now: an alarm before a person's wish, a wish before the turn.
    wanted(dwell) {
      const alarmed = this.alarmed();
      if (alarmed.length && !(this.peeked && this.peeked() < PEEK)) {
        if (!alarmed.includes(this.shown)) return alarmed[0];
        const several = alarmed.length > 1 && this.since() >= dwell;
        return several ? alarmed[(alarmed.indexOf(this.shown) + 1) % alarmed.length] : this.shown;
      }
      if (this.held) return this.held.scene && this.scenes.has(this.held.scene) ? this.held.scene : this.shown;
      const names = this.part().map(([name]) => name);
      return names.includes(this.shown) && this.since() < dwell ? this.shown : this.next();
    }

    step() {
      if (this.held && this.held.left() >= HOLD) this.held = null;
      app.giveBack(this);
      const known = this.part().find(([name]) => name === this.shown), dwell = 1000 * (known ? known[1] : 20);
      const wanted = this.wanted(dwell);
      if (wanted !== this.shown) this.show(wanted);
      else if (!this.held && dwell - this.since() < PREPARE) this.prepare(this.next());
    }

    prepare(name) {
      if (name !== this.shown) this.scenes.get(name)?.classList.add("ready");
    }

    // The picture is painted first, then it fades in; a tab that paints nothing is not waited for.
    show(name) {
      if (this.coming === name || !this.scenes.has(name)) return;
      this.coming = name;
      this.prepare(name);
      let done = false;
      const swap = () => {
        if (done || this.coming !== name) return;
        done = true;
        this.coming = null;
        this.shown = name;
        this.since = app.steady();
        for (const [other, scene] of this.scenes) {
          scene.classList.toggle("shown", other === name);
          scene.classList.remove("ready");
        }
        this.name();
        window.dispatchEvent(new CustomEvent("wall:painted", { detail: { scene: name } }));
      };
      requestAnimationFrame(() => requestAnimationFrame(swap));
      setTimeout(swap, 150);
    }

    name() {
      const place = this.element.querySelector("[data-scene-name]");
      if (place) place.textContent = this.scenes.get(this.shown).getAttribute("aria-label");
    }
  }

  // The scene of what is raised takes its turn only while something is.
  function isDue(scene) {
    if (!("onlyRaised" in scene.dataset)) return true;
    return holds(scene, '[data-status="kritis"], [data-status="waspada"]');
  }

  // Alerts nobody has accepted yet; their panels ask with their frame, and their scenes stay.
  function readAlarms() {
    waiting = new Map();
    for (const mark of document.querySelectorAll("[data-alarm][data-waits]"))
      waiting.set(mark.dataset.alarm, mark.dataset.severity);
    const frames = [...document.querySelectorAll(".frame[data-panel]")];
    const about = (frame) => frame.dataset.panel.split("~")[1], shown = new Set(frames.map(about));
    const homeless = [...waiting].find(([indicator]) => !shown.has(indicator));
    for (const frame of frames) {
      const severity = waiting.get(about(frame)) || (about(frame) === EVERYTHING_ELSE && homeless && homeless[1]);
      if (severity) frame.dataset.asks = severity;
      else delete frame.dataset.asks;
    }
    tick();
  }

  function tick() {
    for (const screen of screens) {
      try {
        screen.step();
      } catch (wrong) {
        console.warn("a scene could not be shown", wrong);
        screen.since = app.steady();
      }
    }
  }

  const asks = (scene) => holds(scene, "[data-asks]");

  // A scene that is broken asks for nothing, and the others go on.
  function holds(scene, what) {
    try {
      return Boolean(scene.querySelector(what));
    } catch {
      return false;
    }
  }

  // One glass of a wall by its number, or all of them.
  const those = (glass) => screens.filter((screen, place) => !glass || place + 1 === glass);
  const heldAt = (scene) => ({ scene, left: app.steady() });
  const hold = (scene, glass) => those(glass).forEach((screen) => (screen.held = heldAt(scene)));
  const go = (step, glass) => {
    for (const screen of those(glass)) {
      if (screen.held) screen.held = heldAt(null);
      screen.peeked = app.steady();
      screen.show(screen.next(step));
    }
  };

  // Told about one glass, it shows any scene of the wall; told about all, each shows it that has it, and all hold.
  function pin(scene, glass) {
    if (glass) those(glass).forEach((screen) => app.lend(screen, scene));
    hold(scene || screens[0].shown, glass);
    tick();
  }

  const isHeld = () => screens.find((screen) => screen.held);
  app.rotation = {
    next: (glass) => go(1, glass),
    previous: () => go(-1),
    pause: (glass) => hold(null, glass),
    pin,
    resume: (glass) => those(glass).forEach((screen) => (screen.held = null)),
    asks,
    alarms: () => document.querySelectorAll("[data-alarm]").length,
    state: () => ({
      scenes: screens.map((screen) => screen.shown),
      held: isHeld() ? isHeld().held.scene || "jeda" : null,
      alarmed: [...waiting.keys()],
    }),
  };

  function keys(event) {
    const names = [...new Set(screens.flatMap((screen) => [...screen.scenes.keys()]))];
    if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else if (event.key === " ") isHeld() ? app.rotation.resume() : app.rotation.pause();
    else if (event.key === "Escape") app.rotation.resume();
    else if (names[Number(event.key) - 1]) app.rotation.pin(names[Number(event.key) - 1]);
  }

  document.addEventListener("DOMContentLoaded", () => {
    screens = [...document.querySelectorAll("[data-screen]")].map((element) => new Screen(element));
    document.addEventListener("keydown", keys);
    window.addEventListener("mojokerto:painted", readAlarms);
    readAlarms();
    setInterval(tick, TICK);
  });
})();
