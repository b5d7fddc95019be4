"""Pairing of screens: a code on the glass, an officer's approval, and a key of the screen's own.

The key opens the wall and nothing else: a screen is no person and may change nothing. It holds for 400 days, the
longest that a browser keeps a cookie, and is renewed whenever the screen loads its document: a wall runs for months
without anybody near it, and an end by the clock would darken it in the night. It ends at once when it is revoked.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.store import audit, changes, displays
from dashboard.store.database import reading, writing
from dashboard.store.displays import Display

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no word appears, and nothing that looks like another across a room."""
CODE_LENGTH = 6
CODE_HOLDS = timedelta(minutes=10)
KEY_HOLDS = timedelta(days=400)
MOST_WAITING, MOST_FROM_ONE = 50, 8
LONGEST_KEY = 128


class TooManyWaiting(Exception):
    """More screens ask for a code than anybody could set up; the message says when to try again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a screen that waits is given: the key of its request, and the code that it shows."""

    key: str
    code: str


def ask(engine: Engine, profile: str, asked_from: str, now: datetime) -> Asked:
    """Begin a pairing. Raises TooManyWaiting."""
    since = now - CODE_HOLDS
    with writing(engine) as connection:
        displays.forget_unanswered(connection, since)
        too_many = displays.waiting(connection, since) >= MOST_WAITING
        if too_many or displays.waiting(connection, since, asked_from[:64]) >= MOST_FROM_ONE:
            raise TooManyWaiting("Terlalu banyak layar menunggu dipasang. Coba lagi dalam sepuluh menit.")
        key, code = secrets.token_urlsafe(32), _free_code(connection, since)
        displays.ask_pairing(connection, profile, code, hashed(key), asked_from, now)
    return Asked(key, code)


def _free_code(connection: Connection, since: datetime) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if displays.by_code(connection, code, since) is None:
            return code


def asked_with(engine: Engine, key: str, now: datetime) -> Display | None:
    """The request of this key while it waits or was approved; None when it is over, and a new one is needed."""
    if not key or len(key) > LONGEST_KEY:
        return None
    with reading(engine) as connection:
        found = displays.by_pairing(connection, hashed(key))
    if found is None or found.is_revoked or found.key_hash is not None:
        return None
    begun = found.approved_at or found.asked_at
    return found if now - begun < CODE_HOLDS else None


def collect_key(engine: Engine, pairing_key: str, now: datetime) -> str | None:
    """The new key of an approved screen, given once; None while it waits."""
    found = asked_with(engine, pairing_key, now)
    if found is None or found.approved_at is None:
        return None
    key = secrets.token_urlsafe(32)
    with writing(engine) as connection:
        given = displays.give_key(connection, found.id, hashed(key), now)
        if given:
            audit.write(connection, now, f"layar {found.id}", "layar dipasang", found.title)
            changes.announce(connection, [displays.TOPIC], now)
    return key if given else None


def display_of(engine: Engine, key: str | None, now: datetime) -> Display | None:
    """The screen that carries this key, revoked or not; None when there is none or the key is too old."""
    if not key or len(key) > LONGEST_KEY:
        return None
    with reading(engine) as connection:
        found = displays.by_key(connection, hashed(key))
    if found is None or found.key_since is None or now - found.key_since >= KEY_HOLDS:
        return None
    return found


def renew(engine: Engine, display: Display, now: datetime) -> None:
    """The key holds from now on, as the cookie does; written at most once a day."""
    if display.key_hash is None or display.key_since is None or now - display.key_since < timedelta(days=1):
        return
    with writing(engine) as connection:
        displays.renew_key(connection, display.id, now)


def hashed(key: str) -> str:
    """What the store keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
