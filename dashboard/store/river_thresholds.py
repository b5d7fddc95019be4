"""Siaga thresholds of river posts as an officer entered them, with source and date. Withdrawn, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Row,
    String,
    Table,
    func,
    insert,
    or_,
    select,
    update,
)

from dashboard.store.database import UtcTime, id_column, metadata

river_thresholds = Table(
    "river_thresholds",
    metadata,
    id_column(),
    Column("entry", BigInteger, nullable=False),
    Column("station", String(96), nullable=False),
    Column("parameter", String(32), nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    Column("word", String(32), nullable=False),
    Column("value", Float, nullable=False),
    Column("returns_at", Float),
    Column("opd", String(64), nullable=False),
    Column("action", String(200), nullable=False),
    Column("basis", String(256), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("river_thresholds_by_post", "station", "parameter", "valid_from"),
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One step: its word, from where on, the value at which it ends, who acts then and what was agreed."""

    word: str
    value: Decimal
    returns_at: Decimal | None
    opd: str
    action: str


@dataclass(frozen=True, slots=True)
class PostThresholds:
    """The steps of one post and quantity from the lowest up, from which day on, according to whom, entered by whom."""

    entry: int
    station: str
    parameter: str
    valid_from: datetime
    steps: tuple[Threshold, ...]
    basis: str
    by: str
    at: datetime


def keep_thresholds(
    connection: Connection, station: str, parameter: str, valid_from: datetime, steps: Sequence[Threshold], basis: str,
    by: str, at: datetime,
) -> int:  # fmt: skip
    """Keep a post's steps as one entry, in place of those entered for the same day; returns its number."""
    c = river_thresholds.c
    same = (c.station == station, c.parameter == parameter, c.valid_from == valid_from)
    connection.execute(update(river_thresholds).where(*same, c.withdrawn_at.is_(None)).values(withdrawn_at=at))
    entry = int(connection.execute(select(func.coalesce(func.max(c.entry), 0))).scalar_one()) + 1
    shared = {"entry": entry, "station": station, "parameter": parameter, "valid_from": valid_from, "basis": basis}
    rows = [
        {**shared, "word": s.word, "value": float(s.value), "opd": s.opd, "action": s.action, "by": by, "at": at,
         "returns_at": None if s.returns_at is None else float(s.returns_at)}
        for s in steps
    ]  # fmt: skip
    connection.execute(insert(river_thresholds), rows)
    return entry


def withdraw_thresholds(connection: Connection, entry: int, at: datetime) -> bool:
    """Take an entry away, so that the one before counts again; False when it does not stand."""
    c = river_thresholds.c
    done = connection.execute(
        update(river_thresholds).where(c.entry == entry, c.withdrawn_at.is_(None)).values(withdrawn_at=at)
    )
    return done.rowcount > 0


def thresholds_at(connection: Connection, at: datetime) -> dict[tuple[str, str], PostThresholds]:
    """(station, parameter) → the entry that holds at a moment: entered by then, not withdrawn, begun last."""
    c = river_thresholds.c
    rows = connection.execute(
        select(river_thresholds)
        .where(c.at <= at, or_(c.withdrawn_at.is_(None), c.withdrawn_at > at), c.valid_from <= at)
        .order_by(c.valid_from, c.at, c.value)
    ).all()
    return {(post.station, post.parameter): post for post in _entries(rows)}


def standing_thresholds(connection: Connection) -> list[PostThresholds]:
    """Every entry that nobody withdrew, also those that begin later, the newest entered first."""
    c = river_thresholds.c
    rows = connection.execute(
        select(river_thresholds).where(c.withdrawn_at.is_(None)).order_by(c.entry.desc(), c.value)
    ).all()
    return _entries(rows)


def _entries(rows: Sequence[Row]) -> list[PostThresholds]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.entry, []).append(row)
    return [
        PostThresholds(entry, of[0].station, of[0].parameter, of[0].valid_from, tuple(_step(r) for r in of),
                       of[0].basis, of[0].by, of[0].at)
        for entry, of in found.items()
    ]  # fmt: skip


def _step(row: Row) -> Threshold:
    back = None if row.returns_at is None else Decimal(repr(row.returns_at))
    return Threshold(row.word, Decimal(repr(row.value)), back, row.opd, row.action)
