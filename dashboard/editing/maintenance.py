"""Maintenance of a service that an officer announces: which, from when to when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from dashboard.clock import WIB
from dashboard.editing.entry import EntryRefused, NotYours, one_line, quoted, signed
from dashboard.editing.moments import day_typed, time_typed
from dashboard.formulas.same_opd import same_opd
from dashboard.store import service_maintenance
from dashboard.store.people import Person
from dashboard.store.service_maintenance import EVERY_SERVICE, Announced
from dashboard.store.services import declared

SHORTEST_REASON, LONGEST_REASON = 3, 200
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: days as '2026-11-24', times of the WIB clock as '14:05'."""

    service: str | None
    reason: str | None
    first_day: str | None
    first_time: str | None
    last_day: str | None
    last_time: str | None


def announce(connection: Connection, draft: Draft, by: Person, at: datetime) -> None:
    """Keep a window. Raises EntryRefused. One that lies in the past explains an outage that was announced elsewhere."""
    service = _own(connection, draft.service, by, at)
    start = _moment("mulai", draft.first_day, draft.first_time, at)
    end = _moment("selesai", draft.last_day, draft.last_time, at)
    if not timedelta(0) < end - start <= LONGEST:
        raise EntryRefused(
            f"Pemeliharaan {start:%Y-%m-%d %H.%M} sampai {end:%Y-%m-%d %H.%M} tidak dapat dipakai; "
            f"selesai harus sesudah mulai, paling lama {LONGEST.days} hari."
        )
    window = Announced(service, start.astimezone(UTC), end.astimezone(UTC), _reason(draft.reason), by.title)
    service_maintenance.announce(connection, window, at)
    signed(connection, by, at, "pemeliharaan", f"{service}, {start:%Y-%m-%d %H.%M}")


def withdraw(connection: Connection, service: object, start_ms: object, by: Person, at: datetime) -> None:
    """Take a window back. Raises EntryRefused."""
    own = _own(connection, str(service), by, at)
    try:
        start = datetime.fromtimestamp(float(str(start_ms)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        start = at
    if not service_maintenance.withdraw(connection, own, start, at):
        raise EntryRefused(
            f"Pemeliharaan {quoted(own)} tidak ada dalam daftar isian, atau ditulis di sources.toml; muat ulang."
        )
    signed(connection, by, at, "pemeliharaan ditarik", f"{own}, {start.astimezone(WIB):%Y-%m-%d %H.%M}")


def _own(connection: Connection, service: str | None, by: Person, at: datetime) -> str:
    """The service, if it is theirs: the head of an OPD speaks for the services of that OPD only."""
    owners = {s.service: s.owner for s in declared(connection, at)}
    if service != EVERY_SERVICE and service not in owners:
        raise EntryRefused(f"Layanan {quoted(service or '')} tidak ada; pilih salah satu daftar.")
    if by.role == "kepala_opd" and not same_opd(owners.get(service or ""), by.opd):
        raise NotYours(f"Layanan {quoted(service or '')} bukan milik {by.opd}; pemiliknya yang mengumumkan.")
    return service or ""


def _moment(field: str, day: str | None, clock: str | None, at: datetime) -> datetime:
    return datetime.combine(day_typed(f"Tanggal {field}", day, at), time_typed(f"Jam {field}", clock), WIB)


def _reason(text: str | None) -> str:
    clean = one_line(text)
    if not SHORTEST_REASON <= len(clean) <= LONGEST_REASON:
        raise EntryRefused(
            f"Alasan {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST_REASON} sampai {LONGEST_REASON} huruf, "
            "misalnya: Pindah server ke pusat data baru."
        )
    return clean
