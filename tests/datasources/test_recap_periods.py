"""Months and days of a recap: where their year stands, and when they are too uncertain to be read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from datasources.calls112.recap_template import MONTHS
from tests.datasources.recap_files import FEBRUARY, JANUARY, TITLE, Row, counts, read, saved, values


def test_each_of_two_tables_in_a_sheet_has_its_own_title(tmp_path: Path) -> None:
    first: list[Row] = [["TAHUN", 2025], ["Bulan", "Prank"], ["Januari", 2024], ["JUMLAH", 2024], []]
    second: list[Row] = [["TAHUN", 2026], ["Bulan", "Prank"], ["Januari", 7], []]
    third: list[Row] = [["Per kecamatan"], ["Kecamatan", "Januari 2026", "Februari 2026"], ["Pacet", 1, 2]]
    batch = read(saved(tmp_path, [*first, *second, *third]))
    assert batch.refused == ()
    assert [(r.subject, r.end.year, r.n) for r in counts(batch) if not r.is_total] == [
        ("classes", 2025, 2024), ("classes", 2026, 7), ("kecamatan", 2026, 1), ("kecamatan", 2026, 2),
    ]  # fmt: skip


def test_a_title_that_names_two_months_is_no_header(tmp_path: Path) -> None:
    title: list[Row] = [["Bulan", ":", "Januari 2025"], ["Periode", "Januari", "s/d", "Februari"], ["Tahun", 2025], []]
    batch = read(saved(tmp_path, [*title, ["Tanggal", "Prank"], ["1 Januari", 3], ["2 Januari", 4]]))
    assert batch.refused == ()
    assert [(r.end.day, r.n) for r in counts(batch)] == [(1, 3), (2, 4)]


def test_a_subtotal_counts_its_own_rows_and_the_last_total_all(tmp_path: Path) -> None:
    rows: list[Row] = [TITLE, ["Bulan", "Prank"]]
    for first in range(0, 12, 3):
        rows += [[month, 1] for month in MONTHS[first : first + 3]]
        rows.append([f"Jumlah Triwulan {('I', 'II', 'III', 'IV')[first // 3]}" if first else "Sub total", 3])
    batch = read(saved(tmp_path, [*rows, ["TOTAL 2025", 12]]))
    assert batch.refused == ()
    totals = [(r.start.month, r.end.month, r.n) for r in counts(batch) if r.is_total]
    assert totals == [(12, 3, 3), (3, 6, 3), (6, 9, 3), (9, 12, 3), (12, 12, 12)]


@pytest.mark.parametrize(
    ("title", "sheet", "written", "options"),
    [
        ("REKAP TAHUN 2025", "Rekap", "Januari", {}),
        ("REKAP", "2025", "JANUARI", {}),
        ("REKAP", "Rekap", "Januari 2025", {}),
        ("REKAP", "Rekap", "Jan-25", {}),
        ("REKAP", "Rekap", "Jan '25", {}),
        ("REKAP", "Rekap", "01/2025", {}),
        ("REKAP", "Rekap", "2025-01", {}),
        ("REKAP", "Rekap", date(2025, 1, 1), {}),
        ("REKAP", "Rekap", "Januari", {"year": 2025}),
        ("REKAP 2025", "Rekap", 1, {}),
        ("REKAP 2025", "Rekap", "Janauri", {}),
        ("REKAP 2025", "Rekap", "bulan januari", {}),
        ("REKAP 2025", "Rekap", "Januari", {"year": 2024}),
        ("REKAP 2024 DAN 2025", "Rekap", "Januari", {"year": 2025}),
    ],
)
def test_the_year_is_found_where_it_is_written(
    tmp_path: Path, title: str, sheet: str, written: object, options: dict[str, Any]
) -> None:
    batch = read(saved(tmp_path, [[title], ["Bulan", "Prank"], [written, 3]], sheet=sheet), **options)
    assert batch.refused == ()
    assert values(batch, *JANUARY) == {("classes", "prank"): 3}


@pytest.mark.parametrize(
    "rows",
    [
        [["Tahun", "Bulan", "Prank"], [2025, "Januari", 3], [None, "Februari", 4]],
        [["Bulan", "Prank"], ["TAHUN 2025", None], ["Januari", 3], ["Februari", 4]],
        [["Uraian", 2025, None], [None, "Januari", "Februari"], ["Prank", 3, 4]],
        [["Uraian", "Januari 2025", "Pebruari 2025"], ["Prank", 3, 4]],
        [["No", "Jenis Kejadian", "Januari 2025"], [1, "Banjir", 3], [], ["Kecamatan", "Februari 2025"], ["Pacet", 4]],
        [["Uraian", date(2025, 1, 1), date(2025, 2, 1)], ["Prank", 3, 4]],
    ],
)
def test_the_year_may_stand_beside_above_or_within_the_months(tmp_path: Path, rows: list[Row]) -> None:
    batch = read(saved(tmp_path, [["REKAP"], [], *rows]))
    assert batch.refused == ()
    assert [(r.start, r.end, r.n) for r in counts(batch)] == [(*JANUARY, 3), (*FEBRUARY, 4)]


@pytest.mark.parametrize(
    ("title", "sheet", "months", "reason"),
    [
        (
            "REKAP",
            "Rekap",
            ["Januari", "Februari"],
            "tahun tidak disebut; tulis tahun di judul, nama lembar atau",
        ),
        ("REKAP 2024", "2025", ["Januari"], "menyebut tahun 2024 dan 2025, jadi tahun bulan ini tidak pasti"),
        (
            "REKAP 2025",
            "Rekap",
            ["November", "Desember", "Januari"],
            "urutan bulan berbalik, padahal hanya tahun",
        ),
        (
            "REKAP 2025",
            "Rekap",
            ["Septembr2"],
            "'Septembr2' bukan bulan atau tanggal; maksudnya September? tulis",
        ),
        ("REKAP 2025", "Rekap", ["Siti Aminah"], "'•••' bukan bulan atau tanggal; tulis seperti 'Maret 2026'"),
        ("REKAP 2025", "Rekap", [13], "'13' bukan bulan atau tanggal"),
        (
            "REKAP 2025",
            "Rekap",
            [date(2026, 1, 25)],
            "berisi tanggal 25/01/2026, bukan bulan; tulis sebagai teks",
        ),
        ("REKAP 2025", "Rekap", [None], "baris ini berisi angka tetapi tanpa bulan atau tanggal"),
        ("REKAP 2025", "Rekap", ["Minggu I"], "bukan bulan atau tanggal"),
    ],
)
def test_an_uncertain_month_is_refused_and_says_what_would_be_right(
    tmp_path: Path, title: str, sheet: str, months: list[object], reason: str
) -> None:
    rows: list[Row] = [[title], ["Bulan", "Prank"], ["April 2020", 1], *([m, 3] for m in months), ["Mei 2020", 1]]
    batch = read(saved(tmp_path, rows, sheet=sheet))
    assert [(r.start.year, r.n) for r in counts(batch)] == [(2020, 1), (2020, 1)]
    (note,) = batch.refused
    assert note.place == f"rekap.xlsx, lembar {sheet}, sel A4"
    assert reason in note.reason


@pytest.mark.parametrize(
    "written",
    ["02/03/2026", "2/3/2026", "2 Maret 2026", "Senin, 2 Maret 2026", "2026-03-02", date(2026, 3, 2), "2 Mar", 2],
)
def test_a_day_is_read_day_before_month(tmp_path: Path, written: object) -> None:
    rows: list[Row] = [["REKAP HARIAN BULAN MARET 2026"], ["No", "Hari", "Tanggal", "Prank"], [1, "Senin", written, 3]]
    batch = read(saved(tmp_path, rows))
    assert batch.refused == ()
    (record,) = counts(batch)
    assert (record.start, record.end) == (
        datetime(2026, 3, 1, 17, tzinfo=UTC),
        datetime(2026, 3, 2, 17, tzinfo=UTC),
    )


def test_the_empty_last_rows_of_a_form_for_31_days_are_no_mistake(tmp_path: Path) -> None:
    days: list[Row] = [[day, 1 if day <= 28 else None] for day in range(1, 32)]
    batch = read(saved(tmp_path, [["BULAN FEBRUARI 2026"], ["Tanggal", "Prank"], *days, ["JUMLAH", 28]]))
    assert batch.refused == ()
    assert len(counts(batch)) == 29
    days[30] = [31, 4]
    (note,) = read(saved(tmp_path, [["BULAN FEBRUARI 2026"], ["Tanggal", "Prank"], *days])).refused
    assert "tanggal 31 tidak ada di bulan 2" in note.reason


def test_days_without_a_month_are_refused_once(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, [["REKAP 2026"], ["Tanggal", "Prank"], *([day, 1] for day in range(1, 32))]))
    assert batch.records == ()
    assert [n.reason[:37] for n in batch.refused] == ["tanggal ini tanpa bulan; sebut satu b"]


def test_days_that_a_program_turned_around_are_refused(tmp_path: Path) -> None:
    exchanged: list[Row] = [[date(2026, day, 2), 1] for day in range(1, 13)]
    kept: list[Row] = [[f"{day}/02/2026", 1] for day in range(13, 29)]
    batch = read(saved(tmp_path, [["REKAP"], ["Tanggal", "Prank"], *exchanged, *kept]))
    assert len(batch.records) == 16
    assert len(batch.refused) == 12
    assert "hari dan bulan tampaknya tertukar; tulis sebagai teks 01/02/2026" not in batch.refused[1].reason
    assert batch.refused[0].reason.endswith("tulis sebagai teks 01/02/2026")
