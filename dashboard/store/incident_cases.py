"""Incidents as questions see them: no number, no caller, and only what is asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, null, select

from dashboard.store.calls112 import RECEIVED, calls, incidents, still_open
from dashboard.store.database import EPOCH, to_ms_up
from dashboard.store.incident_links import incident_links
from dashboard.store.ingestion_log import sources

MOMENTS = ("created", "dispatched", "acknowledged", "enroute", "arrived", "controlled", "closed", "reopened")
POINT = ("lat", "lon")
CALL_MOMENTS = ("call_entered", "call_answered")
CALLS_AT_ONCE = 5_000
"""SQLite takes 32,766 values in one statement."""


class Case(NamedTuple):
    """One incident. What was not asked for is None. `link`: what was decided about it as a duplicate."""

    source: str
    received: datetime
    category_raw: str
    class_raw: str | None
    opd: str | None
    kecamatan_code: str | None
    cancelled: bool
    n_calls: int | None
    link: str | None
    lat: float | None = None
    lon: float | None = None
    arrived: datetime | None = None
    closed: datetime | None = None
    dispatched: datetime | None = None
    enroute: datetime | None = None
    acknowledged: datetime | None = None
    reopened: datetime | None = None
    created: datetime | None = None
    controlled: datetime | None = None
    further: int | None = None
    """How many further reports were accepted as being of the same event."""
    call_entered: datetime | None = None
    """When the first call came into the queue, and when it was answered; of incidents that name that call."""
    call_answered: datetime | None = None


_TOLD = [
    incidents.c[name]
    for name in (
        "source", "t_received", "category_raw", "class_raw", "opd", "kecamatan_code", "cancelled", "n_calls",
    )
] + [incident_links.c.state]  # fmt: skip
LINKED = incidents.outerjoin(
    incident_links,
    and_(incident_links.c.source == incidents.c.source, incident_links.c.incident_id == incidents.c.incident_id),
)


def cases_between(
    connection: Connection,
    start: datetime,
    end: datetime,
    kecamatan: str | None = None,
    wanted: Collection[str] = (),
) -> list[Case]:
    """Incidents received in [start, end), oldest first; `wanted` names fields of Case after `link`."""
    return _cases(connection, _within(start, end, kecamatan), wanted)


def open_cases(
    connection: Connection, at: datetime, kecamatan: str | None = None, since: datetime = EPOCH
) -> list[Case]:
    """Incidents received but neither closed nor cancelled at `at`, oldest first, with what happened to them so far.

    `since` leaves out those received before: what nobody closed for years is counted by `open_kinds`.
    """
    c = incidents.c
    where = and_(still_open(at), to_ms_up(since) <= RECEIVED)
    wanted = ("dispatched", "acknowledged", "enroute", "arrived")
    where = where if kecamatan is None else and_(where, c.kecamatan_code == kecamatan)
    return _cases(connection, where, wanted, RECEIVED)


class OpenKind(NamedTuple):
    """`n` open incidents that are alike in all that decides whether they count, and whose they are."""

    source: str
    opd: str | None
    class_raw: str | None
    link: str | None
    acknowledged: bool
    n: int
    cancelled: bool = False


def open_kinds(connection: Connection, at: datetime, before: datetime) -> list[OpenKind]:
    """Incidents that are open at `at` and were received before another moment, counted by kind."""
    c = incidents.c
    kind = (c.source, c.opd, c.class_raw, incident_links.c.state, c.t_acknowledged.is_not(None))
    counted = select(*kind, func.count()).select_from(LINKED).group_by(*kind)
    rows = connection.execute(counted.where(still_open(at), to_ms_up(before) > RECEIVED)).all()
    return [OpenKind(source, opd, word, link, bool(known), n) for source, opd, word, link, known, n in rows]


def newest_received(connection: Connection, start: datetime, end: datetime) -> datetime | None:
    """When the newest incident of [start, end) was received."""
    newest: datetime | None = connection.execute(
        select(func.max(incidents.c.t_received)).where(_within(start, end, None))
    ).scalar()
    return newest


def reported_further(
    connection: Connection, start: datetime, end: datetime, kecamatan: str | None = None
) -> list[Case]:
    """Incidents of [start, end) of which further reports were accepted, oldest first, with how many."""
    more, c = _further_reports(), incidents.c
    same = and_(more.c.parent_source == c.source, more.c.parent_id == c.incident_id)
    rows = connection.execute(
        select(*_TOLD, more.c.n).select_from(LINKED.join(more, same)).where(_within(start, end, kecamatan))
        .order_by(c.t_received)
    )  # fmt: skip
    return [Case(*row[:-1])._replace(further=row[-1]) for row in rows.all()]


def _further_reports() -> Any:
    c, link = incidents.c, incident_links.c
    same = and_(link.source == c.source, link.incident_id == c.incident_id)
    return (
        select(link.parent_source, link.parent_id, func.sum(func.coalesce(c.n_calls, 1)).label("n"))
        .select_from(incident_links.join(incidents, same))
        .where(link.state == "diterima")
        .group_by(link.parent_source, link.parent_id)
        .subquery()
    )


def _within(start: datetime, end: datetime, kecamatan: str | None) -> Any:
    c = incidents.c
    where = and_(c.t_received >= start, c.t_received < end)
    return where if kecamatan is None else and_(where, c.kecamatan_code == kecamatan)


def _cases(
    connection: Connection, where: Any, wanted: Collection[str], order: Any = incidents.c.t_received
) -> list[Case]:
    c = incidents.c
    known = {**{name: c[f"t_{name}"] for name in MOMENTS}, **{name: c[name] for name in POINT}}
    further_fields = Case._fields[len(_TOLD) :]
    last = max((place for place, name in enumerate(further_fields) if name in wanted and name in known), default=-1)
    asked = [known[name] if name in wanted else null() for name in further_fields[: last + 1]]
    statement = select(*_TOLD, *asked).select_from(LINKED).where(where).order_by(order)
    if set(CALL_MOMENTS).isdisjoint(wanted):
        return [Case(*row) for row in connection.execute(statement).all()]
    rows = connection.execute(statement.add_columns(c.first_call_id)).all()
    cases = [Case(*row[:-1]) for row in rows]
    told = first_calls(connection, {row[-1] for row in rows if row[-1]})
    unknown = (None, None)
    return [
        case._replace(call_entered=entered, call_answered=answered)
        for case, (entered, answered) in zip(cases, (told.get(row[-1], unknown) for row in rows), strict=True)
    ]


FirstCall = tuple[datetime | None, datetime | None]
"""When it entered and when it was answered."""


def first_calls(connection: Connection, ids: Collection[str]) -> dict[str, FirstCall]:
    """When those calls entered and were answered, each once: a call may stand in two queues.

    Asked for by the whole key in pieces: a join makes PostgreSQL read every call there is.
    """
    c = calls.c
    found: dict[str, FirstCall] = {}
    names = list(connection.execute(select(sources.c.id)).scalars())
    wanted = sorted(ids)
    for piece in (wanted[n : n + CALLS_AT_ONCE] for n in range(0, len(wanted), CALLS_AT_ONCE)):
        rows = connection.execute(
            select(c.call_id, func.min(c.t_enter), func.min(c.t_answer))
            .where(c.source.in_(names), c.call_id.in_(piece))
            .group_by(c.call_id)
        )
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found
