"""Rivers and rain summed up by hour, day and month, so that years of readings can be looked through at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    func,
    select,
    type_coerce,
)

from dashboard.store.database import EPOCH, UtcTime, metadata

Span = Literal["hour", "day", "month"]
"""Days and months are those of the calendar in Mojokerto."""

hazard_spans = Table(
    "hazard_spans",
    metadata,
    Column("parameter", String(32), primary_key=True),
    Column("span", String(8), primary_key=True),
    Column("place", String(96), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("low", Float),
    Column("high", Float),
    Column("last", Float),
    Column("total", Float),
    Column("name", String(128)),
    Column("n", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Index("hazard_spans_by_time", "parameter", "span", "start"),
)


@dataclass(frozen=True, slots=True)
class SummedUp:
    """One place over one stretch: `n` readings counted, `left_out` because they cannot be. `total` for rain only.

    `name` of a post is what its readings called it.
    """

    place: str
    start: datetime
    low: float | None
    high: float | None
    last: float | None
    total: float | None
    n: int
    left_out: int = 0
    name: str | None = None


def summed_up(
    connection: Connection, parameter: str, span: Span, start: datetime, end: datetime, places: Sequence[str] = ()
) -> list[SummedUp]:
    """Stretches that begin in [start, end), oldest first; every place, or those named."""
    c = hazard_spans.c
    rows = connection.execute(
        select(c.place, c.start, c.low, c.high, c.last, c.total, c.n, c.left_out, c.name)
        .where(c.parameter == parameter, c.span == span, c.start >= start, c.start < end)
        .where(c.place.in_(places) if places else c.n >= 0)
        .order_by(c.start, c.place)
    )
    return [SummedUp(*row) for row in rows.all()]


@dataclass(frozen=True, slots=True)
class Highs:
    """The highest of each stretch by place, what the places are called, and how many readings were left out."""

    by_place: dict[str, dict[datetime, float]]
    names: dict[str, str]
    left_out: int


def highs(connection: Connection, parameter: str, span: Span, start: datetime, end: datetime) -> Highs:
    """Of stretches that begin in [start, end). Places share their moments, so that each is made once: making them cost
    as much as reading the rows.
    """
    c = hazard_spans.c
    rows = connection.execute(
        select(c.place, type_coerce(c.start, BigInteger), c.high, c.left_out)
        .where(c.parameter == parameter, c.span == span, c.start >= start, c.start < end, c.high.is_not(None))
        .order_by(c.start)
    )
    moments: dict[int, datetime] = {}
    found: dict[str, dict[datetime, float]] = {}
    left_out = 0
    for place, ms, high, out in rows.all():
        moment = moments.get(ms)
        if moment is None:
            moment = moments[ms] = EPOCH + timedelta(milliseconds=ms)
        found.setdefault(place, {})[moment] = high
        left_out += out
    return Highs(found, _names(connection, parameter, list(found)), left_out)


def _names(connection: Connection, parameter: str, places: Sequence[str]) -> dict[str, str]:
    """What places are called, by their months; the place itself where nobody said."""
    c = hazard_spans.c
    rows = connection.execute(
        select(c.place, func.max(c.name))
        .where(c.parameter == parameter, c.span == "month", c.place.in_(places))
        .group_by(c.place)
    )
    return {place: name or place for place, name in rows}


def wettest(
    connection: Connection, parameter: str, span: Span, start: datetime, end: datetime
) -> dict[datetime, float]:
    """Start of each stretch in [start, end) → the total of the place that got most."""
    c = hazard_spans.c
    rows = connection.execute(
        select(c.start, func.max(c.total))
        .where(c.parameter == parameter, c.span == span, c.start >= start, c.start < end, c.total.is_not(None))
        .group_by(c.start)
    )
    return {row[0]: float(row[1]) for row in rows.all()}
