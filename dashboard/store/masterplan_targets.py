"""Indicators of a masterplan, their targets by year and quarter, and what was reached: tables and reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from dashboard.store.masterplan_changes import tell
from dashboard.store.masterplan_plan import rows
from datasources.resources.masterplan_indicator_records import PlanIndicator, Realisation, TargetYear

masterplan_indicators = Table(
    "masterplan_indicators",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("programme", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", String(32), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("formula", String(400)),
    Column("live", String(96)),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Column("baseline", Exact),
    Column("valid_until", Day),
    Index("masterplan_indicators_by_programme", "programme"),
)
masterplan_targets = Table(
    "masterplan_targets",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    *(Column(name, String(40)) for name in ("annual", "q1", "q2", "q3", "q4")),
    Column("set_by", String(128), nullable=False),
    Column("basis", String(200), nullable=False),
    Column("reason", String(200)),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)
masterplan_realisations = Table(
    "masterplan_realisations",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("period", String(8), primary_key=True),
    Column("value", Exact, nullable=False),
    Column("measured_on", Day, nullable=False),
    Column("reported_by", String(128), nullable=False),
    Column("verified_by", String(128)),
    Column("evidence", Text),
    Column("note", String(300)),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

keep_indicators, keep_targets, keep_realisations = (
    keeper(table, tell) for table in (masterplan_indicators, masterplan_targets, masterplan_realisations)
)


def indicators(connection: Connection, programme: str | None = None) -> list[PlanIndicator]:
    """Every indicator (of a programme)."""
    c = masterplan_indicators.c
    narrowed = None if programme is None else c.programme == programme
    return [PlanIndicator(**r) for r in rows(connection, masterplan_indicators, c.code, where=narrowed)]


def targets(connection: Connection, first: int, last: int, codes: list[str] | None = None) -> list[TargetYear]:
    """The targets of the years from `first` to `last` as the files tell them, of some indicators or all."""
    return [TargetYear(**r) for r in _of_years(connection, masterplan_targets, first, last, codes)]


def realisations(connection: Connection, first: int, last: int, codes: list[str] | None = None) -> list[Realisation]:
    """What was reached in the years from `first` to `last` as the files tell it, of some indicators or all."""
    return [Realisation(**r) for r in _of_years(connection, masterplan_realisations, first, last, codes)]


def _of_years(
    connection: Connection, table: Table, first: int, last: int, codes: list[str] | None
) -> list[dict[str, Any]]:
    c = table.c
    years = c.year.between(first, last)
    narrowed = years if codes is None else years & c.indicator.in_(codes)
    return rows(connection, table, c.indicator, c.year, where=narrowed)
