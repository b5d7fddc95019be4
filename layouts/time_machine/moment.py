"""The moment that `?at=` asks for, or the sentence why there is nothing to show of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dashboard.clock import WIB
from layouts.format import moment

NAME = "at"
LIKE = "tulis seperti 2026-11-10T14:00 (WIB)"
_BARE_PLUS = re.compile(r" (\d\d:?\d\d)$")
"""A '+' that nobody escaped arrives as a space."""


class NoSuchMoment(ValueError):
    """A moment that cannot be shown; the message says why and what would be right."""


def asked_moment(text: object, now: datetime, first: datetime | None) -> datetime:
    """'2026-11-10T14:00' (WIB unless it names a zone) → the moment, UTC. `first` is when we began to measure.

    Raises NoSuchMoment for what is no moment, lies ahead, or lies before anything was measured.
    """
    at = _parsed(text)
    if at > now:
        raise NoSuchMoment(f"{moment(at)} belum terjadi; yang dapat ditampilkan sampai {moment(now)}.")
    if first is None:
        raise NoSuchMoment("Belum ada pengukuran, jadi belum ada keadaan lampau yang dapat ditampilkan.")
    if at < first:
        raise NoSuchMoment(f"Keadaan {moment(at)} tidak tercatat; pengukuran pertama {moment(first)}.")
    return at


def _parsed(text: object) -> datetime:
    written = _BARE_PLUS.sub(r"+\1", text) if isinstance(text, str) else ""
    try:
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=WIB)).astimezone(UTC)
    except (ValueError, OverflowError):
        shown = written if len(written) <= 40 else written[:39] + "…"
        raise NoSuchMoment(f"'{shown}' bukan waktu; {LIKE}.") from None


def as_asked(at: datetime) -> str:
    """The moment as an address carries it, on the clock of Mojokerto; to the second where it has seconds."""
    local = at.astimezone(WIB).replace(tzinfo=None)
    return local.isoformat(timespec="seconds" if local.second else "minutes")
