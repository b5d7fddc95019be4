"""What one source delivered, read by itself: for reconciling it, and for figures that not every source supports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, func, select

from dashboard.store.call_hours import call_hours
from dashboard.store.calls112 import incidents
from dashboard.store.class_hours import class_hours
from dashboard.store.ingestion_log import quarantine
from dashboard.store.recaps import recaps
from datasources.calls112.records import Incident, RecapCount

_INCIDENT = [incidents.c[f.name] for f in fields(Incident)]
_HOUR = ("hour", "offered", "answered", "abandoned", "timeout", "unknown")


@dataclass(frozen=True, slots=True)
class SourceHour:
    """The calls of one source that entered in one hour."""

    hour: datetime
    offered: int
    answered: int
    abandoned: int
    timeout: int
    unknown: int


def newest_incidents(connection: Connection, source: str, limit: int) -> list[Incident]:
    """The incidents of a source that were received last, oldest first."""
    c = incidents.c
    newest_first = (c.t_received.desc(), c.incident_id.desc())
    statement = select(*_INCIDENT).where(c.source == source).order_by(*newest_first).limit(limit)
    return [Incident(*row) for row in connection.execute(statement)][::-1]


def newest_hour(connection: Connection, source: str) -> datetime | None:
    """The newest hour in which calls of a source entered."""
    newest: datetime | None = connection.execute(
        select(func.max(call_hours.c.hour)).where(call_hours.c.source == source)
    ).scalar()
    return newest


def hours_of(connection: Connection, source: str, since: datetime) -> list[SourceHour]:
    """The hours of a source in which calls entered, from `since` on, oldest first."""
    c = call_hours.c
    statement = select(*(c[name] for name in _HOUR)).where(c.source == source, c.hour >= since).order_by(c.hour)
    return [SourceHour(*row) for row in connection.execute(statement)]


def class_words(connection: Connection, source: str, limit: int) -> list[tuple[datetime, str, int]]:
    """(hour, class in the words of the source, calls), the newest `limit` lines, oldest first."""
    c = class_hours.c
    statement = (
        select(c.hour, c.class_raw, c.n).where(c.source == source).order_by(c.hour.desc(), c.class_raw).limit(limit)
    )
    return [(row[0], row[1], int(row[2])) for row in connection.execute(statement)][::-1]


def newest_recaps(connection: Connection, source: str, limit: int) -> list[RecapCount]:
    """What others counted, by the newest periods of a source, oldest first; totals among them, marked.

    At the limit the oldest periods are left out: part of them would not add up.
    """
    c = recaps.c
    names = ("start", "end", "subject", "label", "n", "is_total")
    statement = (
        select(*(c[name] for name in names))
        .where(c.source == source)
        .order_by(c.start.desc(), c.end, c.subject, c.label, c.is_total)
        .limit(limit)
    )
    found = [RecapCount(*row) for row in connection.execute(statement)][::-1]
    return [r for r in found if r.start > found[0].start] if len(found) == limit else found


def refused_words(connection: Connection, source: str, reason_part: str) -> Counter[str]:
    """Refused cells (masked) whose reason contains a phrase, with how often they came."""
    c = quarantine.c
    statement = select(c.raw, func.sum(c.times)).where(c.source == source, c.reason.contains(reason_part))
    return Counter({row[0]: int(row[1]) for row in connection.execute(statement.group_by(c.raw))})
