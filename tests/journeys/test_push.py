"""A person turns on alerts on an own device in a real browser; what comes then is shown once, replaced and opened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.access import passwords
from dashboard.alerts.push_key import PushKey, new_private
from dashboard.clock import WIB
from dashboard.store import people
from dashboard.store import push_subscriptions as store
from dashboard.store.database import open_database, reading, writing
from tests.dashboard.push_site import PushSite
from tests.datasources.loopback import Loopback, serving
from tests.journeys.conftest import System, prepared_system
from tests.journeys.warned import RSS, WARNINGS, all_is_well, warn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

PASSWORD, CONTACT = "kopi senja di trawas 17", "mailto:pusat@contoh.id"
SOON_MS = 30_000
SUBSCRIBES = """(() => {
  const told = %s, mine = () => sessionStorage.getItem("langganan") && subscription();
  const subscription = () => ({ ...told, options: {}, toJSON: () => told, unsubscribe: async () => {
    sessionStorage.removeItem("langganan"); return true; } });
  PushManager.prototype.subscribe = async function (options) {
    window.askedWith = [...options.applicationServerKey];
    sessionStorage.setItem("langganan", "ya");
    return subscription();
  };
  PushManager.prototype.getSubscription = async function () { return mine() || null; };
})()"""
"""A browser without the internet cannot reach its push service: here it subscribes at ours, with keys that we hold."""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/push/");
  return (await registration.getNotifications()).map((n) => ({ title: n.title, body: n.body, tag: n.tag,
    key: n.data.key, renotify: n.renotify, stays: n.requireInteraction }));
}"""
OPENED = """async () => {
  const opened = [];
  self.clients.openWindow = async (url) => { opened.push(url); return null; };
  const [notification] = await self.registration.getNotifications();
  const waits = [];
  const event = new NotificationEvent("notificationclick", { notification });
  event.waitUntil = (promise) => waits.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waits);
  return opened;
}"""


@dataclass
class Room:
    """A running system that sends to a push service of ours."""

    system: System
    site: PushSite
    bmkg: Loopback

    def devices(self) -> list[store.Subscription]:
        engine = open_database(self.system.environment["DATABASE_URL"])
        with reading(engine) as connection:
            found = store.subscriptions_of(connection, 1)
        engine.dispose()
        return found


@pytest.fixture
def room(tmp_path: Path, sqlite_url: str) -> Iterator[Room]:
    private = new_private()
    site = PushSite([201], public=PushKey(private, CONTACT).public)
    with serving() as bmkg, site.listening() as address:
        all_is_well(bmkg)
        made = prepared_system(
            tmp_path, sqlite_url, "10m", WARNINGS.format(address=bmkg.url(RSS)),
            VAPID_KEY=private, VAPID_CONTACT=CONTACT, PUSH_HOSTS=address,
        )  # fmt: skip
        engine = open_database(sqlite_url)
        with writing(engine) as connection:
            people.add_person(connection, "ani", "Ani", "analis", None, passwords.hashed(PASSWORD), datetime.now(WIB))
        engine.dispose()
        yield Room(made, site, bmkg)
        for name in list(made.processes):
            made.stop(name)


def test_turned_on_told_shown_replaced_opened_and_turned_off(room: Room, page: Page) -> None:
    turns_on(room, page)
    warn(room.bmkg)
    told = first_message(room, page)
    assert told["title"].startswith("[WASPADA] Peringatan dini cuaca")
    assert told["path"] == "/peringatan"
    session, registration = delivering(room, page)

    def arrives(**news: object) -> list[dict[str, Any]]:
        message = json.dumps({**told, **news})
        given = {"origin": room.system.address, "registrationId": registration, "data": message}
        session.send("ServiceWorker.deliverPushMessage", given)
        page.wait_for_timeout(500)
        found: list[dict[str, Any]] = page.evaluate(SHOWN)
        return found

    (first,) = arrives()
    assert (first["title"], first["tag"], first["renotify"]) == (told["title"], told["tag"], True)
    (again,) = arrives()
    assert again["renotify"] is False, "a message that came twice must not ring twice"
    (news,) = arrives(key="n" * 32, title="[KRITIS] Air naik", severity=2)
    assert (news["title"], news["renotify"], news["stays"]) == ("[KRITIS] Air naik", True, True)
    assert len(arrives(tag="u" * 32, key="u" * 32)) == 2
    (worker,) = page.context.service_workers
    assert worker.evaluate(OPENED) == [f"{room.system.address}/peringatan"]
    assert len(page.evaluate(SHOWN)) == 1
    turns_off(room, page)


def turns_on(room: Room, page: Page) -> None:
    page.context.grant_permissions(["notifications"], origin=room.system.address)
    endpoint = {"endpoint": f"{room.site.address}/send/ani", "keys": room.site.browser.keys}
    page.add_init_script(SUBSCRIBES % json.dumps(endpoint))
    page.goto(f"{room.system.address}/masuk?lalu=/akun")
    page.locator("[name=nama]").fill("ani")
    page.locator("[name=sandi]").fill(PASSWORD)
    page.locator("[name=sandi]").press("Enter")
    expect(page.locator("#own-devices")).to_contain_text("Belum ada perangkat", timeout=SOON_MS)
    page.get_by_role("button", name="Nyalakan di perangkat ini").click()
    expect(page.locator("#own-device-said")).to_contain_text("Tersimpan", timeout=SOON_MS)
    expect(page.locator("#own-devices")).to_contain_text("perangkat ini", timeout=SOON_MS)
    expect(page.get_by_role("button", name="Nyalakan di perangkat ini")).to_be_hidden()
    assert len(page.evaluate("window.askedWith")) == 65
    assert len(room.devices()) == 1


def first_message(room: Room, page: Page) -> dict[str, Any]:
    for _ in range(SOON_MS // 250):
        if room.site.taken:
            break
        page.wait_for_timeout(250)
    (told,) = room.site.taken
    return told


def delivering(room: Room, page: Page) -> tuple[Any, str]:
    """A session of the browser's own tools, and how it calls our service worker."""
    session = page.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    (ours,) = {one["registrationId"] for one in known if one["scopeURL"] == f"{room.system.address}/push/"}
    return session, ours


def turns_off(room: Room, page: Page) -> None:
    page.get_by_role("button", name="Matikan di perangkat ini").click()
    expect(page.locator("#own-devices")).to_contain_text("Belum ada perangkat", timeout=SOON_MS)
    assert room.devices() == []
