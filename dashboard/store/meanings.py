"""What the words of a source mean: the table a user edits, laid over the vocabulary that ships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, select

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from dashboard.vocabulary112 import Kind, folded, shipped_words

meanings = Table(
    "meanings",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("word", String(128), primary_key=True),
    Column("code", String(32)),
    Column("by", String(128), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""`word` is folded; a code of None takes the meaning away that the vocabulary gives."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One edited line, with who wrote it and when."""

    kind: Kind
    word: str
    code: str | None
    by: str
    at: datetime


def edited(connection: Connection, kind: Kind) -> list[Meaning]:
    """The lines users wrote, by word."""
    c = meanings.c
    rows = connection.execute(select(meanings).where(c.kind == kind).order_by(c.word))
    return [Meaning(row.kind, row.word, row.code, row.by, row.at) for row in rows]


def codes(connection: Connection, kind: Kind) -> dict[str, str]:
    """Folded word → code: what ships, overruled by what users wrote. A word that is not here is not mapped yet."""
    known: dict[str, str | None] = {**shipped_words(kind), **{m.word: m.code for m in edited(connection, kind)}}
    return {word: code for word, code in known.items() if code is not None}


def set_meaning(connection: Connection, kind: Kind, word: str, code: str | None, by: str, at: datetime) -> None:
    """Write or overwrite the meaning of a word."""
    row = {"kind": kind, "word": folded(word)[:128], "code": code, "by": by, "at": at}
    upsert(connection, meanings, [row], Merge.REPLACE)


def take_back(connection: Connection, kind: Kind, word: str) -> bool:
    """Remove what a user wrote about a word; False when there is no such line."""
    c = meanings.c
    done = connection.execute(delete(meanings).where(c.kind == kind, c.word == folded(word)[:128]))
    return done.rowcount == 1
