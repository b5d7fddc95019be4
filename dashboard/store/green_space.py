"""Green open space and the urban area it is measured against: tables and reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Column, Connection, Float, Integer, String, Table, func, select

from dashboard.store.column_kinds import Day, Exact, summed
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from datasources.resources.green_space_records import UrbanArea

green_areas = Table(
    "green_areas",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kecamatan_code", String(16), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("ownership", String(16), nullable=False),
    Column("area_ha", Exact, nullable=False),
    Column("surveyed_on", Day, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

urban_areas = Table(
    "urban_areas",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kecamatan_code", String(16), primary_key=True),
    Column("area_ha", Exact, nullable=False),
    Column("basis", String(128), nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

keep_green_areas, keep_urban_areas = keeper(green_areas), keeper(urban_areas)


@dataclass(frozen=True, slots=True)
class GreenSum:
    """The areas of one kind and owner in one kecamatan, and when the newest of them was surveyed."""

    kecamatan_code: str
    kind: str
    ownership: str
    area_ha: Decimal
    places: int
    surveyed_on: date


def green_of_year(connection: Connection, year: int, until: date) -> tuple[int, list[GreenSum]] | None:
    """The newest year not after `year`, and its areas surveyed on or before `until`; older years are not carried on."""
    c = green_areas.c
    known = (c.year <= year, c.surveyed_on <= until)
    newest = connection.execute(select(func.max(c.year)).where(*known)).scalar()
    if newest is None:
        return None
    names = (c.kecamatan_code, c.kind, c.ownership)
    rows = connection.execute(
        select(*names, func.sum(c.area_ha, type_=Float), func.count(), func.max(c.surveyed_on))
        .where(c.year == newest, c.surveyed_on <= until)
        .group_by(*names)
        .order_by(*names)
    )
    return newest, [GreenSum(code, kind, owner, summed(a), n, day) for code, kind, owner, a, n, day in rows]


def urban_until(connection: Connection, year: int) -> dict[str, UrbanArea]:
    """Kecamatan code → its urban area by the newest year not after `year`."""
    columns = [c for c in urban_areas.c if c.name not in ("source", "known_at")]
    rows = connection.execute(select(*columns).where(urban_areas.c.year <= year).order_by(urban_areas.c.year))
    return {row.kecamatan_code: UrbanArea(**row._mapping) for row in rows}
