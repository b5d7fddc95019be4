"""Assessed SPBE levels: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, func, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.spbe.records import AssessedLevel

spbe_levels = Table(
    "spbe_levels",
    metadata,
    Column("instrument", String(32), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("stage", String(32), primary_key=True),
    Column("indicator", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("level", Integer, nullable=False),
    Column("assessed_at", UtcTime),
    Column("known_at", UtcTime, nullable=False),
)


def keep_levels(connection: Connection, source: str, records: Sequence[AssessedLevel], known_at: datetime) -> None:
    """Keep the newest level by (instrument, year, stage, indicator)."""
    rows = {
        (r.instrument, r.year, r.stage, r.indicator): {
            "instrument": r.instrument,
            "year": r.year,
            "stage": r.stage,
            "indicator": r.indicator,
            "source": source,
            "level": r.level,
            "assessed_at": r.assessed_at,
            "known_at": known_at,
        }
        for r in records
    }
    upsert(connection, spbe_levels, list(rows.values()), Merge.REPLACE, fixed=("known_at",))


def levels_by_year(connection: Connection, instrument: str) -> dict[int, dict[int, int]]:
    """Year → indicator → level, from the furthest stage each year has reached."""
    c = spbe_levels.c
    rows = connection.execute(select(c.year, c.stage, c.indicator, c.level).where(c.instrument == instrument)).all()
    years: dict[int, dict[str, dict[int, int]]] = {}
    for year, stage, indicator, level in rows:
        years.setdefault(year, {}).setdefault(stage, {})[indicator] = level
    return {year: max(stages.items(), key=lambda s: _STAGES.get(s[0], 0))[1] for year, stages in years.items()}


_STAGES = {"mandiri": 1, "dokumen": 2, "interviu": 3, "visitasi": 4, "final": 5}


def newest_assessment_at(connection: Connection, instrument: str, year: int) -> datetime | None:
    """The newest assessment day of that year."""
    c = spbe_levels.c
    result: datetime | None = connection.execute(
        select(func.max(c.assessed_at)).where(c.instrument == instrument, c.year == year)
    ).scalar()
    return result
