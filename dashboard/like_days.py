"""Which earlier days a day may be compared with: the same kind of day, in the same season."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.day_types import day_type
from dashboard.formulas.usual_band import LEAST_DAYS


def kind_of(day: date) -> tuple[str, str]:
    """Working day, Saturday or Sunday and holiday; and "Ramadan", "pekan Lebaran" or "" for the season."""
    found = day_type(day)
    return found.kind, "pekan Lebaran" if found.lebaran else "Ramadan" if found.ramadan else ""


def kind_words(day: date) -> str:
    """The kind of a day as it is printed."""
    return ", ".join(part for part in kind_of(day) if part)


def like_days(day: date, earlier: Iterable[date], most: int | None = None) -> tuple[list[date], bool]:
    """The earlier days of the same kind, newest first, and whether all are of the same season too.

    Eight are needed for limits: where the season (Ramadan) has fewer, the newest days of the kind fill them up.
    """
    kind, season = kind_of(day)
    same_kind = [other for other in sorted(earlier, reverse=True) if other < day and kind_of(other)[0] == kind]
    same_season = [other for other in same_kind if kind_of(other)[1] == season]
    if len(same_season) >= LEAST_DAYS or len(same_season) == len(same_kind):
        return same_season[:most], True
    filled = same_season + [other for other in same_kind if other not in same_season]
    return sorted(filled[:LEAST_DAYS], reverse=True), False
