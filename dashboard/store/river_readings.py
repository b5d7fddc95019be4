"""Readings of river posts as plain series, and which posts there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select

from dashboard.formulas.quality_flags import Sample
from dashboard.store.hazard_spans import hazard_spans
from dashboard.store.observations import observations

QUANTITIES = {"river_level": "m", "discharge": "m³/s"}
"""What a post may measure, with its unit on the screen."""


@dataclass(slots=True)
class PostSeries:
    """One post: its code, its name (the code where it has none) and its readings in order of time."""

    station: str
    name: str = ""
    samples: list[Sample] = field(default_factory=list)


def post_series(connection: Connection, parameter: str, start: datetime, end: datetime) -> dict[str, PostSeries]:
    """Valid readings of every post with observed_at in (start, end]; of two sources that tell the same, one."""
    c = observations.c
    rows = connection.execute(
        select(c.station, c.station_name, c.observed_at, c.value)
        .where(c.parameter == parameter, c.averaging == "inst", c.quality == "valid")
        .where(c.observed_at > start, c.observed_at <= end)
        .order_by(c.observed_at)
    )
    found: dict[str, PostSeries] = {}
    for station, name, at, value in rows:
        post = found.setdefault(station, PostSeries(station))
        post.name = name or post.name or station
        if not post.samples or post.samples[-1].at < at:
            post.samples.append(Sample(at, Decimal(repr(value))))
    return found


def post_names(connection: Connection, since: datetime) -> dict[tuple[str, str], str]:
    """(station, quantity) → name of every post that measured something since then, also of those that fell silent."""
    c = hazard_spans.c
    known = connection.execute(
        select(c.place, c.parameter, func.max(c.name))
        .where(c.parameter.in_(QUANTITIES), c.span == "month", c.start >= since)
        .group_by(c.place, c.parameter)
        .order_by(c.place)
    )
    return {(place, quantity): name or place for place, quantity, name in known}
