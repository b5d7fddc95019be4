"""What several events say of one incident, joined so that neither their order nor their repetition matters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from dashboard.store.database import to_ms
from datasources.calls112.records import Incident

TOGETHER = (("status", "cancelled"), ("lat", "lon"))
"""Columns that an event tells as one fact."""
LIFE = ("baru", "diterima", "diproses", "selesai", "batal")
"""Of two events of the same moment, the one further in a ticket's life counts."""
BEFORE_ALL = 0
"""When a row was told that was kept without a time."""

_TOLD_APART = {"incident_id", "as_of", *(name for names in TOGETHER for name in names)}
FACTS = (*TOGETHER, *((f.name,) for f in fields(Incident) if f.name not in _TOLD_APART))
_NOTHING = {"category_raw": "", "cancelled": False}


class _Fact(NamedTuple):
    """Values of the columns of one fact; facts compare by when they were told, then by a fixed order of values."""

    told_ms: int
    rank: tuple[int, str]
    values: tuple[Any, ...]


def joined(stored: Mapping[str, Any] | None, events: Sequence[Incident]) -> dict[str, Any]:
    """The columns of an incident after `events`: each fact as the newest event that knew it told it.

    `stored` is the row kept so far. What no event knew keeps its place as unknown. `as_of` is the newest event's
    time; `as_of_fields`, JSON, the milliseconds at which those facts were told that are older than it.
    """
    versions = [*([_of_row(stored)] if stored else []), *(_of_event(event) for event in events)]
    newest = _newest(stored, events)
    row: dict[str, Any] = {"incident_id": events[0].incident_id, "as_of": newest}
    older: dict[str, int] = {}
    for names in FACTS:
        found = max((v[names] for v in versions if names in v), default=None, key=lambda fact: fact[:2])
        row.update(zip(names, found.values if found else [_NOTHING.get(n) for n in names], strict=True))
        if found and found.told_ms < to_ms(newest):
            older[names[0]] = found.told_ms
    return {**row, "as_of_fields": json.dumps(older, separators=(",", ":")) if older else None}


def _newest(stored: Mapping[str, Any] | None, events: Iterable[Incident]) -> datetime:
    moments: list[datetime | None] = [stored["as_of"] if stored else None, *(event.as_of for event in events)]
    return max(moment for moment in moments if moment is not None)


def _of_event(event: Incident) -> dict[tuple[str, ...], _Fact]:
    told_ms = BEFORE_ALL if event.as_of is None else to_ms(event.as_of)
    return _facts({f.name: getattr(event, f.name) for f in fields(event)}, told_ms, {})


def _of_row(row: Mapping[str, Any]) -> dict[tuple[str, ...], _Fact]:
    told_ms = BEFORE_ALL if row["as_of"] is None else to_ms(row["as_of"])
    return _facts(row, told_ms, json.loads(row["as_of_fields"] or "{}"))


def _facts(row: Mapping[str, Any], told_ms: int, older: Mapping[str, int]) -> dict[tuple[str, ...], _Fact]:
    found = {}
    for names in FACTS:
        values = tuple(row[name] for name in names)
        if any(value is not None and value is not False and value != "" for value in values):
            found[names] = _Fact(older.get(names[0], told_ms), _rank(values), values)
    return found


def _rank(values: tuple[Any, ...]) -> tuple[int, str]:
    """Larger wins between facts of the same moment; the same for a value and for what the database gives back."""
    life = LIFE.index(values[0]) if values[0] in LIFE else -1
    return life, repr([to_ms(v) if isinstance(v, datetime) else v for v in values])
