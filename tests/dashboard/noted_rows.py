"""Changes of rows that were noted at a moment of the test's choosing: triggers know the clock of the database only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, func, insert, select, update

from dashboard.store.database import reading, writing
from dashboard.store.noted_tables import BY_NAME
from dashboard.store.row_versions import BEGAN, begin, row_versions
from dashboard.store.source_history import source_history


def note_from(engine: Engine, at: datetime) -> None:
    """The log of every noted table begins at a moment, and so does that of sources and calls."""
    unsaid = {c.name: 0 for c in source_history.c if not c.nullable} | {"source": "x", "last_error": "", "at": at}
    del unsaid["id"]
    with writing(engine) as connection:
        begin(connection, BY_NAME, at)
        connection.execute(insert(source_history).values(unsaid))


@contextmanager
def noted_at(engine: Engine, at: datetime) -> Iterator[None]:
    """What changes inside was changed at `at`."""
    c = row_versions.c
    with reading(engine) as connection:
        last = connection.execute(select(func.coalesce(func.max(c.id), 0))).scalar_one()
    yield
    with writing(engine) as connection:
        connection.execute(update(row_versions).where(c.id > last, c.row_key != BEGAN).values(replaced_at=at))


def changed_since(engine: Engine, at: datetime) -> set[str]:
    """The tables with a change after a moment."""
    c = row_versions.c
    with reading(engine) as connection:
        return set(connection.execute(select(c.table_name).where(c.replaced_at > at, c.row_key != BEGAN)).scalars())
