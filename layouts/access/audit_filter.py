"""Which lines of the audit log are wanted, as it stands in an address and in the fields of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from dashboard.clock import WIB
from dashboard.store.audit import DONE, REFUSED, Wanted

NAMES = ("dari", "sampai", "siapa", "apa", "hasil", "kata")
OUTCOMES = (DONE, REFUSED)
LONGEST = 64
ALL = "semua"
"""The choice that narrows nothing."""


def wanted(given: Mapping[str, str | None]) -> Wanted:
    """What was meant: days of WIB, both included. What makes no sense narrows nothing."""
    text = {name: " ".join((given.get(name) or "").split())[:LONGEST] for name in NAMES}
    text = {name: "" if value == ALL else value for name, value in text.items()}
    outcome = text["hasil"] if text["hasil"] in OUTCOMES else ""
    return Wanted(_day(text["dari"], 0), _day(text["sampai"], 1), text["siapa"], text["apa"], outcome, text["kata"])


def query(given: Mapping[str, str | None]) -> str:
    """The same for an address."""
    return urlencode({name: value for name in NAMES if (value := given.get(name)) and value != ALL})


def _day(text: str, later: int) -> datetime | None:
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day + timedelta(days=later), time.min, WIB)
    except (ValueError, OverflowError):
        return None
