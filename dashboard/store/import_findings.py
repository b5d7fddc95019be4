"""What reconciliation found in what a source delivered, in words with counts; cleared when it is found no more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, select, update

from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

import_findings = Table(
    "import_findings",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("rule", String(48), primary_key=True),
    Column("about", String(128), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("examples", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("cleared_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """One sentence about a source. `about` tells findings of one rule apart (a month, a category)."""

    rule: str
    about: str
    n: int
    sentence: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingFinding:
    """A finding that still holds, and since when."""

    source: str
    finding: ImportFinding
    first_seen_at: datetime


def set_findings(connection: Connection, source: str, found: Sequence[ImportFinding], at: datetime) -> bool:
    """Make `found` the findings that hold for a source; returns whether anything changed."""
    before = {(s.finding.rule, s.finding.about): s for s in standing(connection, [source])}
    now = {(f.rule, f.about): f for f in found}
    if {k: s.finding for k, s in before.items()} == now:
        return False
    c = import_findings.c
    for rule, about in before.keys() - now.keys():
        connection.execute(
            update(import_findings).where(c.source == source, c.rule == rule, c.about == about).values(cleared_at=at)
        )
    rows = [_row(source, f, before[k].first_seen_at if k in before else at, at) for k, f in now.items()]
    upsert(connection, import_findings, rows, Merge.REPLACE)
    return True


def _row(source: str, f: ImportFinding, first: datetime, at: datetime) -> dict[str, object]:
    return {
        "source": source,
        "rule": f.rule,
        "about": f.about[:128],
        "n": f.n,
        "sentence": f.sentence,
        "examples": json.dumps(f.examples, ensure_ascii=False),
        "first_seen_at": first,
        "last_seen_at": at,
        "cleared_at": None,
    }


def standing(connection: Connection, sources: Iterable[str] | None = None) -> list[StandingFinding]:
    """The findings that hold, by source and rule; of all sources by default."""
    c = import_findings.c
    statement = select(import_findings).where(c.cleared_at.is_(None)).order_by(c.source, c.rule, c.about)
    if sources is not None:
        statement = statement.where(c.source.in_(list(sources)))
    return [
        StandingFinding(
            r.source, ImportFinding(r.rule, r.about, r.n, r.sentence, tuple(json.loads(r.examples))), r.first_seen_at
        )
        for r in connection.execute(statement)
    ]
