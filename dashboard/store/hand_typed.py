"""Sources whose times a hand typed: their seconds, short limits and 90th percentiles are refused."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.store.import_findings import import_findings

RULE = "waktu diketik tangan"


def hand_typed_sources(connection: Connection) -> frozenset[str]:
    """The sources of which reconciliation found that minutes heap on 00 and 30, and still finds it."""
    c = import_findings.c
    statement = select(c.source).where(c.rule == RULE, c.cleared_at.is_(None)).distinct()
    return frozenset(connection.execute(statement).scalars())
