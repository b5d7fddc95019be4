"""Counts, shares, words and periods as they stand in the sentences of reconciliation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from dashboard import clock
from datasources.privacy import mask

EXAMPLES = 5
LONGEST_WORD = 40
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def number(n: int) -> str:
    """'86.161'."""
    return f"{n:,}".replace(",", ".")


def rounded(mean: Fraction) -> str:
    """A mean count as a whole number, half up."""
    return number(int(mean + Fraction(1, 2)))


def percent(share: Fraction) -> str:
    """A share in whole per cent, half up: '80 %'."""
    return f"{rounded(100 * share)} %"


def word(said: str) -> str:
    """A word of the source in quotes; a column mapped wrongly must not bring a number or a name onto a screen."""
    return f"'{mask(said)[:LONGEST_WORD]}'"


def most(counts: Mapping[str, int], shown: int = EXAMPLES, least: int = 1) -> str:
    """The most frequent words with their counts: "'ular' 5, 'tawon' 2 dan 3 lainnya".

    What is used fewer than `least` times is counted and not named: a rare word may be a sentence about somebody.
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{word(said)} {number(n)}" for said, n in ordered[:shown] if n >= least]
    rest = f"{number(len(ordered) - len(named))} lainnya" if len(ordered) > len(named) else ""
    return " dan ".join(filter(None, (", ".join(named), rest)))


def day(moment: datetime) -> str:
    """'2 Maret 2026', on a clock in Mojokerto."""
    local = clock.wib(moment)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def minute(moment: datetime) -> str:
    """'2 Maret 2026 14.05 WIB'."""
    return f"{day(moment)} {clock.wib(moment):%H.%M} WIB"


def period(start: datetime, end: datetime) -> str:
    """'Maret 2026', '2026', '2 Maret 2026', '2 Maret 2026 jam 14' or '2 Maret 2026 – 8 Maret 2026'."""
    first, after, last = clock.wib(start), clock.wib(end), clock.wib(end - timedelta(milliseconds=1))
    if end - start <= timedelta(hours=1):
        return f"{day(start)} jam {first:%H}"
    if first.date() == last.date():
        return day(start)
    if first.day == after.day == 1 and first.year == last.year:
        if first.month == last.month:
            return f"{MONTHS[first.month - 1]} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    return f"{day(start)} – {day(last)}"


def length(span: timedelta) -> str:
    """'26 jam', '3 hari', '40 menit'; rounded up, so that what is longer than it sounds is not promised."""
    for unit, name in ((timedelta(days=1), "hari"), (timedelta(hours=1), "jam"), (timedelta(minutes=1), "menit")):
        if span >= 2 * unit or name == "menit":
            return f"{number(-(-span // unit))} {name}"
    raise AssertionError  # pragma: no cover - minutes always serve
