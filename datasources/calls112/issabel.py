"""112 calls, their classes and the agents' spells from the call_center database of Issabel or Elastix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import Connection, Select, func, select

from datasources import sql
from datasources.calls112.call_database import CallDatabase
from datasources.calls112.edited_rows import EditedRows
from datasources.calls112.incident_row import words
from datasources.calls112.issabel_rows import AUDIT_COLUMNS, CALL_COLUMNS, CallRow, call_id, spell
from datasources.calls112.records import AgentSpell, Call, CallClass
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.privacy import caller_hasher

HOLD = "H"
"""`break.tipo` of the seconds a caller is held: they belong to the call, nobody is away."""
MOST_OPEN = 500
"""Spells without an end that are looked up again by id, the newest."""


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class Issabel(CallDatabase):
    """Rows by growing id; those of the last `re_read` days are looked through again, for the dialer edits them.

    `queues` limits calls to those. `class_field` is the id of the form field where agents choose the class, of type
    LIST: its choices (and `class_words`, choices of the past) are the only words read, anything else may be a name.
    """

    topics: ClassVar[tuple[str, ...]] = ("calls", "call_classes", "agent_spells")

    queues: tuple[str, ...] | None = None
    class_field: int | None = Field(default=None, gt=0)
    class_words: tuple[str, ...] = ()
    re_read: timedelta = Field(default=timedelta(days=3), gt=timedelta(0))

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """New and changed calls with their classes, then spells. Raises SourceUnavailable."""
        state: dict[str, Any] = {"calls": {}, "spells": {}, **cursor}
        with sql.reading(self.url, self.statement_timeout) as connection:
            yield from self._calls(connection, state)
            yield from self._spells(connection, state)

    def _calls(self, connection: Connection, state: dict[str, Any]) -> Iterator[Batch]:
        statement = _selection(connection, "call_entry", CALL_COLUMNS)
        progress = self._progress(connection, statement, state["calls"])
        queues = {row["id"]: words(row["queue"]) for row in _rows(connection, "queue_call_entry", ("id", "queue"))}
        choices = self._choices(connection)
        known = progress.highest
        for rows in sql.pages(connection, statement, statement.selected_columns["id"], progress.start(), self.page):
            batch = self._call_batch(self._hashed(rows), queues, self._classes(connection, rows, choices), progress)
            state["calls"] = progress.cursor()
            if batch.records or batch.refused or progress.highest != known:
                yield Batch(batch.records, batch.refused, dict(state))

    def _call_batch(
        self,
        rows: Sequence[Mapping[str, Any]],
        queues: Mapping[int, str],
        classes: Mapping[int, str | Refused],
        progress: EditedRows,
    ) -> Batch:
        calls: list[Call] = []
        written: list[CallClass] = []
        refused: list[Refused] = []
        for row in rows:
            queue = queues.get(row["id_queue_call_entry"]) or words(row["id_queue_call_entry"])
            said = classes.get(row["id"])
            if self.queues is not None and queue not in self.queues:
                progress.passed(row["id"])
                continue
            if not progress.is_new(row["id"], {**row, "class": repr(said)}):
                continue
            call = CallRow(row, queue, self.zone, refused).call()
            if isinstance(said, Refused):
                refused.append(said)
            if call is None:
                continue
            calls.append(call)
            begun = call.t_enter or call.data_time
            progress.received(row["id"], begun.astimezone(self.zone).date().isoformat())
            if isinstance(said, str):
                written.append(CallClass(call_id(row), begun, said, call.caller_hash))
        return Batch((*calls, *written), tuple(refused))

    def _hashed(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        hasher = caller_hasher(self.caller_key)
        return [{**row, "callerid": hasher(words(row["callerid"]))} for row in rows]

    def _choices(self, connection: Connection) -> frozenset[str]:
        if self.class_field is None:
            return frozenset()
        fields = _rows(connection, "form_field", ("id", "tipo", "value"))
        mine = next((row for row in fields if row["id"] == self.class_field), None)
        if mine is None or words(mine["tipo"]) != "LIST":
            lists = ", ".join(str(row["id"]) for row in fields if words(row["tipo"]) == "LIST") or "tidak satu pun"
            raise SourceUnavailable(
                f"Tabel form_field: class_field {self.class_field} bukan isian pilihan (LIST); teks bebas tidak "
                f"dibaca. Isian pilihan yang ada: {lists}."
            )
        return frozenset({word.strip() for word in words(mine["value"]).split(",")} | set(self.class_words)) - {""}

    def _classes(
        self, connection: Connection, rows: Sequence[Mapping[str, Any]], choices: frozenset[str]
    ) -> dict[int, str | Refused]:
        """What was chosen for each of the calls, the newest choice last."""
        if self.class_field is None:
            return {}
        table = "form_data_recolected_entry"
        statement = _selection(connection, table, ("id", "id_call_entry", "id_form_field", "value"))
        c = statement.selected_columns
        of_calls = c["id_call_entry"].between(rows[0]["id"], rows[-1]["id"])
        chosen = connection.execute(statement.where(of_calls, c["id_form_field"] == self.class_field).order_by(c["id"]))
        found: dict[int, str | Refused] = {}
        for row in chosen.mappings():
            said = words(row["value"])
            reason = "nilai bukan pilihan isian kelas (class_field); tambahkan ke class_words bila pilihan lama"
            found[row["id_call_entry"]] = said if said in choices else Refused("", reason, f"{table}, id {row['id']}")
        return found

    def _spells(self, connection: Connection, state: dict[str, Any]) -> Iterator[Batch]:
        statement = _selection(connection, "audit", AUDIT_COLUMNS)
        key = statement.selected_columns["id"]
        progress = self._progress(connection, statement, state["spells"])
        holds = {row["id"] for row in _rows(connection, "break", ("id", "tipo")) if words(row["tipo"]) == HOLD}
        lasting = set(state["spells"].get("open", ())) if progress.highest is not None else set()
        known = progress.highest
        ended = self._ended(connection, statement, [i for i in lasting if i <= (progress.start() or 0)])
        for rows in chain([ended] if ended else [], sql.pages(connection, statement, key, progress.start(), self.page)):
            spells, refused = self._spell_batch(rows, holds, progress, lasting)
            state["spells"] = {**progress.cursor(), "open": sorted(lasting)[-MOST_OPEN:]}
            if spells or refused or progress.highest != known:
                yield Batch(tuple(spells), tuple(refused), dict(state))

    def _ended(self, connection: Connection, statement: Select[Any], older: Sequence[int]) -> list[dict[str, Any]]:
        """Spells older than what is read again that have an end by now: a login may last for weeks."""
        if not older:
            return []
        found = connection.execute(statement.where(statement.selected_columns["id"].in_(older))).mappings()
        return [dict(row) for row in found if words(row["datetime_end"]).strip("0-: ")]

    def _spell_batch(
        self, rows: Sequence[Mapping[str, Any]], holds: set[int], progress: EditedRows, lasting: set[int]
    ) -> tuple[list[AgentSpell], list[Refused]]:
        spells: list[AgentSpell] = []
        refused: list[Refused] = []
        for row in rows:
            if not progress.is_new(row["id"], row) or row["id_break"] in holds:
                continue
            lasting.discard(row["id"])
            try:
                made = spell(row, self.zone)
            except ValueError as wrong:
                refused.append(Refused("", str(wrong), f"audit, id {row['id']}"))
                continue
            spells.append(made)
            progress.received(row["id"], made.start.astimezone(self.zone).date().isoformat())
            if made.end is None:
                lasting.add(row["id"])
        return spells, refused

    def _progress(self, connection: Connection, statement: Select[Any], cursor: Cursor) -> EditedRows:
        days = tuple(moment.astimezone(self.zone).date().isoformat() for moment in (now() - self.re_read, now()))
        progress = EditedRows.of(cursor, days)
        highest = connection.scalar(select(func.max(statement.selected_columns["id"])))
        return EditedRows.of({}, days) if progress.is_beyond(highest) else progress


def _selection(connection: Connection, table: str, columns: Sequence[str]) -> Select[Any]:
    return sql.selection(connection, table, {name: name for name in columns})


def _rows(connection: Connection, table: str, columns: Sequence[str]) -> list[Mapping[Any, Any]]:
    return list(connection.execute(_selection(connection, table, columns)).mappings())
