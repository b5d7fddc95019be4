"""The rows of 112 as they were known at a moment: views that cover the tables of the same name in one transaction.

Who asks through such a connection asks the store of then, with the questions of today. A row known later is not there;
a moment that had not come is not told. Of a row that was changed later the values of today are all there is: `changed`
counts such rows, because no answer may rest on them silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, func, select, text

from dashboard.store.agent_spells import agent_spells
from dashboard.store.call_classes import call_classes
from dashboard.store.calls112 import calls, incidents
from dashboard.store.database import to_ms
from dashboard.store.incident_links import incident_links
from dashboard.store.outbound_calls import outbound_calls
from dashboard.store.recaps import recaps

TABLES: Mapping[str, Table] = {
    "calls": calls,
    "call_classes": call_classes,
    "outbound_calls": outbound_calls,
    "agent_spells": agent_spells,
    "incidents": incidents,
}
"""By topic: the tables whose rows say when they became known and when they were changed."""

_NOT_ANSWERED = "t_answer > {at} OR (t_answer IS NULL AND t_end > {at})"
LATER: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "calls": {
        **{name: (f"{name} > {{at}}", "NULL") for name in ("t_answer", "t_end")},
        **dict.fromkeys(("wait_s", "ring_ms", "outcome", "agent_code"), (_NOT_ANSWERED, "NULL")),
        "talk_s": ("t_end > {at}", "NULL"),
    },
    "incidents": {
        name: (f"{name} > {{at}}", "NULL")
        for name in (c.name for c in incidents.c if c.name.startswith("t_") and c.nullable)
    },
    "agent_spells": {"end": ('"end" > {at}', "NULL")},
    "incident_links": {
        "state": ("decided_at > {at}", "'diusulkan'"),
        **dict.fromkeys(("decided_by", "decided_at"), ("decided_at > {at}", "NULL")),
    },
    "masterplan_changes": {"superseded_at": ("superseded_at > {at}", "NULL")},
}
"""Column → when its value lies ahead of the moment, and what stood there instead."""


def store_itself(connection: Connection) -> str:
    """The schema that the store's own tables stand in, for naming them past what covers them."""
    if connection.dialect.name == "sqlite":
        return "main"
    return str(connection.execute(select(func.current_schema())).scalar_one())


def cover_rows(connection: Connection, at: datetime) -> None:
    """Cover the tables of 112 with their rows of `at`."""
    for table in TABLES.values():
        cover_known(connection, table, "known_at", at)
    cover_known(connection, recaps, "known_at", at)
    cover_known(connection, incident_links, "proposed_at", at)


def cover_known(connection: Connection, table: Table, known: str, at: datetime) -> None:
    """Cover a table with its rows that were known at `at`, by the column that says when each became known."""
    later = LATER.get(table.name, {})
    cells = ", ".join(_cell(column.name, later.get(column.name), at) for column in table.c)
    whole = f'"{store_itself(connection)}"."{table.name}"'
    connection.execute(
        text(f'CREATE TEMP VIEW "{table.name}" AS SELECT {cells} FROM {whole} WHERE {known} <= {to_ms(at)}')  # noqa: S608
    )


def _cell(name: str, later: tuple[str, str] | None, at: datetime) -> str:
    if later is None:
        return f'"{name}"'
    when, instead = later
    return f'CASE WHEN {when.format(at=to_ms(at))} THEN {instead} ELSE "{name}" END AS "{name}"'


def changed(connection: Connection, at: datetime) -> dict[str, int]:
    """Topic → how many rows that were known at `at` came to say something else later. Ask it of covered tables."""
    found = {topic: _count(connection, table, at) for topic, table in TABLES.items()}
    return {topic: n for topic, n in found.items() if n}


def _count(connection: Connection, table: Table, at: datetime) -> int:
    return connection.execute(select(func.count()).select_from(table).where(table.c.restated_at > at)).scalar_one()


def recaps_since(connection: Connection, at: datetime) -> int:
    """How many counts of recaps were written down after `at`, in place of others or not."""
    whole = f'"{store_itself(connection)}".recaps'
    return int(connection.execute(text(f"SELECT count(*) FROM {whole} WHERE known_at > {to_ms(at)}")).scalar_one())  # noqa: S608
