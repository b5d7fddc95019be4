"""Inhabitants per kecamatan: typed or pasted numbers, checked, with year and source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.editing.entry import EntryRefused, one_line, quoted, signed
from dashboard.store import population
from dashboard.store.people import Person
from dashboard.store.population import Inhabitants
from datasources.region import kecamatan, kecamatan_named

FEWEST, MOST = 1_000, 300_000
FIRST_YEAR = 2000
BASIS_LENGTHS = (5, 200)
RIGHT = "tulis bilangan bulat 1.000 sampai 300.000, misalnya 58.214"
_WHOLE = re.compile(r"\d{1,3}(\.\d{3})+|\d+")


def checked(cells: Mapping[str, str | None], year: str | None, basis: str | None, at: datetime) -> list[Inhabitants]:
    """The entries that were typed, by kecamatan code; an empty cell stays unknown. Raises EntryRefused."""
    when, source = _year(year, wib(at).year), _basis(basis)
    typed = {place: one_line(cells.get(place.code)) for place in kecamatan()}
    entries = [
        Inhabitants(place.code, when, people_of(cell, place.name), source) for place, cell in typed.items() if cell
    ]
    if not entries:
        raise EntryRefused(f"Penduduk belum diisi untuk satu kecamatan pun; {RIGHT}.")
    return entries


def people_of(cell: str, place: str) -> int:
    """'58.214' → 58214. Raises EntryRefused: a comma, a fraction or a sum is no number of people in a kecamatan."""
    people = int(cell.replace(".", "")) if _WHOLE.fullmatch(cell) and len(cell) < 12 and cell.isascii() else None
    if people is None or not FEWEST <= people <= MOST:
        raise EntryRefused(f"Penduduk {place} {quoted(cell)} tidak dapat dipakai; {RIGHT}.")
    return people


def pasted(text: str | None) -> dict[str, str]:
    """Code → cell of a column from a spreadsheet: 18 numbers in the order of the codes, or lines 'name, number'.

    Raises EntryRefused; the numbers themselves are checked when they are saved.
    """
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    named = [re.split(r"\t+|;| {2,}", line) for line in lines]
    if lines and all(len(parts) == 2 for parts in named):
        return {_code(parts[0]): parts[1].strip() for parts in named}
    if len(lines) != len(kecamatan()):
        raise EntryRefused(
            f"Tempelan berisi {len(lines)} baris; yang benar 18 angka menurut urutan di atas, "
            "atau baris nama dan angka."
        )
    return {place.code: line for place, line in zip(kecamatan(), lines, strict=True)}


def keep(connection: Connection, entries: list[Inhabitants], by: Person, at: datetime) -> None:
    """Keep checked entries."""
    population.keep_population(connection, entries, by.title, at)
    total = sum(entry.people for entry in entries)
    signed(connection, by, at, "penduduk", f"{entries[0].year}: {len(entries)} kecamatan, jumlah {total}")


def remove_year(connection: Connection, year: object, by: Person, at: datetime) -> None:
    """Take a year's entries away, so that the year before counts again. Raises EntryRefused."""
    if not isinstance(year, int) or not population.remove_year(connection, year):
        raise EntryRefused(f"Penduduk tahun {quoted(str(year))} tidak ada; muat ulang halaman untuk daftar terbaru.")
    signed(connection, by, at, "penduduk ditarik", str(year))


def _year(text: str | None, this_year: int) -> int:
    clean = one_line(text)
    if not re.fullmatch(r"[0-9]{4}", clean) or not FIRST_YEAR <= int(clean) <= this_year:
        raise EntryRefused(f"Tahun {quoted(clean)} tidak dapat dipakai; tulis {FIRST_YEAR} sampai {this_year}.")
    return int(clean)


def _basis(text: str | None) -> str:
    clean = one_line(text)
    shortest, longest = BASIS_LENGTHS
    if not shortest <= len(clean) <= longest:
        raise EntryRefused(
            f"Sumber {quoted(clean)} tidak dapat dipakai ({len(clean)} huruf); tulis satu kalimat {shortest} sampai "
            f"{longest} huruf, misalnya: Disdukcapil, semester I 2026."
        )
    return clean


def _code(name: str) -> str:
    place = kecamatan_named(name)
    if place is None:
        raise EntryRefused(f"Kecamatan {quoted(name.strip())} tidak dikenal; tulis seperti Pacet atau 35.16.03.")
    return place.code
