// The service worker of alerts on a person's own device: shows what a push message says and opens its page. Its scope is
// /push/, where no page lies: it sees no request of any page and stays out of the way of the wall's keeper.
"use strict";
const PAGE = "/peringatan", CRITICAL = 2;
const UNREAD = { title: "Ada kabar peringatan", body: "Buka Pusat Komando untuk membacanya." };

function read(data) {
  try {
    const message = data.json();
    return typeof message.title === "string" ? message : UNREAD;
  } catch {
    return UNREAD; // a browser takes the right away from who receives and shows nothing
  }
}

// The same alert replaces its notification; it rings again for news, and not for a message that came twice.
async function show(message) {
  const tag = message.tag || "";
  const shown = tag ? await self.registration.getNotifications({ tag }) : [];
  const isRepeated = shown.some((one) => one.data && one.data.key === message.key);
  await self.registration.showNotification(message.title, {
    body: message.body || "", lang: "id", tag, renotify: Boolean(tag) && !isRepeated,
    requireInteraction: message.severity >= CRITICAL, data: { path: message.path, key: message.key },
  });
}

// Only pages of our own: what a message names elsewhere leads to the list of alerts.
function address(path) {
  const url = new URL(path || PAGE, self.location.origin);
  return url.origin === self.location.origin ? url : new URL(PAGE, self.location.origin);
}

async function lead(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => new URL(one.url).pathname === url.pathname);
  return there ? there.focus() : self.clients.openWindow(url.href);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(address(event.notification.data && event.notification.data.path)));
});
