"""The words sources use for category, class, agency and place, each under a number, so that a day fits in a block."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, Index, Integer, String, Table, func, insert, select

from dashboard.store.database import metadata

NO_WORD = 0
"""The number of a word that is absent; an empty word is a word."""
AT_ONCE = 5_000
"""SQLite takes 32,766 values in one statement."""

incident_words = Table(
    "incident_words",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("word", String(128), nullable=False),
    Index("incident_words_by_word", "word", unique=True),
)


def words_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The word under each of those numbers."""
    return dict(_rows(connection, incident_words.c.id, numbers))


def number_all(connection: Connection, words: Collection[str]) -> dict[str, int]:
    """The number of each word; new words get the next free ones. Only the one who recounts may call this."""
    known, new = _known_and_new(connection, words)
    if new:
        connection.execute(insert(incident_words), [{"id": number, "word": word} for word, number in new.items()])
    return known | new


def numbers_for_now(connection: Connection, words: Collection[str]) -> dict[str, int]:
    """The number of each word; a new word gets one that holds for this answer only."""
    known, new = _known_and_new(connection, words)
    return known | new


def _known_and_new(connection: Connection, words: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    c = incident_words.c
    known = {word: number for number, word in _rows(connection, c.word, words)}
    new = sorted(set(words) - known.keys())
    last = (connection.execute(select(func.max(c.id))).scalar() or NO_WORD) if new else NO_WORD
    return known, {word: last + place for place, word in enumerate(new, start=1)}


def _rows(connection: Connection, column: Column, values: Collection) -> list[tuple[int, str]]:
    c, asked, found = incident_words.c, list(values), []
    for start in range(0, len(asked), AT_ONCE):
        piece = select(c.id, c.word).where(column.in_(asked[start : start + AT_ONCE]))
        found += [(row[0], row[1]) for row in connection.execute(piece)]
    return found
