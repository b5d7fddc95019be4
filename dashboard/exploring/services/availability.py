"""Availability of each service in a period, in pooled seconds, with its response times; and by day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.words import LOCAL, per_cent
from dashboard.formulas.availability import Watched, by_day, watched
from dashboard.formulas.percentile import nearest_rank_of_counts
from dashboard.indicators.service_board import windows_of
from dashboard.store.service_days import ServiceDay, days_between, pooled
from dashboard.store.service_maintenance import windows_between
from dashboard.store.service_spells import spells_between
from dashboard.store.services import declared

NONE = "belum ada layanan yang diperiksa dalam masa ini"
MINUTE_MS = 60_000
POOLED = "Semua layanan: detik dijumlahkan lalu dibagi sekali; bukan rata-rata persentase."
ROUNDED = "p50 dan p95: peringkat terdekat; waktu jawab disimpan dibulatkan dua angka (selisih paling banyak 5 %)."


def by_service(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per service, the worst first, and one for all of them."""
    end = min(filters.end, at)
    spells = spells_between(connection, filters.start, end)
    windows = windows_between(connection, filters.start, end, at)
    days = days_between(connection, filters.start, end)
    rows, whole, every = [], Watched(), ServiceDay()
    for service in declared(connection, at):
        seen = watched(spells.get(service.service, []), filters.start, end, windows_of(windows, service.service))
        checks = pooled(days.get(service.service, {}).values())
        rows.append(_row(service.title, service.owner, seen, checks))
        whole, every = whole + seen, pooled((every, checks))
    if whole.share is None:
        return nothing(NONE)
    rows.sort(key=lambda row: (row["share"] is None, row["share"] or 0, row["service"]))
    total = _row("Semua layanan", "", whole, every)
    newest = max((s[-1].end for s in spells.values() if s), default=None)
    return Answer(COLUMNS, [*rows, total], n=every.checks, data_time=newest, notes=(POOLED, ROUNDED))


COLUMNS = (
    Column("service", "Layanan", "text"),
    Column("owner", "OPD", "text"),
    Column("share", "Tersedia", unit="%", decimals=2),
    Column("down", "Gagal", unit="menit", decimals=1),
    Column("maintenance", "Pemeliharaan", unit="menit"),
    Column("seen", "Terpantau", unit="%", decimals=1),
    Column("p50", "p50", unit="ms"),
    Column("p95", "p95", unit="ms"),
    Column("answers", "n jawaban"),
    Column("checks", "n pemeriksaan"),
)


def _row(title: str, owner: str, seen: Watched, checks: ServiceDay) -> dict[str, Any]:
    return {
        "service": title,
        "owner": owner,
        "share": per_cent(seen.share, 3),
        "down": round(seen.down / MINUTE_MS, 1) if seen.share is not None else None,
        "maintenance": round(seen.maintenance / MINUTE_MS),
        "seen": per_cent(seen.seen, 1),
        "p50": nearest_rank_of_counts(checks.response_ms, 50),
        "p95": nearest_rank_of_counts(checks.response_ms, 95),
        "answers": checks.response_ms.total(),
        "checks": checks.checks,
    }


def each_day(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Availability of each WIB day, all services pooled; a day that nobody watched is a gap."""
    end, day = min(filters.end, at), timedelta(days=1)
    spans = [(filters.start + n * day, min(filters.start + (n + 1) * day, end)) for n in range(filters.days)]
    spans = [span for span in spans if span[0] < span[1]]
    spells = spells_between(connection, filters.start, end)
    windows = windows_between(connection, filters.start, end, at)
    totals = [Watched()] * len(spans)
    for service in declared(connection, at):
        own = by_day(spells.get(service.service, []), spans, windows_of(windows, service.service))
        totals = [total + one for total, one in zip(totals, own, strict=True)]
    if not any(total.share is not None for total in totals):
        return nothing(NONE)
    rows = [
        {"day": start.date(), "share": per_cent(t.share, 3), "down": round(t.down / MINUTE_MS, 1),
         "seen": per_cent(t.seen, 1)}
        for (start, _), t in zip(spans, totals, strict=True)
    ]  # fmt: skip
    columns = (
        Column("day", "Hari", "day", role="x"), Column("down", "Gagal", unit="menit", decimals=1, role="y"),
        Column("share", "Tersedia", unit="%", decimals=2), Column("seen", "Terpantau", unit="%", decimals=1),
    )  # fmt: skip
    newest = max((s[-1].end for s in spells.values() if s), default=None)
    return Answer(columns, rows, n=sum(t.share is not None for t in totals), data_time=newest, notes=(POOLED,))


def response_by_day(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """p95 of each service and day; a day with fewer than 20 answers makes no point."""
    days = days_between(connection, filters.start, min(filters.end, at))
    titles = {s.service: s.title for s in declared(connection, at)}
    rows: list[dict[str, Any]] = []
    counted: Counter[str] = Counter()
    for service, known in days.items():
        for day, checks in known.items():
            n = checks.response_ms.total()
            if service in titles and n >= LEAST_ANSWERS:
                counted[service] += n
                p50, p95 = (nearest_rank_of_counts(checks.response_ms, percent) for percent in (50, 95))
                when = day.astimezone(filters.start.tzinfo).date()
                rows.append({"day": when, "service": titles[service], "p95": p95, "p50": p50, "n": n})
    if not rows:
        return nothing(NONE)
    rows.sort(key=lambda row: (row["service"], row["day"]))
    columns = (
        Column("day", "Hari", "day", role="x"), Column("service", "Layanan", "text", role="group"),
        Column("p95", "p95", unit="ms", role="y"), Column("p50", "p50", unit="ms"), Column("n", "n jawaban"),
    )  # fmt: skip
    return Answer(columns, rows, n=counted.total(), data_time=min(filters.end, at), notes=(ROUNDED,))


LEAST_ANSWERS = 20
TOPICS = ("service_checks", "services")

QUESTIONS = (
    Question(
        id="services.availability", title="Ketersediaan dan waktu jawab per layanan", family="spbe", topics=TOPICS,
        form="table", ask=by_service, by_kecamatan=False, basis=LOCAL,
        clock="Detik berjalan ÷ detik terpantau dalam masa ini, tanpa pemeliharaan; ukuran lokal",
    ),
    Question(
        id="services.availability_days", title="Menit gagal per hari", family="spbe", topics=TOPICS, form="lines",
        ask=each_day, by_kecamatan=False, basis=LOCAL,
        clock="Semua layanan dijumlahkan, tiap hari WIB, di luar pemeliharaan; ukuran lokal",
    ),
    Question(
        id="services.response_days", title="Waktu jawab p95 per hari", family="spbe", topics=TOPICS, form="lines",
        ask=response_by_day, by_kecamatan=False, basis=LOCAL,
        clock="Mencari nama → bita terakhir dibaca; hanya jawaban yang benar; ukuran lokal",
    ),
)  # fmt: skip
