"""A person's own devices that are told of alerts: turned on by their browser, seen and removed by nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Connection

from dashboard.alerts.push_hosts import NotAPushService, PushHosts
from dashboard.alerts.push_message import unwritten
from dashboard.editing.entry import EntryRefused
from dashboard.store import audit
from dashboard.store import push_subscriptions as store
from dashboard.store.people import Person
from dashboard.store.push_subscriptions import LONGEST_ENDPOINT, Subscription

MOST = 10
"""Devices of one person: nobody looks after more."""
SECRET_BYTES = 16
NOT_OURS = "Langganan itu tidak dapat dipahami; muat ulang halaman, lalu nyalakan sekali lagi."


def turn_on(connection: Connection, given: Any, device: str, hosts: PushHosts, by: Person, at: datetime) -> None:
    """Keep what the browser's PushSubscription says of itself. Raises EntryRefused."""
    endpoint, p256dh, auth = _told(given)
    try:
        hosts.check(endpoint)
    except NotAPushService as refused:
        raise EntryRefused(str(refused)) from None
    others = [one for one in store.subscriptions_of(connection, by.id) if one.endpoint != endpoint]
    if len(others) >= MOST:
        raise EntryRefused(f"Sudah ada {MOST} perangkat; lepas dahulu yang tidak dipakai lagi.")
    if not store.keep_subscription(connection, Subscription(by.id, endpoint, p256dh, auth, device, at)):
        raise EntryRefused(NOT_OURS)
    audit.write(connection, at, by.name, "pemberitahuan dinyalakan", device)


def turn_off(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Remove one of one's own. Raises EntryRefused, also for what is somebody else's."""
    found = [one for one in store.subscriptions_of(connection, by.id) if one.id == number]
    _removed(connection, found, by, at)


def turn_off_here(connection: Connection, endpoint: object, by: Person, at: datetime) -> None:
    """Remove the browser in which one sits. Raises EntryRefused."""
    found = [one for one in store.subscriptions_of(connection, by.id) if one.endpoint == endpoint]
    _removed(connection, found, by, at)


def _removed(connection: Connection, found: list[Subscription], by: Person, at: datetime) -> None:
    if not found:
        raise EntryRefused("Perangkat itu sudah dilepas.")
    store.drop_subscription(connection, found[0].id, by.id)
    audit.write(connection, at, by.name, "pemberitahuan dimatikan", found[0].device)


def _told(given: Any) -> tuple[str, str, str]:
    """Endpoint, key and secret of a browser, each of the right shape. Raises EntryRefused."""
    try:
        endpoint, keys = given["endpoint"], given["keys"]
        p256dh, auth = (keys[name].rstrip("=") for name in ("p256dh", "auth"))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unwritten(p256dh))
        is_ours = len(endpoint) <= LONGEST_ENDPOINT and endpoint.isascii() and len(unwritten(auth)) == SECRET_BYTES
    except (AttributeError, KeyError, TypeError, ValueError):
        is_ours = False
    if not is_ours:
        raise EntryRefused(NOT_OURS)
    return endpoint, p256dh, auth
