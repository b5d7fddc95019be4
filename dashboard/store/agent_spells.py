"""When agents were logged in or paused: table, keeping, reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, and_, func, or_, select, type_coerce

from dashboard.store.database import UtcTime, metadata, to_ms_up
from dashboard.store.recount_due import mark_spans
from dashboard.store.restated_rows import restated_at
from dashboard.store.upsert import Merge, upsert
from datasources.calls112.records import AgentSpell

SPELLS, EVERY_SOURCE = "agent_spells", ""
"""On the list of recounts: hours of work are counted over all sources together."""

agent_spells = Table(
    "agent_spells",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("agent_code", String(64), primary_key=True),
    Column("queue", String(64), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("end", UtcTime),
    Column("known_at", UtcTime, nullable=False),
    restated_at(),
    Index("agent_spells_by_time", "start", "end"),
    Index("agent_spells_by_end", "end", "start"),
)


def keep_agent_spells(connection: Connection, source: str, records: Sequence[AgentSpell], known_at: datetime) -> None:
    """Keep spells by agent, queue, kind and start; an end, once known, is never lost."""
    newest: dict[tuple[object, ...], AgentSpell] = {}
    for r in records:
        key = (r.agent_code, r.queue, r.kind, r.start)
        if key not in newest or r.end is not None:
            newest[key] = r
    rows = [
        {
            "source": source,
            "agent_code": r.agent_code,
            "queue": r.queue,
            "kind": r.kind,
            "start": r.start,
            "end": r.end,
            "known_at": known_at,
        }
        for r in newest.values()
    ]
    _mark(connection, source, list(newest.values()), known_at)
    upsert(connection, agent_spells, rows, Merge.FILL, fixed=("known_at",))


def _mark(connection: Connection, source: str, records: Sequence[AgentSpell], known_at: datetime) -> None:
    """A spell without an end counts on every day until now; so did one whose end becomes known with this batch."""
    if not records:
        return
    c = agent_spells.c
    starts = [r.start for r in records]
    rows = connection.execute(
        select(c.agent_code, c.queue, c.kind, c.start, c.end)
        .where(c.source == source, c.start >= min(starts), c.start <= max(starts))
    )  # fmt: skip
    before = {tuple(row[:-1]): row[-1] for row in rows}
    spans = []
    for r in records:
        ends = (r.end, before.get((r.agent_code, r.queue, r.kind, r.start), r.end))
        spans.append((r.start, max(r.start, *(known_at if end is None else end for end in ends))))
    mark_spans(connection, SPELLS, EVERY_SOURCE, spans)


BEGAN = func.coalesce(type_coerce(agent_spells.c.start, BigInteger), 0)
"""For what is found by its end: at a bare start a database looks through all that ever began."""
SpellMs = tuple[str, Literal["login", "pause"], int, int | None]
"""Code of the agent, kind, begin and end in ms."""


def spells_between(connection: Connection, start: datetime, end: datetime) -> list[SpellMs]:
    """The spells that touch [start, end)."""
    c = agent_spells.c
    rows = connection.execute(
        select(c.agent_code, c.kind, type_coerce(c.start, BigInteger), type_coerce(c.end, BigInteger))
        .where(and_(to_ms_up(end) > BEGAN, or_(c.end.is_(None), c.end > start)))
        .order_by(BEGAN)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows.all()]


def first_spell_at(connection: Connection) -> datetime | None:
    """When the oldest spell began; None when nobody ever told of one."""
    first: datetime | None = connection.execute(select(func.min(agent_spells.c.start))).scalar()
    return first
