"""How much our own alarms ask of people: the figures of ISA-18.2 / EEMUA 191 about an alarm system itself.

The limits are those that are generally reproduced of the two documents; they are to be verified before they are quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

TEN_MINUTES = timedelta(minutes=10)
FLOOD = 10
"""More than so many alarms in ten minutes are a flood."""
CHATTERS = 3
"""Raised so many times within one episode, an alarm chatters."""
STANDS_LONG = timedelta(hours=24)
TOP = 10


@dataclass(frozen=True, slots=True)
class Raised:
    """One alarm: its rule, when it was raised, how often it relapsed, and when it ended (None: it stands)."""

    rule: str
    at: datetime
    times: int = 1
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlarmLoad:
    """Alarms per day and per ten minutes, the busiest ten minutes, the share of ten-minute periods in flood,
    chattering ones, those standing over 24 h at `end`, and the ten most frequent with their counts.
    """

    raised: int
    per_day: Fraction
    per_ten_minutes: Fraction
    busiest: int
    flood_share: Fraction
    chattering: int
    standing: int
    top: tuple[tuple[str, int], ...]

    @property
    def top_share(self) -> Fraction | None:
        """The share of all alarms that the ten most frequent make; None without alarms."""
        return Fraction(sum(n for _, n in self.top), self.raised) if self.raised else None


def alarm_load(alarms: Sequence[Raised], start: datetime, end: datetime) -> AlarmLoad:
    """The load of [start, end). Raises ValueError for a period of no length."""
    if end <= start:
        raise ValueError("the period has no length")
    inside = [a for a in alarms if start <= a.at < end]
    periods = -(-(end - start) // TEN_MINUTES)
    counts = Counter((a.at - start) // TEN_MINUTES for a in inside)
    days = Fraction((end - start) // timedelta(milliseconds=1), 86_400_000)
    return AlarmLoad(
        raised=len(inside),
        per_day=len(inside) / days,
        per_ten_minutes=Fraction(len(inside), periods),
        busiest=max(counts.values(), default=0),
        flood_share=Fraction(sum(n > FLOOD for n in counts.values()), periods),
        chattering=sum(a.times >= CHATTERS for a in inside),
        standing=sum(end - a.at > STANDS_LONG and (a.ended_at is None or a.ended_at > end) for a in alarms),
        top=tuple(sorted(Counter(a.rule for a in inside).items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]),
    )
