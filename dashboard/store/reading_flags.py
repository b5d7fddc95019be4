"""QARTOD flags beside the raw readings. Only suspect and failed ones have a line: a judged one without it passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Index, Integer, String, Table, and_, func, select

from dashboard.formulas.quality_flags import Flag
from dashboard.store.database import UtcTime, metadata
from dashboard.store.replaced_rows import replace_rows

reading_flags = Table(
    "reading_flags",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(96), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("averaging", String(8), primary_key=True),
    Column("observed_at", UtcTime, primary_key=True),
    Column("flag", Integer, nullable=False),
    Column("reasons", String(512), nullable=False),
    Index("reading_flags_by_time", "observed_at"),
)


NAMES = ("parameter", "averaging", "observed_at", "flag", "reasons")


@dataclass(frozen=True, slots=True)
class Flagged:
    """A reading that somebody should doubt, and why."""

    source: str
    station: str
    parameter: str
    averaging: str
    observed_at: datetime
    flag: Flag
    reasons: str


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many readings of a parameter carry a flag for a reason, and when the last one was."""

    source: str
    station: str
    parameter: str
    flag: Flag
    example: str
    n: int
    newest_at: datetime


def replace_flags(
    connection: Connection, source: str, station: str, start: datetime, end: datetime, found: Sequence[Flagged]
) -> None:
    """The flags of a station's readings in (start, end] are these and no others."""
    c = reading_flags.c
    inside = (c.source == source, c.station == station, c.observed_at > start, c.observed_at <= end)
    rows = [(f.parameter, f.averaging, f.observed_at, int(f.flag), f.reasons[:512]) for f in found]
    replace_rows(connection, reading_flags, inside, {"source": source, "station": station}, NAMES, rows)


def flagged(connection: Connection, start: datetime, end: datetime, station: tuple[str, str] | None = None,
            limit: int = 1000) -> list[Flagged]:  # fmt: skip
    """Flagged readings of (start, end], newest first."""
    c = reading_flags.c
    statement = select(reading_flags).where(_inside(start, end, station)).order_by(c.observed_at.desc()).limit(limit)
    return [
        Flagged(r.source, r.station, r.parameter, r.averaging, r.observed_at, Flag(r.flag), r.reasons)
        for r in connection.execute(statement)
    ]


def flag_counts(
    connection: Connection, start: datetime, end: datetime, station: tuple[str, str] | None = None
) -> list[FlagCount]:
    """Flags of (start, end] counted by station, parameter and gravity."""
    c = reading_flags.c
    rows = connection.execute(
        select(c.source, c.station, c.parameter, c.flag, func.max(c.reasons), func.count(), func.max(c.observed_at))
        .where(_inside(start, end, station))
        .group_by(c.source, c.station, c.parameter, c.flag)
        .order_by(c.source, c.station, c.parameter, c.flag.desc())
    )
    return [FlagCount(r[0], r[1], r[2], Flag(r[3]), r[4], r[5], r[6]) for r in rows]


def _inside(start: datetime, end: datetime, station: tuple[str, str] | None) -> ColumnElement[bool]:
    c = reading_flags.c
    inside = and_(c.observed_at > start, c.observed_at <= end)
    return inside if station is None else and_(inside, c.source == station[0], c.station == station[1])
