"""Codes that stand in for a lost telephone, each once. Kept as hashes only; a used one stays, with its moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, delete, func, insert, select, update

from dashboard.store.database import UtcTime, metadata

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Index("recovery_codes_by_person", "person"),
)


def replace_codes(connection: Connection, person: int, hashes: Sequence[str], at: datetime) -> None:
    """Keep new codes of a person in place of all older ones."""
    forget_codes(connection, person)
    rows = [{"code_hash": one, "person": person, "made_at": at} for one in hashes]
    connection.execute(insert(recovery_codes), rows)


def forget_codes(connection: Connection, person: int) -> None:
    """Throw a person's codes away: without a second factor they stand in for nothing."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == person))


def use_code(connection: Connection, person: int, code_hash: str, at: datetime) -> bool:
    """Use one up; True for the one who was first."""
    c = recovery_codes.c
    unused = (c.code_hash == code_hash, c.person == person, c.used_at.is_(None))
    return connection.execute(update(recovery_codes).where(*unused).values(used_at=at)).rowcount == 1


def codes_left(connection: Connection, person: int) -> int:
    """How many have not been used."""
    c = recovery_codes.c
    asked = select(func.count()).select_from(recovery_codes).where(c.person == person, c.used_at.is_(None))
    return connection.execute(asked).scalar_one()
