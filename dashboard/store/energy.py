"""Government buildings, what they draw, and solar roofs: tables and reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
)

from dashboard.store.column_kinds import Day, Exact, summed
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from datasources.resources.energy_records import Building, SolarPlant

buildings = Table(
    "buildings",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("opd", String(128), nullable=False),
    Column("area_m2", Exact),
    Column("bare_m2", Exact),
    Column("measured_on", Day, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

energy_months = Table(
    "energy_months",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("building", String(64), primary_key=True),
    Column("month", Day, primary_key=True),
    Column("kwh", Exact, nullable=False),
    Column("days", Integer),
    Column("metering", String(16), nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("energy_months_by_month", "month"),
)

solar_plants = Table(
    "solar_plants",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("kwp", Exact, nullable=False),
    Column("running_since", Day, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

solar_months = Table(
    "solar_months",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("plant", String(64), primary_key=True),
    Column("month", Day, primary_key=True),
    Column("produced_kwh", Exact, nullable=False),
    Column("exported_kwh", Exact, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("solar_months_by_month", "month"),
)

keep_buildings, keep_energy_months = keeper(buildings), keeper(energy_months)
keep_solar_plants, keep_solar_months = keeper(solar_plants), keeper(solar_months)


def all_buildings(connection: Connection) -> list[Building]:
    """Every building by its code."""
    return [Building(**row) for row in _rows(connection, buildings, "code")]


def newest_energy_month(connection: Connection, last: date) -> date | None:
    """The newest month not after `last` of which anything is known."""
    c = energy_months.c
    found: date | None = connection.execute(select(func.max(c.month)).where(c.month <= last)).scalar()
    return found


@dataclass(frozen=True, slots=True)
class Bills:
    """The bills of one building that cover the same number of days: their sum, and the lowest and highest, kWh."""

    building: str
    days: int | None
    metering: str
    kwh: Decimal
    months: int
    lowest: Decimal
    highest: Decimal


def bills_between(connection: Connection, first: date, last: date) -> list[Bills]:
    """What buildings drew in the months that begin on `first` or later and not after `last`."""
    c = energy_months.c
    names = (c.building, c.days, c.metering)
    rows = connection.execute(
        select(*names, func.sum(c.kwh, type_=Float), func.count(), func.min(c.kwh), func.max(c.kwh))
        .where(c.month >= first, c.month <= last)
        .group_by(*names)
        .order_by(*names)
    )
    return [Bills(code, days, how, summed(kwh), n, low, high) for code, days, how, kwh, n, low, high in rows]


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """What the buildings of one kind drew in a month, brought to 365/12 days, and the floor of those that told it."""

    month: date
    kind: str
    kwh: Decimal
    area_m2: Decimal
    buildings: int


def drawn_by_month(
    connection: Connection, first: date, last: date, kinds: Mapping[str, Collection[str]]
) -> list[DrawnMonth]:
    """One sum for each kind and month, by kind; `kinds` says which buildings are of which kind, others are left out."""
    c, b = energy_months.c, buildings.c
    own_kwh = type_coerce(c.kwh, Float)
    kwh = case((c.days.is_(None), own_kwh), else_=own_kwh * literal(365.0 / 12, Float) / c.days)
    kind = case(*((c.building.in_(codes), literal(name)) for name, codes in kinds.items())).label("kind")
    rows = connection.execute(
        select(kind, c.month, func.sum(kwh), func.sum(b.area_m2, type_=Float), func.count())
        .select_from(energy_months.join(buildings, and_(b.code == c.building, b.source == c.source)))
        .where(c.month >= first, c.month <= last)
        .group_by(kind, c.month)
        .order_by(kind, c.month)
    )
    return [
        DrawnMonth(month, name, summed(kwh), summed(area), n) for name, month, kwh, area, n in rows if name is not None
    ]


def drawn_in_all(connection: Connection, first: date, last: date) -> dict[date, Decimal]:
    """Month → what all buildings drew, kWh as billed."""
    c = energy_months.c
    rows = connection.execute(
        select(c.month, func.sum(c.kwh, type_=Float)).where(c.month >= first, c.month <= last).group_by(c.month)
    )
    return {month: summed(kwh) for month, kwh in rows}


def all_plants(connection: Connection) -> list[SolarPlant]:
    """Every solar roof by its code."""
    return [SolarPlant(**row) for row in _rows(connection, solar_plants, "code")]


def newest_solar_month(connection: Connection, last: date) -> date | None:
    """The newest month not after `last` of which any roof told."""
    c = solar_months.c
    found: date | None = connection.execute(select(func.max(c.month)).where(c.month <= last)).scalar()
    return found


def solar_sums(
    connection: Connection, first: date, last: date, by: Literal["plant", "month"]
) -> dict[Any, tuple[Decimal, Decimal, int]]:
    """Roof or month → kWh made, kWh exported, and how many rows say so."""
    c = solar_months.c
    rows = connection.execute(
        select(c[by], func.sum(c.produced_kwh, type_=Float), func.sum(c.exported_kwh, type_=Float), func.count())
        .where(c.month >= first, c.month <= last)
        .group_by(c[by])
        .order_by(c[by])
    )
    return {key: (summed(made), summed(sent), n) for key, made, sent, n in rows}


def _rows(connection: Connection, table: Table, order: str) -> list[dict[str, Any]]:
    columns = [c for c in table.c if c.name not in ("source", "known_at")]
    return [dict(row._mapping) for row in connection.execute(select(*columns).order_by(table.c[order], table.c.source))]
