// One's own account: whether alerts are shown on this device, turned on and off here. The server keeps what a browser
// tells it; the permission is asked only by a press of the button.
(function () {
  "use strict";
  const RECEIVER = "/push/receiver.js", SCOPE = "/push/";
  const tell = (given) => window.dash_clientside.set_props("own-device-given", { data: { ...given, at: Date.now() } });
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

  function able() {
    if (!window.isSecureContext) return "tanpa tls";
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "tidak";
    return Notification.permission === "denied" ? "ditolak" : "ya";
  }

  async function subscribed() {
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    return registration ? registration.pushManager.getSubscription() : null;
  }

  async function started(registration) {
    const worker = registration.active || registration.waiting || registration.installing;
    if (registration.active) return registration;
    await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
    return registration;
  }

  // A subscription made with another key of ours is of no use any more.
  async function subscribe(key) {
    const registration = await started(await navigator.serviceWorker.register(RECEIVER, { scope: SCOPE }));
    const before = await registration.pushManager.getSubscription();
    const known = before && before.options && before.options.applicationServerKey;
    if (known && !same(new Uint8Array(known), key)) await before.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  async function turnOn() {
    try {
      if ((await Notification.requestPermission()) !== "granted") return tell({ deed: "ditolak" });
      const key = bytes(document.getElementById("own-device-key").textContent);
      tell({ deed: "nyala", subscription: (await subscribe(key)).toJSON() });
    } catch (error) {
      tell({ deed: "gagal", why: String(error.name) });
    }
  }

  async function turnOff() {
    const subscription = await subscribed().catch(() => null);
    if (subscription) await subscription.unsubscribe().catch(() => null);
    tell({ deed: "mati", endpoint: subscription && subscription.endpoint });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#own-device-on")) turnOn();
    if (event.target.closest("#own-device-off")) turnOff();
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    devices: {
      look: async () => {
        const can = able();
        const subscription = can === "ya" ? await subscribed().catch(() => null) : null;
        return { can, endpoint: subscription && subscription.endpoint };
      },
    },
  });
})();
