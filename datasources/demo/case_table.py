"""The case table of an Indonesian 112 application, filled as calls are answered and edited as help goes on."""

from __future__ import annotations

import sqlite3
from heapq import heappop, heappush
from pathlib import Path

from datasources.demo.case_row import COLUMNS, NUMBERS, in_words, moment_of, row_of
from datasources.demo.life_cycle import LONGEST_DAYS
from datasources.demo.tickets import Ticket, tickets_of_hour
from datasources.demo.world import HOUR, hour_of

__all__ = ["CaseTable", "in_words"]

EDITED_HOURS = 72
"""After a pause the rows of these last hours are written again."""
ROWS_RECALLED = 5_000
"""More than the longest life of a ticket brings."""
HOURS_AT_ONCE = 24 * 7


class CaseTable:
    """The table `lokasi` in an SQLite file. Not for use in several threads."""

    def __init__(self, file: Path, seed: str) -> None:
        self._seed = seed
        self._connection = sqlite3.connect(file, timeout=10, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        columns = ", ".join(f"{name} {_type(name)}" for name in COLUMNS)
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS lokasi ({columns}, PRIMARY KEY (id))")
        self._add_new_columns()
        self._written: int | None = None
        self._oldest = 0
        self._next_hour = 0
        self._due: list[tuple[int, str, Ticket]] = []
        self._ids: dict[str, int] = {}
        self._next_id = 1
        self._recall()

    @property
    def is_new(self) -> bool:
        """Whether no row stands in it."""
        return self._written is None

    def _add_new_columns(self) -> None:
        """A table from before the application knew them keeps its rows: they have been read under their ids."""
        there = {row[1] for row in self._connection.execute("PRAGMA table_info(lokasi)")}
        for name in COLUMNS:
            if name not in there:
                self._connection.execute(f"ALTER TABLE lokasi ADD COLUMN {name} {_type(name)}")

    def _recall(self) -> None:
        """Which rows stand in the table, so that they are edited and not told twice."""
        rows = self._connection.execute(
            "SELECT id, id_panggilan, tanggal_terima FROM lokasi ORDER BY id DESC LIMIT ?", (ROWS_RECALLED,)
        ).fetchall()
        if not rows:
            return
        self._next_id = rows[0][0] + 1
        self._ids = {call_id: number for number, call_id, _ in rows if call_id}
        moments = {bool(call_id): moment_of(received) for _, call_id, received in rows}
        newest = max(moment_of(received) for _, _, received in rows[:100])
        # Rows without a call are of an earlier version: what happened before their end is theirs.
        self._start(newest if False in moments else newest - EDITED_HOURS * HOUR, moments.get(True, newest + 60))

    def begin(self, moment: int) -> None:
        """Start with the calls answered after this Unix second."""
        self._start(moment, moment)

    def _start(self, moment: int, oldest: int) -> None:
        self._written, self._oldest = moment, oldest
        self._next_hour = hour_of(min(moment, max(oldest, moment - LONGEST_DAYS * 24 * HOUR))) - 1

    def write_until(self, now: int) -> int:
        """Insert and update the rows that changed up to the Unix second `now`; returns how many rows."""
        if self._written is None:
            raise ValueError("begin() comes first")
        count = 0
        while self._written < now:
            until = min(now, self._written + HOURS_AT_ONCE * HOUR)
            changed = self._changed(self._written, until)
            if changed:
                self._keep([(self._number(ticket), *row_of(ticket, until)) for ticket in changed])
            count += len(changed)
            self._written = until
        return count

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _changed(self, after: int, until: int) -> list[Ticket]:
        """The tickets that change within (after, until], in the order in which they were made."""
        while self._next_hour <= hour_of(until):
            for ticket in tickets_of_hour(self._seed, self._next_hour):
                if ticket.call.answered_at >= self._oldest:
                    for moment in ticket.life.changes():
                        if moment > after:
                            heappush(self._due, (moment, ticket.call.call_id, ticket))
            self._next_hour += 1
        found: dict[str, Ticket] = {}
        while self._due and self._due[0][0] <= until:
            _, call_id, ticket = heappop(self._due)
            found[call_id] = ticket
        return sorted(found.values(), key=lambda ticket: (ticket.life.created, ticket.call.call_id))

    def _number(self, ticket: Ticket) -> int:
        if ticket.call.call_id not in self._ids:
            self._ids[ticket.call.call_id] = self._next_id
            self._next_id += 1
        return self._ids[ticket.call.call_id]

    def _keep(self, rows: list[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * len(COLUMNS))
        statement = f"REPLACE INTO lokasi ({', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608 - names of our own
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)


def _type(column: str) -> str:
    return "INTEGER" if column in NUMBERS else "VARCHAR"
