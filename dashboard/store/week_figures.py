"""The figure of each indicator for each closed ISO week, as it was known at a moment. Appended, never rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    and_,
    func,
    insert,
    select,
)

from dashboard.store.database import UtcTime, id_column, metadata

week_figures = Table(
    "week_figures",
    metadata,
    id_column(),
    Column("indicator", String(96), nullable=False),
    Column("week", UtcTime, nullable=False),
    Column("value", String(48)),
    Column("n", Integer),
    Column("interval", String(96), nullable=False),
    Column("band", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("data_time", UtcTime),
    Column("missing", String(512), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("week_figures_by_week", "week", "indicator", "known_at"),
)

TOPIC = "week_figures"
Key = tuple[str, datetime]
"""(indicator, Monday 00.00 WIB of the week)."""


@dataclass(frozen=True, slots=True)
class WeekFigure:
    """One figure of one week. `interval`: 95 %, in the unit of the value; None where it has none."""

    indicator: str
    week: datetime
    value: Decimal | None
    n: int | None
    interval: tuple[float, float] | None
    band: str
    status: str
    data_time: datetime | None
    missing: str
    simulated: bool
    known_at: datetime

    def says_the_same(self, other: WeekFigure) -> bool:
        """Whether nothing but the moment of knowing differs."""
        names = [name for name in self.__slots__ if name != "known_at"]
        return all(getattr(self, name) == getattr(other, name) for name in names)


def append_new(connection: Connection, found: Iterable[WeekFigure]) -> int:
    """Append the figures that differ from what is known; returns how many."""
    found = list(found)
    if not found:
        return 0
    weeks = [f.week for f in found]
    last = newest(connection, min(weeks), max(weeks))
    new = [f for f in found if (old := last.get((f.indicator, f.week))) is None or not f.says_the_same(old)]
    if new:
        connection.execute(insert(week_figures), [_row(f) for f in new])
    return len(new)


def newest(connection: Connection, first: datetime, last: datetime) -> dict[Key, WeekFigure]:
    """The newest figure of each indicator for the weeks from `first` to `last`, both included."""
    return known_at(connection, first, last, None)


def known_at(
    connection: Connection,
    first: datetime,
    last: datetime,
    at: datetime | None,
    indicators: Iterable[str] | None = None,
) -> dict[Key, WeekFigure]:
    """As `newest`, but as known at `at`; what nobody knew then is what was known first afterwards."""
    c = week_figures.c
    within = and_(c.week >= first, c.week <= last)
    if indicators is not None:
        within = and_(within, c.indicator.in_(list(indicators)))
    if at is None:
        ids = select(func.max(c.id)).where(within).group_by(c.indicator, c.week)
        return _by_key(connection, ids)
    before = select(func.max(c.id)).where(within, c.known_at <= at).group_by(c.indicator, c.week)
    first_after = select(func.min(c.id)).where(within).group_by(c.indicator, c.week)
    return _by_key(connection, first_after) | _by_key(connection, before)


def first_known(connection: Connection, week: datetime) -> datetime | None:
    """When anything of a week was computed for the first time."""
    c = week_figures.c
    moment: datetime | None = connection.execute(select(func.min(c.known_at)).where(c.week == week)).scalar()
    return moment


def _by_key(connection: Connection, ids: Any) -> dict[Key, WeekFigure]:
    rows = connection.execute(select(week_figures).where(week_figures.c.id.in_(ids)))
    return {(row.indicator, row.week): _figure(row) for row in rows}


def _row(f: WeekFigure) -> dict[str, Any]:
    row = {name: getattr(f, name) for name in f.__slots__}
    interval = "" if f.interval is None else json.dumps(f.interval)
    return {**row, "value": None if f.value is None else str(f.value), "interval": interval}


def _figure(row: Any) -> WeekFigure:
    names = [name for name in WeekFigure.__slots__ if name not in ("value", "interval")]
    interval = tuple(json.loads(row.interval)) if row.interval else None
    value = None if row.value is None else Decimal(row.value)
    return WeekFigure(value=value, interval=interval, **{name: getattr(row, name) for name in names})
