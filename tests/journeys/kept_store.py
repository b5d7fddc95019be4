"""A store that is set back before each attempt, and what an attempt has changed in it, table by table."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

LOG = "audit_log"
_WRITTEN = re.compile(r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.I)


class KeptStore:
    """`live`: the file that the application uses through `engine`; beside it a copy of how everything begins.

    Only tables that a statement of the application has named are compared: hundreds of attempts are made.
    """

    def __init__(self, engine: Engine, live: Path) -> None:
        self._live, self._begin, self._before = live, live.with_suffix(".begin"), live.with_suffix(".before")
        self._written: set[str] = set()
        self._logged = 0
        _copy(live, self._begin)
        _copy(live, self._before)
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _: Any, __: Any, statement: str, *___: Any) -> None:
        if found := _WRITTEN.match(statement):
            self._written.add(found[1])

    def set_back(self) -> None:
        """As it was in the beginning, whatever was tried since; the audit log alone may go on."""
        if self._written - {LOG}:
            _copy(self._begin, self._live)
            _copy(self._begin, self._before)
            self._written.clear()

    def remember(self) -> None:
        """What changes from here on is of the attempt that follows."""
        if self._written - {LOG}:
            _copy(self._live, self._before)
        with closing(sqlite3.connect(self._live)) as one:
            self._logged = one.execute(f"SELECT coalesce(max(id), 0) FROM {LOG}").fetchone()[0]

    def changed(self) -> set[str]:
        """The tables in which a row has come, gone or changed, the audit log left out."""
        with closing(sqlite3.connect(self._live)) as both:
            both.execute("ATTACH ? AS before", [str(self._before)])
            return {table for table in self._written - {LOG} if _differs(both, table)}

    def logged(self) -> list[tuple[str, str, str]]:
        """The new lines of the audit log: who, what, outcome."""
        with closing(sqlite3.connect(self._live)) as one:
            asked = f"SELECT who, what, outcome FROM {LOG} WHERE id > ? ORDER BY id"
            return one.execute(asked, [self._logged]).fetchall()


def _differs(both: sqlite3.Connection, table: str) -> bool:
    ways = (
        f'SELECT 1 FROM (SELECT * FROM {one}."{table}" EXCEPT SELECT * FROM {other}."{table}")'
        for one, other in (("main", "before"), ("before", "main"))
    )
    return any(both.execute(way).fetchone() for way in ways)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
