"""Checks of services counted by WIB day, with their response times as a histogram, for exact nearest ranks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, select

from dashboard.clock import day_start
from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.services.records import ServiceCheck

service_days = Table(
    "service_days",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("service", String(48), primary_key=True),
    Column("day", UtcTime, primary_key=True),
    Column("checks", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("slow", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("response_ms", Text, nullable=False),
    Column("certificate_expires_at", UtcTime),
    Index("service_days_by_time", "day"),
)


@dataclass
class ServiceDay:
    """The checks of a WIB day. `response_ms`: answers by their time, rounded to two figures (at most 5 % off)."""

    checks: int = 0
    failed: int = 0
    slow: int = 0
    unknown: int = 0
    response_ms: Counter[int] = field(default_factory=Counter)
    certificate_expires_at: datetime | None = None

    def add(self, check: ServiceCheck) -> None:
        """Count a check."""
        self.checks += 1
        self.failed += check.verdict == "gagal"
        self.slow += check.verdict == "lambat"
        self.unknown += check.verdict == "tidak diketahui"
        if check.verdict in ("baik", "lambat") and check.response_ms is not None:
            self.response_ms[rounded(check.response_ms)] += 1
        self.certificate_expires_at = check.certificate_expires_at or self.certificate_expires_at

    def __iadd__(self, other: ServiceDay) -> ServiceDay:
        self.checks += other.checks
        self.failed += other.failed
        self.slow += other.slow
        self.unknown += other.unknown
        self.response_ms.update(other.response_ms)
        self.certificate_expires_at = other.certificate_expires_at or self.certificate_expires_at
        return self


def rounded(ms: int) -> int:
    """Two figures: 7 → 7, 123 → 120, 2.460 → 2.500."""
    step = int("1" + "0" * max(0, len(str(ms)) - 2))
    return (ms + step // 2) // step * step


def add_to_days(connection: Connection, source: str, checks: Sequence[ServiceCheck]) -> bool:
    """Add new checks to their days; whether a day began with them."""
    if not checks:
        return False
    found: dict[tuple[str, datetime], ServiceDay] = {}
    for check in checks:
        found.setdefault((check.service, day_start(check.checked_at)), ServiceDay()).add(check)
    c = service_days.c
    first = min(day for _, day in found)
    known = connection.execute(select(service_days).where(c.source == source, c.day >= first)).all()
    earlier = {(row.service, row.day): _day(row) for row in known}
    rows = []
    for (service, day), counted in found.items():
        whole = earlier.get((service, day), ServiceDay())
        whole += counted
        rows.append({"source": source, "service": service, "day": day, **_cells(whole)})
    upsert(connection, service_days, rows, Merge.REPLACE)
    return not found.keys() <= earlier.keys()


def _cells(day: ServiceDay) -> dict[str, object]:
    counts = {name: getattr(day, name) for name in ("checks", "failed", "slow", "unknown")}
    written = json.dumps({str(ms): n for ms, n in sorted(day.response_ms.items())}, separators=(",", ":"))
    return {**counts, "response_ms": written, "certificate_expires_at": day.certificate_expires_at}


def _day(row: object) -> ServiceDay:
    counts = {name: getattr(row, name) for name in ("checks", "failed", "slow", "unknown")}
    times = Counter({int(ms): n for ms, n in json.loads(getattr(row, "response_ms")).items()})  # noqa: B009
    return ServiceDay(**counts, response_ms=times, certificate_expires_at=getattr(row, "certificate_expires_at"))  # noqa: B009


def days_between(connection: Connection, start: datetime, end: datetime) -> dict[str, dict[datetime, ServiceDay]]:
    """Service → WIB day that begins in [start, end) → its checks, over all sources, days in order."""
    c = service_days.c
    rows = connection.execute(select(service_days).where(c.day >= start, c.day < end).order_by(c.day))
    found: dict[str, dict[datetime, ServiceDay]] = {}
    for row in rows:
        day = found.setdefault(row.service, {}).setdefault(row.day, ServiceDay())
        day += _day(row)
    return found


def pooled(days: Iterable[ServiceDay]) -> ServiceDay:
    """Several days as one."""
    whole = ServiceDay()
    for day in days:
        whole += day
    return whole
