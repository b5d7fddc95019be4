"""Waste by month, by place, and of bank sampah: tables and reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Float, Index, Integer, String, Table, case, func, select

from dashboard.store.column_kinds import Day, Exact, summed
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from datasources.resources.waste_records import WasteFlow, WasteMonth

waste_months = Table(
    "waste_months",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("month", Day, primary_key=True),
    Column("generated_t", Exact, nullable=False),
    Column("limited_t", Exact),
    Column("reused_t", Exact),
    Column("recycled_t", Exact),
    Column("processed_t", Exact),
    Column("landfilled_t", Exact),
    Column("weighing", String(16), nullable=False),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
)

waste_flows = Table(
    "waste_flows",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("month", Day, primary_key=True),
    Column("tonnes", Exact, nullable=False),
    Column("trips", Integer),
    Column("weighing", String(16), nullable=False),
    Column("volume_left_m3", Exact),
    Column("density", Exact),
    Column("cover_percent", Exact),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("waste_flows_by_month", "kind", "month"),
)

waste_banks = Table(
    "waste_banks",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("month", Day, primary_key=True),
    Column("kecamatan_code", String(16), nullable=False),
    Column("customers", Integer),
    Column("received_kg", Exact),
    Column("sold_kg", Exact, nullable=False),
    Column("turnover_rp", Exact),
    Column("file", String(128), nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Index("waste_banks_by_month", "month"),
)

keep_waste_months, keep_waste_flows, keep_waste_banks = map(keeper, (waste_months, waste_flows, waste_banks))


def months_between(connection: Connection, first: date, last: date) -> list[WasteMonth]:
    """The months that begin on `first` or later and not after `last`, oldest first."""
    rows = _between(connection, waste_months, first, last, "month")
    return list({row["month"]: WasteMonth(**row) for row in rows}.values())


def flows_between(connection: Connection, first: date, last: date, kind: str | None = None) -> list[WasteFlow]:
    """What each place (of a kind) took in, by place and then by month."""
    rows = _between(connection, waste_flows, first, last, "kind", "name", "month", kind=kind)
    return [WasteFlow(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """What one place took in over some months. `trips` is None when no month told of any."""

    kind: str
    name: str
    tonnes: Decimal
    months: int
    weighed: int
    trips: int | None
    newest: date


def places_between(connection: Connection, first: date, last: date) -> list[PlaceSum]:
    """One sum for each place, by kind and then the most tonnes."""
    c = waste_flows.c
    tonnes = func.sum(c.tonnes, type_=Float)
    weighed = func.sum(case((c.weighing == "timbangan", 1), else_=0))
    rows = connection.execute(
        select(c.kind, c.name, tonnes, func.count(), weighed, func.sum(c.trips), func.max(c.month))
        .where(c.month >= first, c.month <= last)
        .group_by(c.kind, c.name)
        .order_by(c.kind, tonnes.desc(), c.name)
    )
    return [
        PlaceSum(kind, name, summed(t), n, int(w), trips and int(trips), new)
        for kind, name, t, n, w, trips, new in rows
    ]


@dataclass(frozen=True, slots=True)
class BankSum:
    """One bank sampah over some months; an amount is None when a month did not tell it, for it would be too small."""

    name: str
    kecamatan_code: str
    customers: int | None
    sold_kg: Decimal
    received_kg: Decimal | None
    turnover_rp: Decimal | None
    newest: date
    newest_sale: date | None


def banks_between(connection: Connection, first: date, last: date) -> list[BankSum]:
    """One sum for each bank."""
    c = waste_banks.c
    sold_kg, got_kg, rupiah = func.sum(c.sold_kg, type_=Float), _whole_sum(c.received_kg), _whole_sum(c.turnover_rp)
    sale = func.max(case((c.sold_kg > 0, c.month)))
    rows = connection.execute(
        select(
            c.name, func.max(c.kecamatan_code), func.max(c.customers), sold_kg, got_kg, rupiah, func.max(c.month), sale
        )
        .where(c.month >= first, c.month <= last)
        .group_by(c.name)
        .order_by(c.name)
    )
    return [
        BankSum(name, code, people, summed(sold), _known(got), _known(earned), newest, newest_sale)
        for name, code, people, sold, got, earned, newest, newest_sale in rows
    ]


def _whole_sum(column: Any) -> Any:
    """The sum of a column, NULL when a row lacks it."""
    return case((func.count(column) == func.count(), func.sum(column, type_=Float)))


def _known(amount: float | None) -> Decimal | None:
    return None if amount is None else summed(amount)


def _between(
    connection: Connection, table: Table, first: date, last: date, *order: str, kind: str | None = None
) -> list[dict[str, Any]]:
    columns = [c for c in table.c if c.name not in ("source", "known_at")]
    statement = select(*columns).where(table.c.month >= first, table.c.month <= last)
    if kind is not None:
        statement = statement.where(table.c.kind == kind)
    rows = connection.execute(statement.order_by(*(table.c[name] for name in order), table.c.source))
    return [dict(row._mapping) for row in rows]
