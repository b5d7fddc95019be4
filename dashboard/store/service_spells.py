"""What each service did and for how long: one row per spell, so that ten years behind a bar are a few hundred rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Column, Connection, Index, Integer, String, Table, select

from dashboard.formulas.service_state import Spell, Standing
from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert

service_spells = Table(
    "service_spells",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("service", String(48), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("end", UtcTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("cause", String(64), nullable=False),
    Index("service_spells_by_time", "end", "start"),
)

service_standings = Table(
    "service_standings",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("service", String(48), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("checked_at", UtcTime, nullable=False),
    Column("holds_s", Integer, nullable=False),
    Column("cause", String(64), nullable=False),
    Column("known", String(16)),
    Column("turning_since", UtcTime),
    Column("turning_n", Integer, nullable=False),
    Column("turning_cause", String(64), nullable=False),
)

Key = tuple[str, str]
"""Source and service."""


def standings(connection: Connection, source: str | None = None) -> dict[Key, Standing]:
    """The running spells, of one source or of all."""
    statement = select(service_standings)
    if source is not None:
        statement = statement.where(service_standings.c.source == source)
    found = {}
    for row in connection.execute(statement).mappings():
        values = {f.name: row[f.name] for f in fields(Standing) if f.name != "holds"}
        found[row["source"], row["service"]] = Standing(**values, holds=timedelta(seconds=row["holds_s"]))
    return found


def keep_standings(connection: Connection, source: str, found: Mapping[str, Standing]) -> None:
    """The running spells of a source after a batch, each also as a row of the spells."""
    rows = [
        {
            "source": source,
            "service": service,
            **{f.name: getattr(s, f.name) for f in fields(Standing) if f.name != "holds"},
            "holds_s": round(s.holds.total_seconds()),
        }
        for service, s in found.items()
    ]
    upsert(connection, service_standings, rows, Merge.REPLACE)
    keep_spells(connection, source, [(service, s.spell) for service, s in found.items()])


def keep_spells(connection: Connection, source: str, spells: Iterable[tuple[str, Spell]]) -> None:
    """Spells by their service; one that begins at the same moment takes the place of what was known of it."""
    rows = {
        (service, spell.start): {
            "source": source,
            "service": service,
            **{f.name: getattr(spell, f.name) for f in fields(Spell)},
        }
        for service, spell in spells
    }
    upsert(connection, service_spells, list(rows.values()), Merge.REPLACE)


def spells_between(connection: Connection, start: datetime, end: datetime) -> dict[str, list[Spell]]:
    """Service → its spells that touch [start, end), in order and without overlap, whichever source saw them.

    The running spell reaches as far as its last check vouches for it, at most to `end`.
    """
    c = service_spells.c
    found: defaultdict[str, list[Spell]] = defaultdict(list)
    vouched = {
        (*key, s.since): min(end, s.checked_at + s.holds) for key, s in standings(connection).items() if not s.turning_n
    }
    rows = connection.execute(
        select(c.source, c.service, c.start, c.end, c.state, c.cause).where(c.end >= start, c.start < end)
    ).all()
    for source, service, began, ended, state, cause in sorted(rows, key=lambda row: (row.start, row.end)):
        until = max(ended, vouched.get((source, service, began), ended))
        found[service].append(Spell(began, until, state, cause))
    return {service: _apart(spells) for service, spells in found.items()}


def _apart(spells: list[Spell]) -> list[Spell]:
    """What two sources saw at once counts once, as the one saw it whose spell began last: what an old check vouches
    for must not hide what a newer one found. Neighbours of one state are one spell.
    """
    if all(one.end <= after.start for one, after in pairwise(spells)):
        return spells
    edges = sorted({edge for spell in spells for edge in (spell.start, spell.end)})
    kept: list[Spell] = []
    waiting, seeing = spells[::-1], list[Spell]()
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            seeing.append(waiting.pop())
        seeing = [spell for spell in seeing if spell.end > start]
        if not seeing:
            continue
        if kept and kept[-1].end == start and kept[-1].state == seeing[-1].state:
            kept[-1] = replace(kept[-1], end=end)
        else:
            kept.append(replace(seeing[-1], start=start, end=end))
    return kept
