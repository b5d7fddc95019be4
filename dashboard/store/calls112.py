"""112 calls and incidents: tables, keeping, and the reads the indicators ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
    text,
    type_coerce,
)

from dashboard.store.caller_codes import living, living_codes
from dashboard.store.database import UtcTime, metadata, slot, to_ms
from dashboard.store.incident_events import joined
from dashboard.store.recount_due import mark, mark_days
from dashboard.store.restated_rows import restated_at
from dashboard.store.upsert import Merge, upsert, upsert_columns
from datasources.calls112.records import Call, Incident

calls = Table(
    "calls",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("call_id", String(96), primary_key=True),
    Column("queue", String(64), primary_key=True),
    Column("t_enter", UtcTime),
    Column("t_answer", UtcTime),
    Column("t_end", UtcTime),
    Column("wait_s", Integer),
    Column("talk_s", Integer),
    Column("ring_ms", Integer),
    Column("outcome", String(16)),
    Column("caller_hash", String(64)),
    Column("agent_code", String(64)),
    Column("known_at", UtcTime, nullable=False),
    restated_at("caller_hash"),
    Index("calls_by_time", "t_enter", "outcome", "wait_s"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("incident_id", String(96), primary_key=True),
    Column("t_received", UtcTime, nullable=False),
    Column("category_raw", String(128), nullable=False),
    Column("opd", String(128)),
    Column("kecamatan_code", String(16)),
    Column("desa_code", String(16)),
    Column("lat", Float),
    Column("lon", Float),
    Column("n_calls", Integer),
    Column("t_created", UtcTime),
    Column("t_dispatched", UtcTime),
    Column("t_acknowledged", UtcTime),
    Column("t_enroute", UtcTime),
    Column("t_arrived", UtcTime),
    Column("t_controlled", UtcTime),
    Column("t_closed", UtcTime),
    Column("t_reopened", UtcTime),
    Column("status", String(64)),
    Column("cancelled", Boolean, nullable=False, default=False),
    Column("class_raw", String(64)),
    Column("first_call_id", String(96)),
    Column("caller_hash", String(64)),
    Column("as_of", UtcTime),
    Column("as_of_fields", Text),
    Column("known_at", UtcTime, nullable=False),
    restated_at("caller_hash", "as_of", "as_of_fields"),
    Index("incidents_by_time", "t_received", "kecamatan_code", "t_arrived"),
    Index("incidents_open", "t_closed", "t_received"),
    Index("incidents_by_first_call", "first_call_id"),
)

IDS_AT_ONCE = 5_000
"""SQLite takes 32,766 values in one statement."""
MARGIN = timedelta(hours=1)
"""Older Asterisks do not say how long a call waited that timed out."""

_INCIDENT_FIELDS = [f.name for f in fields(Incident)]
_INCIDENT_VALUES = attrgetter(*_INCIDENT_FIELDS)
_ONE_WRITER = text("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || :source, 112))")


def keep_calls(connection: Connection, source: str, records: Sequence[Call], known_at: datetime) -> None:
    """Merge calls by (source, call_id, queue): what is known already is never erased by what is not known now."""
    same = {"source": source, "known_at": known_at}
    # A log tells of the entering once, so who enters is new; of the others it told before.
    for new in (True, False):
        told = [call for call in records if (call.t_enter is not None) is new]
        if told:
            columns = _columns(Call._fields, told, "t_enter", known_at)
            upsert_columns(connection, calls, columns, Merge.FILL, ("known_at", "t_enter"), same, new)
    mark(connection, "calls", source, *_touched(records))
    _mark_incidents_of(connection, [call.call_id for call in records])


def _mark_incidents_of(connection: Connection, call_ids: Sequence[str]) -> None:
    """The days of incidents that began with one of these calls: when it came and was answered is packed with them."""
    c = incidents.c
    if connection.execute(select(c.source).limit(1)).first() is None:
        return
    moments: defaultdict[str, set[datetime]] = defaultdict(set)
    for start in range(0, len(call_ids), IDS_AT_ONCE):
        begun = select(c.source, c.t_received).where(c.first_call_id.in_(call_ids[start : start + IDS_AT_ONCE]))
        for told_by, received in connection.execute(begun):
            moments[told_by].add(received)
    for told_by, received_at in sorted(moments.items()):
        mark_days(connection, "incidents", told_by, received_at)


def _columns(
    names: Sequence[str], rows: Sequence[tuple[Any, ...]], moment: str, known_at: datetime
) -> dict[str, Sequence[Any]]:
    """Name → cells. Codes of callers older than 72 hours at `known_at` are left out."""
    columns: dict[str, Sequence[Any]] = dict(zip(names, zip(*rows, strict=True), strict=True))
    return {**columns, "caller_hash": living_codes(columns["caller_hash"], columns[moment], known_at)}


def _touched(records: Sequence[Call]) -> tuple[datetime, datetime]:
    """From when to when these calls entered, at the widest: a line about an end may stand alone in its batch."""
    moments = [t for r in records if (t := r.t_enter or r.t_answer or r.t_end)]
    longest = max((r.wait_s or 0) + (r.talk_s or 0) for r in records)
    return min(moments) - timedelta(seconds=longest) - MARGIN, max(moments)


def keep_incidents(connection: Connection, source: str, records: Sequence[Incident], known_at: datetime) -> None:
    """Keep incidents by (source, incident_id). Without `as_of` the newest version replaces: officers correct rows.

    With it, each fact stays as the newest event that knew it told it (see incident_events).
    """
    newest = {record.incident_id: record for record in records if record.as_of is None}
    if newest:
        columns = _columns(_INCIDENT_FIELDS, [_INCIDENT_VALUES(i) for i in newest.values()], "t_received", known_at)
        same = {"source": source, "as_of_fields": None, "known_at": known_at}
        _mark(connection, source, newest, newest.values())
        upsert_columns(connection, incidents, columns, Merge.REPLACE, ("known_at",), same)
    if told := [record for record in records if record.as_of is not None]:
        _keep_events(connection, source, told, known_at)


def _mark(connection: Connection, source: str, ids: Collection[str], told: Iterable[Incident]) -> None:
    """Before they are written: the days on which these incidents stood, and those on which they will."""
    c, asked = incidents.c, list(ids)
    moments = {incident.t_received for incident in told}
    for start in range(0, len(asked), IDS_AT_ONCE):
        here = and_(c.source == source, c.incident_id.in_(asked[start : start + IDS_AT_ONCE]))
        moments |= set(connection.execute(select(c.t_received).where(here).distinct()).scalars())
    mark_days(connection, "incidents", source, moments)


def _keep_events(connection: Connection, source: str, events: Sequence[Incident], known_at: datetime) -> None:
    if connection.dialect.name == "postgresql":
        # Rows are read, joined and written: two processes must not do so at once (SQLite has one writer anyway).
        connection.execute(_ONE_WRITER, {"source": source})
    by_id: defaultdict[str, list[Incident]] = defaultdict(list)
    for event in events:
        by_id[event.incident_id].append(event)
    _mark(connection, source, by_id, events)
    where = and_(incidents.c.source == source, incidents.c.incident_id.in_(by_id))
    stored = {row.incident_id: row._asdict() for row in connection.execute(select(incidents).where(where))}
    made = [joined(stored.get(incident_id), told) for incident_id, told in by_id.items()]
    rows = [{"source": source, **row, "known_at": known_at} for row in made]
    for row in rows:
        row["caller_hash"] = living(row["caller_hash"], row["t_received"], known_at)
    upsert(connection, incidents, rows, Merge.REPLACE, fixed=("known_at",))


def calls_between(
    connection: Connection, start: datetime, end: datetime
) -> list[tuple[datetime, str | None, int | None, int | None]]:
    """(t_enter, outcome, wait_s, talk_s) of the calls that entered a queue in [start, end)."""
    rows = connection.execute(
        select(calls.c.t_enter, calls.c.outcome, calls.c.wait_s, calls.c.talk_s)
        .where(calls.c.t_enter >= start, calls.c.t_enter < end)
        .order_by(calls.c.t_enter)
    )
    return [(r[0], r[1], r[2], r[3]) for r in rows]


def hourly_counts(connection: Connection, start: datetime, end: datetime) -> dict[datetime, int]:
    """Calls that entered in each full hour of [start, end), by the hour's start; hours without calls are absent.

    WIB is a whole number of hours from UTC, so an hour in UTC is an hour in WIB.
    """
    statement = (
        select((func.min(calls.c.t_enter)).label("first"), func.count())
        .where(calls.c.t_enter >= start, calls.c.t_enter < end)
        .group_by(slot(calls.c.t_enter, 3_600_000))
    )
    rows = connection.execute(statement).all()
    return {r[0].replace(minute=0, second=0, microsecond=0): r[1] for r in rows}


def newest_call_at(connection: Connection, at: datetime) -> datetime | None:
    """When the newest call not after `at` entered."""
    result: datetime | None = connection.execute(
        select(func.max(calls.c.t_enter)).where(calls.c.t_enter <= at)
    ).scalar()
    return result


def incidents_between(connection: Connection, start: datetime, end: datetime) -> list[Incident]:
    """Incidents received in [start, end), oldest first."""
    where = and_(incidents.c.t_received >= start, incidents.c.t_received < end)
    return _incidents(connection, where)


RECEIVED = func.coalesce(type_coerce(incidents.c.t_received, BigInteger), 0)
"""For what is found by its closing: at a bare t_received SQLite looks through all that were ever received."""


def still_open(at: datetime) -> Any:
    """The condition for it; to be ordered by RECEIVED."""
    c = incidents.c
    return and_(to_ms(at) >= RECEIVED, or_(c.t_closed.is_(None), c.t_closed > at), c.cancelled.is_(False))


def _incidents(connection: Connection, where: Any) -> list[Incident]:
    columns = [incidents.c[name] for name in _INCIDENT_FIELDS]
    rows = connection.execute(select(*columns).where(where).order_by(incidents.c.t_received))
    return [Incident(*row) for row in rows.all()]
