"""Rows of the masterplan that one person changes at a time, and under which source a person's rows go."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.store.masterplan_plan import masterplan_documents, masterplan_programmes
from datasources.resources.masterplan_records import Programme


def lock_programme(connection: Connection, code: str) -> None:
    """Let nobody else change this programme until the transaction ends."""
    c = masterplan_programmes.c
    connection.execute(select(c.code).where(c.code == code).with_for_update())


def lock_documents(connection: Connection) -> None:
    """Let nobody else add to the plan until the transaction ends: a new code has no row to lock yet."""
    connection.execute(select(masterplan_documents.c.code).with_for_update())


def source_of(connection: Connection, parent: Programme | str) -> str:
    """Which source tells a programme, or the document of that code; rows that people add go under the same."""
    table, code = (
        (masterplan_programmes, parent.code) if isinstance(parent, Programme) else (masterplan_documents, parent)
    )
    asked = select(table.c.source).where(table.c.code == code).order_by(table.c.source)
    return str(connection.execute(asked).scalars().first() or "")
