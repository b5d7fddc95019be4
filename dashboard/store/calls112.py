"""112 calls and incidents: tables, keeping, and the reads the indicators ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    and_,
    func,
    or_,
    select,
)

from dashboard.store.database import UtcTime, metadata, slot
from dashboard.store.upsert import Merge, upsert, upsert_tuples
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
    Column("known_at", UtcTime, nullable=False),
    Index("incidents_by_time", "t_received", "kecamatan_code", "t_arrived"),
    Index("incidents_open", "t_closed", "t_received"),
)

_CALL_FIELDS = [f.name for f in fields(Call)]
_CALL_VALUES = attrgetter(*_CALL_FIELDS)
_INCIDENT_FIELDS = [f.name for f in fields(Incident)]


def keep_calls(connection: Connection, source: str, records: Sequence[Call], known_at: datetime) -> None:
    """Merge calls by (source, call_id, queue): what is known already is never erased by what is not known now."""
    rows = [(source, *_CALL_VALUES(call), known_at) for call in records]
    names = ("source", *_CALL_FIELDS, "known_at")
    upsert_tuples(connection, calls, names, rows, Merge.FILL, fixed=("known_at", "t_enter"))


def keep_incidents(connection: Connection, source: str, records: Sequence[Incident], known_at: datetime) -> None:
    """Keep the newest version of each incident by (source, incident_id); officers correct rows later."""
    newest = {record.incident_id: record for record in records}
    rows = [
        {"source": source, **{name: getattr(r, name) for name in _INCIDENT_FIELDS}, "known_at": known_at}
        for r in newest.values()
    ]
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


def open_incidents(connection: Connection, at: datetime) -> list[Incident]:
    """Incidents received but not closed at `at` and not cancelled, oldest first."""
    c = incidents.c
    return _incidents(
        connection,
        and_(c.t_received <= at, or_(c.t_closed.is_(None), c.t_closed > at), c.cancelled.is_(False)),
    )


def _incidents(connection: Connection, where: object) -> list[Incident]:
    columns = [incidents.c[name] for name in _INCIDENT_FIELDS]
    rows = connection.execute(select(*columns).where(where).order_by(incidents.c.t_received))  # type: ignore[arg-type]
    return [Incident(**row._mapping) for row in rows]
