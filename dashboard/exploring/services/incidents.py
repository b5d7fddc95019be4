"""Incidents of services with their start, end and cause; maintenance; certificates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.services.words import LOCAL
from dashboard.formulas.availability import watched
from dashboard.formulas.service_state import DOWN
from dashboard.indicators.service_board import board, windows_of
from dashboard.store.service_maintenance import EVERY_SERVICE, windows_between
from dashboard.store.service_spells import spells_between, standings
from dashboard.store.services import declared

MINUTE = timedelta(minutes=1)
AHEAD = timedelta(days=60)


def incidents(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The newest first; one that is still running has no end."""
    end = min(filters.end, at)
    titles = {s.service: s for s in declared(connection, at)}
    windows = windows_between(connection, filters.start, end, at)
    failing = {service for (_, service), s in standings(connection).items() if s.state == DOWN}
    rows: list[dict[str, Any]] = []
    newest: datetime | None = None
    for service, spells in spells_between(connection, filters.start, end).items():
        newest = max(filter(None, (newest, spells[-1].end)))
        for spell in (s for s in spells if s.state == DOWN and service in titles):
            seen = watched([spell], spell.start, spell.end, windows_of(windows, service))
            is_over = service not in failing or spell is not spells[-1] or spell.end < at - timedelta(hours=1)
            rows.append({
                "service": titles[service].title, "owner": titles[service].owner, "start": spell.start,
                "end": spell.end if is_over else None, "minutes": round((spell.end - spell.start) / MINUTE, 1),
                "cause": spell.cause or "tidak dicatat",
                "maintenance": "ya" if seen.maintenance and not seen.down else "sebagian" if seen.maintenance else "",
                "status": None if is_over else "waspada",
            })  # fmt: skip
    if newest is None:
        return nothing("belum ada layanan yang diperiksa dalam masa ini")
    if not rows:
        return nothing("tidak ada gangguan dalam masa ini")
    rows.sort(key=lambda row: row["start"], reverse=True)
    return Answer(INCIDENT_COLUMNS, rows, n=len(rows), data_time=newest, notes=(FLAPPING,))


FLAPPING = (
    "Gangguan dibuka sesudah beberapa kegagalan berturut-turut (bawaan 3) dan ditutup sesudah beberapa keberhasilan "
    "(bawaan 2); mulainya kegagalan pertama, akhirnya keberhasilan pertama. Saat jaringan sendiri terputus tidak ada "
    "layanan yang disebut gagal."
)
INCIDENT_COLUMNS = (
    Column("service", "Layanan", "text"),
    Column("owner", "OPD", "text"),
    Column("start", "Mulai", "moment"),
    Column("end", "Selesai", "moment"),
    Column("minutes", "Lama", unit="menit", decimals=1),
    Column("cause", "Sebab", "text"),
    Column("maintenance", "Dalam pemeliharaan", "text"),
)


def maintenance(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Windows of the period and of the next sixty days."""
    titles = {s.service: s.title for s in declared(connection, at)} | {EVERY_SERVICE: "Semua layanan"}
    found = windows_between(connection, filters.start, max(filters.end, at + AHEAD), at)
    rows = [
        {"service": titles.get(w.service, w.service), "start": w.start, "end": w.end, "reason": w.reason, "by": w.by}
        for w in reversed(found)
    ]
    if not rows:
        return nothing("tidak ada pemeliharaan yang diumumkan")
    columns = (
        Column("service", "Layanan", "text"), Column("start", "Mulai", "moment"), Column("end", "Selesai", "moment"),
        Column("reason", "Alasan", "text"), Column("by", "Diumumkan oleh", "text"),
    )  # fmt: skip
    return Answer(columns, rows, n=len(rows), notes=("Waktu ini tidak dihitung dalam ketersediaan.",))


def certificates(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The certificate of each https service, the one that ends first on top."""
    held = [(row, days) for row in board(connection, at) if (days := row.certificate_days(at)) is not None]
    if not held:
        return nothing("belum ada layanan https yang diperiksa")
    rows = [
        {
            "service": row.service.title, "owner": row.service.owner, "ends": row.certificate_expires_at, "days": days,
            "limit": row.service.certificate_days,
            "status": "waspada" if days <= row.service.certificate_days else None,
        }
        for row, days in sorted(held, key=lambda pair: pair[1])
    ]  # fmt: skip
    columns = (
        Column("service", "Layanan", "text"), Column("owner", "OPD", "text"),
        Column("ends", "Berakhir", "moment"), Column("days", "Sisa", unit="hari"),
        Column("limit", "Peringatan mulai", unit="hari"),
    )  # fmt: skip
    newest = max(row.newest.checked_at for row, _ in held if row.newest)
    return Answer(columns, rows, n=len(rows), data_time=newest)


TOPICS = ("service_checks", "services")

QUESTIONS = (
    Question(
        id="services.incidents", title="Gangguan layanan", family="spbe", topics=TOPICS, form="table", ask=incidents,
        clock="Kegagalan pertama → keberhasilan pertama sesudahnya", by_kecamatan=False, basis=LOCAL,
    ),
    Question(
        id="services.maintenance", title="Pemeliharaan yang diumumkan", family="spbe", topics=TOPICS, form="table",
        ask=maintenance, clock="Masa ini dan 60 hari ke depan", by_kecamatan=False, basis=LOCAL,
    ),
    Question(
        id="services.certificates", title="Sertifikat TLS", family="spbe", topics=TOPICS, form="table",
        ask=certificates, clock="Saat ini; seperti terlihat pada pemeriksaan terakhir yang berhasil tersambung",
        by_kecamatan=False, basis=LOCAL,
    ),
)  # fmt: skip
