"""Checks of services: kept for a month one by one, folded into spells and days as they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Column, Connection, Integer, String, Table, and_, delete, select

from dashboard.formulas.service_state import Check, Limits, Spell, Standing, after
from dashboard.store.database import UtcTime, metadata
from dashboard.store.service_days import add_to_days
from dashboard.store.service_spells import keep_spells, keep_standings, service_standings, standings
from dashboard.store.services import services
from dashboard.store.upsert import Merge, upsert
from datasources.services.records import ServiceCheck

KEPT_FOR = timedelta(days=30)
"""Single checks; their spells and days stay."""
GOOD = {"baik": True, "lambat": True, "gagal": False, "tidak diketahui": None}

service_checks = Table(
    "service_checks",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("service", String(48), primary_key=True),
    Column("checked_at", UtcTime, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("cause", String(64), nullable=False),
    Column("status", Integer),
    Column("response_ms", Integer),
    Column("certificate_expires_at", UtcTime),
)


class Newest(NamedTuple):
    """The last check of a service."""

    checked_at: datetime
    verdict: str
    cause: str
    status: int | None
    response_ms: int | None
    certificate_expires_at: datetime | None


def keep_checks(connection: Connection, source: str, records: Sequence[ServiceCheck], known_at: datetime) -> None:
    """Keep checks, each once. A check that is not newer than the last one of its service is known already."""
    before = {service: standing for (_, service), standing in standings(connection, source).items()}
    new: defaultdict[str, list[ServiceCheck]] = defaultdict(list)
    for record in sorted(records, key=lambda r: r.checked_at):
        last = new[record.service][-1].checked_at if new[record.service] else _last(before.get(record.service))
        if last is None or record.checked_at > last:
            new[record.service].append(record)
    limits = _limits(connection)
    ended: list[tuple[str, Spell]] = []
    running: dict[str, Standing] = {}
    for service, checks in new.items():
        for check in checks:
            earlier = running.get(service) or before.get(service)
            running[service], spells = after(earlier, _check(check), limits.get(service, Limits()))
            ended += [(service, spell) for spell in spells]
    keep_spells(connection, source, ended)
    keep_standings(connection, source, running)
    fresh = [check for checks in new.values() for check in checks]
    if add_to_days(connection, source, fresh):
        _forget(connection, source, known_at)
    upsert(connection, service_checks, [_row(source, check) for check in fresh], Merge.REPLACE)


def _last(standing: Standing | None) -> datetime | None:
    return standing.checked_at if standing else None


def _check(record: ServiceCheck) -> Check:
    return Check(record.checked_at, GOOD[record.verdict], timedelta(seconds=record.holds_s), record.cause)


def _limits(connection: Connection) -> dict[str, Limits]:
    c = services.c
    rows = connection.execute(select(c.service, c.failures, c.successes))
    return {row[0]: Limits(row[1], row[2]) for row in rows}


def _row(source: str, check: ServiceCheck) -> dict[str, object]:
    names = ("service", "checked_at", "verdict", "cause", "status", "response_ms", "certificate_expires_at")
    return {"source": source, **{name: getattr(check, name) for name in names}}


def _forget(connection: Connection, source: str, now: datetime) -> None:
    """Once a day, when a new day begins: a day's worth of old checks, never a table at once."""
    c = service_checks.c
    connection.execute(delete(service_checks).where(c.source == source, c.checked_at < now - KEPT_FOR))


def newest_checks(connection: Connection) -> dict[str, Newest]:
    """Service → its last check, whichever source made it."""
    c = service_checks.c
    s = service_standings.c
    last = and_(c.source == s.source, c.service == s.service, c.checked_at == s.checked_at)
    columns = [c[name] for name in Newest._fields]
    rows = connection.execute(
        select(c.service, *columns).select_from(service_standings.join(service_checks, last)).order_by(c.checked_at)
    )
    return {row[0]: Newest(*row[1:]) for row in rows}
