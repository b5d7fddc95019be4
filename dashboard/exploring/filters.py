"""What a person narrows a question to: whole WIB days, and one kecamatan or all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import unquote

from dashboard.clock import WIB
from datasources.region import kecamatan

LONGEST = timedelta(days=3660)
LONGEST_STATION, LONGEST_OFFICE = 161, 64
NAMED = {"7 hari": 7, "4 minggu": 28, "12 minggu": 84, "12 bulan": 365}
"""Periods by name, in days that end with today."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Days from `first` to `last`, both included; a kecamatan code, or None for the whole kabupaten.

    `station` is "source/station" where a question is asked of one station alone.
    """

    first: date
    last: date
    kecamatan: str | None = None
    opd: str | None = None
    """The agency whose head asks: set from the account, never from what a browser sends."""
    station: str | None = None
    office: str | None = None
    """The one OPD that a page is about."""

    @property
    def start(self) -> datetime:
        """00.00 WIB of the first day, as UTC-comparable moment."""
        return datetime.combine(self.first, time.min, WIB)

    @property
    def end(self) -> datetime:
        """00.00 WIB of the day after the last."""
        return datetime.combine(self.last + timedelta(days=1), time.min, WIB)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        """What an address carries; the agency does not travel in it."""
        period = f"{self.first.isoformat()}~{self.last.isoformat()}~{self.kecamatan or ''}"
        station = (self.station or "").replace("%", "%25").replace("~", "%7E")
        if self.office:
            return f"{period}~{station}~{self.office}"
        return f"{period}~{station}" if station else period

    @property
    def station_key(self) -> tuple[str, str] | None:
        """(source, station) of the one station asked about."""
        if not self.station:
            return None
        source, _, station = self.station.partition("/")
        return source, station


def last_days(days: int, today: date, kecamatan_code: str | None = None) -> Filters:
    """The period of so many days that ends with today."""
    return Filters(today - timedelta(days=days - 1), today, kecamatan_code)


def parsed(text: str) -> Filters:
    """'2026-09-01~2026-11-24~35.16.01' → Filters. Raises ValueError with a sentence a person can follow."""
    parts, more = text.split("~", 4)[:3], text.split("~", 4)[3:]
    station, office = (*more, "", "")[:2]
    station = unquote(station)
    if len(parts) != 3:
        raise ValueError(f"'{text}' bukan saringan; yang benar seperti 2026-09-01~2026-11-24~35.16.01")
    try:
        first, last = date.fromisoformat(parts[0]), date.fromisoformat(parts[1])
    except ValueError:
        raise ValueError(f"'{parts[0]}' sampai '{parts[1]}' bukan tanggal; yang benar seperti 2026-11-24") from None
    if not first <= last <= first + LONGEST:
        raise ValueError(f"{first} sampai {last}: hari pertama harus sebelum hari terakhir, paling lama sepuluh tahun")
    if parts[2] and parts[2] not in {k.code for k in kecamatan()}:
        raise ValueError(f"'{parts[2]}' bukan kode kecamatan Kabupaten Mojokerto; yang benar seperti 35.16.01")
    if len(station) > LONGEST_STATION:
        raise ValueError(f"stasiun lebih dari {LONGEST_STATION} huruf; yang benar seperti sumber/stasiun")
    if len(office) > LONGEST_OFFICE:
        raise ValueError(f"OPD lebih dari {LONGEST_OFFICE} huruf; yang benar seperti Dinkes")
    return Filters(first, last, parts[2] or None, station=station or None, office=office or None)
