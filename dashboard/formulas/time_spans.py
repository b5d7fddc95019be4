"""Stretches of time: joined where they touch, and how much of each lies in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

Span = tuple[datetime, datetime]
"""From a moment until before another."""


def together(given: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    """The time that any span covers, as spans that do not touch, cut to [start, end)."""
    spans: list[Span] = []
    for begin, over in sorted((max(a, start), min(b, end)) for a, b in given):
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(over, spans[-1][1]))
        elif begin < over:
            spans.append((begin, over))
    return spans


def hours_inside(spans: Sequence[Span], start: datetime, end: datetime) -> Decimal:
    """How many hours of [start, end) the spans cover, in tenths."""
    inside = (min(over, end) - max(begin, start) for begin, over in spans if begin < end and over > start)
    return round(Decimal(sum(inside, timedelta(0)) // timedelta(minutes=1)) / 60, 1)
