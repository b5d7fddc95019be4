"""River samples and confirmed limits: tables, and the reads that judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Boolean, Column, Connection, Index, String, Table, case, cast, func, select

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper

water_values = Table(
    "water_values",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("station", String(64), primary_key=True),
    Column("sampled_on", Day, primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("station_name", String(128), nullable=False),
    Column("river", String(128), nullable=False),
    Column("value", Exact, nullable=False),
    Column("below_limit", Boolean, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("water_values_by_day", "sampled_on", "station"),
)

water_limits = Table(
    "water_limits",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("parameter", String(32), primary_key=True),
    Column("limit", Exact, nullable=False),
    Column("regulation", String(128), nullable=False),
    Column("confirmed_by", String(128), nullable=False),
    Column("confirmed_on", Day, nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

keep_water_values, keep_water_limits = keeper(water_values), keeper(water_limits)


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of one station. `packed` is what the database wrote of its values in one text."""

    station: str
    station_name: str
    river: str
    sampled_on: date
    packed: str

    @property
    def values(self) -> Mapping[str, Decimal]:
        """Parameter → value in its unit."""
        return unpacked(self.packed)[0]

    @property
    def below(self) -> tuple[str, ...]:
        """Parameters under their detection limit."""
        return unpacked(self.packed)[1]


@lru_cache(maxsize=8192)
def unpacked(packed: str) -> tuple[Mapping[str, Decimal], tuple[str, ...]]:
    """'bod=3.8;cu<0.016' → values by parameter, and those under their detection limit; in the order of parameters."""
    cells = sorted(cell.replace("<", "=<").split("=") for cell in packed.split(";"))
    values = {parameter: Decimal(repr(float(said.lstrip("<")))) for parameter, said in cells}
    return values, tuple(parameter for parameter, said in cells if said.startswith("<"))


def samples_between(connection: Connection, first: date, last: date) -> list[Sample]:
    """The samples of the days from `first` to `last`, both included, by station and then by day.

    The database packs each sample: ten years of 12 stations are 8,000 values, and fetching each took most of the time.
    """
    c = water_values.c
    sign = case((c.below_limit, "<"), else_="=")
    cell = c.parameter + sign + cast(c.value, String(32))
    rows = connection.execute(
        select(c.station, c.sampled_on, func.max(c.station_name), func.max(c.river), func.aggregate_strings(cell, ";"))
        .where(c.sampled_on >= first, c.sampled_on <= last)
        .group_by(c.station, c.sampled_on)
        .order_by(c.station, c.sampled_on)
    )
    return [Sample(station, name, river, day, packed) for station, day, name, river, packed in rows]


def confirmed_limits(connection: Connection, until: date) -> Mapping[str, tuple[Decimal, str]]:
    """Parameter → (limit, regulation) of the limits confirmed on or before a day; the newest confirmation counts."""
    c = water_limits.c
    rows = connection.execute(
        select(c.parameter, c.limit, c.regulation).where(c.confirmed_on <= until).order_by(c.confirmed_on)
    )
    return {r.parameter: (r.limit, r.regulation) for r in rows}
