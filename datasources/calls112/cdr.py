"""112 calls from the cdr table of Asterisk, FreePBX or Issabel: when there is no queue_log, for it knows no answers."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import Connection, Select, inspect

from datasources import sql
from datasources.calls112.cdr_calls import CallLegs, Gathering
from datasources.calls112.cdr_legs import CdrOptions
from datasources.contract import Batch, Cursor, Record, Refused

MOST_REMEMBERED = 5_000
"""Calls whose content is remembered; with more in the window, the oldest of them are given again each time."""


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class Cdr(CdrOptions):
    """Rows by calldate. A row is dated when its call began and written when it ended, so they come out of order:

    `re_read` is longer than any call and any delay of writing. A call is told when it began at most `re_read` before
    the newest row known; its legs are looked for in twice that, so that no call is cut at the edge.
    """

    topics: ClassVar[tuple[str, ...]] = ("calls", "outbound_calls")

    re_read: timedelta = Field(default=timedelta(hours=6), gt=timedelta(0))

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """New and changed calls. Raises SourceUnavailable."""
        progress, gathering = _Progress.of(cursor, self.re_read), Gathering()
        with sql.reading(self.url, self.statement_timeout) as connection:
            for rows in self._pages(connection, progress.until):
                stray = self._gather(rows, gathering)
                newest = None if gathering.newest is None else min(gathering.newest, now())
                # Calls that began longer ago than any call lasts are whole; the others wait for the next page.
                whole = None if newest is None else newest - self.re_read
                yield from progress.batch(gathering.begun_before(whole) if whole else (), stray, whole, is_last=False)
            newest = None if gathering.newest is None else min(gathering.newest, now())
            yield from progress.batch(gathering.begun_before(None), (), newest, is_last=True)

    def _gather(self, rows: Sequence[Mapping[str, Any]], gathering: Gathering) -> list[Refused]:
        """Add the legs of the rows; the refusals of rows that are no leg are returned."""
        stray: list[Refused] = []
        for row in rows:
            leg, key, refused = self.leg(row)
            if leg is None:
                stray.extend(refused)
            else:
                gathering.add(leg, key, refused)
        return stray

    def _pages(self, connection: Connection, until: datetime | None) -> Iterator[list[dict[str, Any]]]:
        types = _column_types(connection, self.table)
        linkedid = self.columns.get("linkedid", "linkedid")
        asked = {**self.asked, **({"linkedid": linkedid} if linkedid in types else {})}
        statement = sql.selection(connection, self.table, asked)
        since = None if until is None else (until - 2 * self.re_read).astimezone(self.zone)
        has_zone = bool(getattr(types[asked["calldate"]], "timezone", False))
        return _by_calldate(connection, statement, _as_theirs(connection, since, has_zone), self.page)


@dataclass
class _Progress:
    """The newest calldate known, and what the calls of the last `re_read` before it looked like."""

    until: datetime | None
    re_read: timedelta
    at_first: datetime | None
    seen: dict[str, tuple[int, int]]
    """call → (begun, checksum)."""
    strays: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, cursor: Cursor, re_read: timedelta) -> _Progress:
        until = datetime.fromisoformat(cursor["until"]) if cursor.get("until") else None
        seen = {key: (begun, crc) for key, begun, crc in cursor.get("seen", [])}
        return cls(until, re_read, until, seen)

    def batch(
        self, calls: Iterable[tuple[str, CallLegs]], stray: Sequence[Refused], until: datetime | None, is_last: bool
    ) -> Iterator[Batch]:
        """The batch of what is new of these calls; none when nothing is and no later calldate is to be remembered."""
        records: list[Record] = []
        refused = [note for note in stray if self._is_new(self._numbered(note), until or now(), 0)]
        for key, call in calls:
            if self.at_first is not None and call.begun < self.at_first - self.re_read:
                continue
            made = call.records(key)
            if made and self._is_new(key, call.begun, zlib.crc32(repr((made, call.refused)).encode())):
                records.extend(made)
                refused.extend(call.refused)
        self.until = max((t for t in (self.until, until) if t), default=None)
        if records or refused or (is_last and self.until != self.at_first):
            # One topic after the other, as they are kept.
            yield Batch(tuple(sorted(records, key=lambda record: record.topic)), tuple(refused), self.cursor())

    def _numbered(self, note: Refused) -> str:
        """Rows without an id are told apart by their order."""
        self.strays[note.place] += 1
        return f"{note.place} ({self.strays[note.place]})"

    def _is_new(self, key: str, begun: datetime, crc: int) -> bool:
        known = self.seen.get(key)
        self.seen[key] = (int(begun.timestamp()), crc)
        return known is None or known[1] != crc

    def cursor(self) -> dict[str, Any]:
        oldest = 0 if self.until is None else int((self.until - self.re_read).timestamp())
        recent = sorted((begun, key, crc) for key, (begun, crc) in self.seen.items() if begun >= oldest)
        self.seen = {key: (begun, crc) for begun, key, crc in recent[-MOST_REMEMBERED:]}
        seen = [[key, begun, crc] for key, (begun, crc) in self.seen.items()]
        return {"until": None if self.until is None else self.until.isoformat(), "seen": seen}


def _by_calldate(
    connection: Connection, statement: Select[Any], since: datetime | str | None, size: int
) -> Iterator[list[dict[str, Any]]]:
    """Pages from `since` on. Rows share a second, so a page begins with the last second and skips what it gave."""
    calldate, uniqueid = statement.selected_columns["calldate"], statement.selected_columns["uniqueid"]
    skipped = 0
    while True:
        page = statement if since is None else statement.where(calldate >= since)
        found = connection.execute(page.order_by(calldate, uniqueid).limit(size).offset(skipped)).mappings()
        rows = [{str(name): value for name, value in row.items()} for row in found]
        if rows:
            yield rows
        if len(rows) < size:
            return
        last = rows[-1]["calldate"]
        skipped = sum(row["calldate"] == last for row in rows) + (skipped if last == since else 0)
        since = last


def _column_types(connection: Connection, name: str) -> dict[str, Any]:
    """Their columns and types; none when there is no such table, which `sql.selection` says in words."""
    schema, _, bare = name.rpartition(".")
    inspector = inspect(connection)
    there = inspector.has_table(bare, schema or None)
    return {c["name"]: c["type"] for c in inspector.get_columns(bare, schema or None)} if there else {}


def _as_theirs(connection: Connection, local: datetime | None, has_zone: bool) -> datetime | str | None:
    """A moment as their column compares it: SQLite keeps text, others local time or a time with its zone."""
    if local is None or has_zone:
        return local
    return local.strftime("%Y-%m-%d %H:%M:%S") if connection.dialect.name == "sqlite" else local.replace(tzinfo=None)
