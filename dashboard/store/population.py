"""Inhabitants per kecamatan as an officer entered them, with year and source. Until then there are no rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

population = Table(
    "population",
    metadata,
    Column("kecamatan_code", String(16), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("people", Integer, nullable=False),
    Column("basis", String(256), nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """How many people live in a kecamatan, in which year, according to whom."""

    kecamatan_code: str
    year: int
    people: int
    basis: str


def keep_population(connection: Connection, entries: list[Inhabitants], by: str, at: datetime) -> None:
    """Write or overwrite entries by kecamatan and year."""
    rows = [
        {
            "kecamatan_code": e.kecamatan_code,
            "year": e.year,
            "people": e.people,
            "basis": e.basis,
            "by": by,
            "at": at,
        }
        for e in entries
    ]
    upsert(connection, population, rows, Merge.REPLACE)


def newest_population(connection: Connection) -> dict[str, Inhabitants]:
    """Kecamatan code → the entry of the newest year; empty until an officer entered something."""
    c = population.c
    rows = connection.execute(select(c.kecamatan_code, c.year, c.people, c.basis).order_by(c.year))
    return {r.kecamatan_code: Inhabitants(r.kecamatan_code, r.year, r.people, r.basis) for r in rows}


@dataclass(frozen=True, slots=True)
class EnteredYear:
    """What was entered for a year: of how many kecamatan, how many people together, who did so last and when."""

    year: int
    kecamatan: int
    people: int
    by: str
    at: datetime


def entered_years(connection: Connection) -> list[EnteredYear]:
    """The years with entries, the newest first."""
    c = population.c
    rows = connection.execute(select(c.year, c.people, c.by, c.at).order_by(c.year.desc(), c.at)).all()
    return [
        EnteredYear(year, len(of_year), sum(r.people for r in of_year), of_year[-1].by, of_year[-1].at)
        for year in dict.fromkeys(r.year for r in rows)
        if (of_year := [r for r in rows if r.year == year])
    ]


def remove_year(connection: Connection, year: int) -> bool:
    """Remove the entries of a year; False when there are none."""
    return connection.execute(delete(population).where(population.c.year == year)).rowcount > 0
