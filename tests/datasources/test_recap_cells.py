"""Headings and cells of a recap: what they count, what is marked as a total, and what the writer of a cell is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from datasources.calls112.recap_headings import known
from datasources.calls112.recap_template import MONTHS
from tests.datasources.recap_files import JANUARY, TITLE, Row, counts, read, saved, values


@pytest.mark.parametrize("words", ["JUMLAH SELURUH KEJADIAN", "Total Laporan", "Grand Total", "Jml.", "SUB TOTAL"])
def test_a_sum_is_known_however_it_is_worded(tmp_path: Path, words: str) -> None:
    table: list[Row] = [["Kategori", "Januari", "Februari"], ["Banjir", 1, 2], [words, 1, 2], ["Rata-rata", 1, 2]]
    batch = read(saved(tmp_path, [TITLE, [], *table]))
    assert batch.refused == ()
    assert [(r.label, r.n, r.is_total) for r in counts(batch)] == [
        ("Banjir", 1, False), ("Banjir", 2, False), ("total", 1, True), ("total", 2, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Panggilan Masuk", ("calls", "offered")),
        ("JUMLAH PANGGILAN", ("calls", "offered")),
        ("Total Call", ("calls", "offered")),
        ("Incoming Call", ("calls", "offered")),
        ("Jumlah Panggilan Masuk", ("calls", "offered")),
        ("Terjawab", ("calls", "answered")),
        ("Panggilan dijawab", ("calls", "answered")),
        ("Tidak Terjawab/Terputus", ("calls", "abandoned")),
        ("Panggilan Terputus", ("calls", "abandoned")),
        ("Missed Call", ("calls", "abandoned")),
        ("Drop call", ("calls", "abandoned")),
        ("Dalam Antrean", ("calls", "abandoned")),
        ("Normal/Darurat", ("classes", "normal")),
        ("Panggilan Darurat", ("classes", "darurat")),
        ("Non-Darurat", ("classes", "non-darurat")),
        ("Permintaan Informasi", ("classes", "permintaan informasi")),
        ("Prank Call", ("classes", "prank")),
        ("Jumlah Prank", ("classes", "prank")),
        ("Prank / Ghost", ("classes", "prank / ghost")),
        ("Ghost (tanpa suara)", ("classes", "ghost")),
        ("Panggilan Tanpa Suara", ("classes", "tanpa suara")),
        ("Luar Wilayah", ("classes", "luar wilayah")),
        ("Diblokir 1x24 jam", ("classes", "diblokir 1x24 jam")),
        ("Terjawab dan Prank", None),
        ("Ditindaklanjuti", None),
        ("Kebakaran", None),
    ],
)
def test_indonesian_headings_have_their_meaning(heading: str, meant: tuple[str, str] | None) -> None:
    found = known(heading.casefold())
    assert (found and (found.subject, found.label)) == meant


@pytest.mark.parametrize(
    ("cell", "n"),
    [
        ("86.161", 86161), (86161, 86161), (86161.0, 86161), ("1.234.567", 1234567), ("2.802", 2802), ("12 345", 12345),
        ("0", 0), (0, 0), ("17,00", 17), ("1.234,00", 1234), ("nihil", 0), ("-", None), (" – ", None), (None, None),
        ("n/a", None), ("", None),
    ],
)  # fmt: skip
def test_a_count_is_read_as_its_writer_means_it(tmp_path: Path, cell: object, n: int | None) -> None:
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", cell], ["Februari", 5]]))
    assert batch.refused == ()
    assert values(batch, *JANUARY) == ({} if n is None else {("classes", "prank"): n})


def test_a_number_format_with_thousands_is_only_a_format(tmp_path: Path) -> None:
    path = saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 86161]])
    book = load_workbook(path)
    book.active["B3"].number_format = "#,##0"  # type: ignore[index,union-attr]
    book.save(path)
    assert [r.n for r in counts(read(path))] == [86161]


@pytest.mark.parametrize(("dash", "found"), [("kosong", {}), ("nol", {("classes", "prank"): 0})])
def test_a_dash_means_what_the_options_say(tmp_path: Path, dash: str, found: dict[tuple[str, str], int]) -> None:
    path = saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", "-"]])
    assert values(read(path, dash=dash), *JANUARY) == found


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (
            86.161,
            "tersimpan sebagai pecahan 86,161, padahal jumlah panggilan selalu bulat; bila maksudnya 86161, tulis",
        ),
        (0.1234567, "pecahan 0,1234567, padahal jumlah panggilan selalu bulat; tulis bilangan bulat"),
        ("86,161", "'86,161' tidak pasti: koma adalah tanda desimal; bila maksudnya 86161, tulis 86.161 atau 86161"),
        ("1.5", "'1.5' bukan jumlah; tulis bilangan bulat tanpa satuan, '-' bila tidak dihitung"),
        ("12 panggilan", "'12 panggilan' bukan jumlah; tulis bilangan bulat tanpa satuan"),
        ("Siti Aminah", "'•••' bukan jumlah"),
        ("Januari", "'Januari' bukan jumlah"),
        ("081234567890", "bukan jumlah; tulis bilangan bulat|tidak mungkin; tulis bilangan bulat mulai dari 0"),
        (-3, "'-3' tidak mungkin; tulis bilangan bulat mulai dari 0"),
        (True, "'True' bukan jumlah; tulis bilangan bulat tanpa satuan"),
        (date(2025, 3, 1), "'2025-03-01' bukan jumlah"),
    ],
)
def test_a_cell_that_is_no_count_is_refused_by_its_address_and_the_rest_goes_on(
    tmp_path: Path, cell: object, reason: str
) -> None:
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Terjawab", "Prank"], ["Januari", cell, 7]]))
    assert values(batch, *JANUARY) == {("classes", "prank"): 7}
    (note,) = batch.refused
    assert note.place == "rekap.xlsx, lembar Rekap, sel B3"
    assert any(part in note.reason for part in reason.split("|"))
    assert "Siti" not in repr(note)
    assert "081234" not in repr(note)


def test_whole_numbers_beside_a_fraction_may_have_lost_their_zeros(tmp_path: Path) -> None:
    rows = [TITLE, ["Bulan", "Prank"], ["Januari", 86.161], ["Februari", 86], ["Maret", 1200], ["April", 0]]
    batch = read(saved(tmp_path, rows))
    assert [r.n for r in counts(batch)] == [1200, 0]
    assert "maka 86 mungkin ditulis 86.000" in batch.refused[1].reason


@pytest.mark.parametrize("heading", ["Prank (%)", "Persentase Prank", "Presentase", "Rata-rata per hari", "Keterangan"])
def test_percentages_averages_and_remarks_are_no_counts(tmp_path: Path, heading: str) -> None:
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Prank", heading], ["Januari", 3, 0.5], ["Februari", 4, 12]]))
    assert batch.refused == ()
    assert [r.n for r in counts(batch)] == [3, 4]


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([3, 7, 9], "kolom C bernama kumulatif (s/d) dan angkanya tidak pernah turun, maka tidak dibaca; tulis jumlah"),
        ([3, 2, 9], "kolom C bernama kumulatif (s/d) dan walau angkanya pernah turun, maka tidak dibaca"),
    ],
)
@pytest.mark.parametrize("heading", ["Prank s/d bulan ini", "Kumulatif", "Masuk s.d. sekarang"])
def test_a_cumulative_column_is_refused(tmp_path: Path, heading: str, numbers: list[int], reason: str) -> None:
    rows = [[month, 1, n] for month, n in zip(MONTHS, numbers, strict=False)]
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Prank", heading], *rows]))
    assert [r.n for r in counts(batch)] == [1, 1, 1]
    assert [(r.place, r.reason.startswith(reason)) for r in batch.refused] == [
        ("rekap.xlsx, lembar Rekap, sel C2", True)
    ]


def test_a_cumulative_row_and_sheet_are_refused(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1], ["s/d Februari", 3]]))
    assert [r.reason for r in batch.refused] == ["baris ini kumulatif; tulis jumlah bulan itu saja"]
    batch = read(saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1], ["Februari", 3]], sheet="Kumulatif"))
    assert batch.records == ()
    assert "bernama kumulatif" in batch.refused[0].reason


@pytest.mark.parametrize(
    ("rows", "options", "place", "reason"),
    [
        (
            [["Bulan", "Prank", "Ditindaklanjuti"], ["Januari", 1, 2]], {}, "sel C2",
            "judul 'Ditindaklanjuti' tidak dikenal, angkanya tidak dibaca; tulis artinya di opsi columns, misalnya "
            "\"Ditindaklanjuti\" = \"classes.ditindaklanjuti\", atau \"abaikan\"",
        ),
        (
            [["Bulan", "Terputus", "Antrean", "Prank"], ["Januari", 1, 2, 3]], {}, "sel B2",
            "berarti calls 'abandoned', sama dengan kolom C; tulis di opsi columns mana yang dibaca",
        ),
        (
            [["Bulan", "Prank"], ["Januari", 1], ["Januari", 1]], {}, "sel A4",
            "periode ini sudah ada di baris 3; sisakan salah satu",
        ),
        (
            [["Bulan", "Prank"], ["Januari", 1], [], ["Bulan", "Prank"], ["Januari", 2]], {}, "sel B6",
            "'prank' periode yang sama sudah tertulis 1 di rekap.xlsx, lembar Rekap, sel B3, di sini 2; samakan",
        ),
        (
            [["Nama", "Januari", "Februari"], ["Tim A", 1, 2]], {}, "sel A2",
            "tidak jelas apa yang dihitung tabel ini; tulis di opsi sheets, misalnya \"Rekap\" = \"categories\"",
        ),
        (
            [["Kecamatan", "Januari", "Februari"], [None, "Masuk", "Terjawab"], ["Pacet", 1, 2]], {}, "sel B3",
            "di bawah bulan ada judul kedua",
        ),
        (
            [["Kecamatan", "Januari", "Februari", "Minggu ke-5"], ["Pacet", 1, 2, 3]], {}, "sel D2",
            "'Minggu ke-5' bukan bulan atau tanggal",
        ),
        (
            [["Kecamatan", "Januari", "Februari", "s/d Februari"], ["Pacet", 1, 2, 3]], {}, "sel D2",
            "kolom ini kumulatif",
        ),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused_by_its_place(
    tmp_path: Path, rows: list[Row], options: dict[str, Any], place: str, reason: str
) -> None:
    batch = read(saved(tmp_path, [TITLE, *rows]), **options)
    assert f"rekap.xlsx, lembar Rekap, {place}" in [note.place for note in batch.refused]
    assert any(reason in note.reason for note in batch.refused)


@pytest.mark.parametrize(
    ("header", "row", "parts", "total"),
    [
        (  # Jakarta 2024 with the misprinted prank: 602.785 is not 637.292.
            ["Tahun", "Panggilan Masuk", "Terputus", "Darurat", "Non-Darurat", "Prank", "Jumlah"],
            [2024, "637.292", "370.817", "6.317", "110.788", "114.863", "637.292"], 6317 + 110788 + 114863, 637292,
        ),
        (  # Bandung 2024: the categories add up to 1.359.
            ["Tahun", "Klasifikasi", None, None, None, None, None, None],
            [2024, 761, 181, 176, 112, 99, 30, "1.395"], 1359, 1395,
        ),
        (  # Kendari, June 2025: 2.522 + 1.223 is not 3.744.
            ["Bulan", "Valid", "Tidak valid", "Total"], ["Juni 2025", "2.522", "1.223", "3.744"], 3745, 3744,
        ),
        (["Tahun", "Darurat", "Prank", "Jumlah"], [2023, "1.597", "32.543", "40.318"], 34140, 40318),  # Sidoarjo
        (["Tahun", "Normal", "Informasi", "Prank", "Ghost", "Total"], [2024, 30, 455, 1147, 1170, "2.802"], 2802, 2802),
    ],
)  # fmt: skip
def test_published_numbers_that_do_not_add_up_are_both_kept(
    tmp_path: Path, header: Row, row: Row, parts: int, total: int
) -> None:
    second: list[Row] = []
    if header[1] == "Klasifikasi":
        second = [[None, "laka", "lain", "kebakaran", "kesehatan", "bencana", "hewan", "Jumlah"]]
    batch = read(saved(tmp_path, [["REKAP"], header, *second, row]))
    assert batch.refused == ()
    classes = [r for r in counts(batch) if r.subject == "classes"]
    assert sum(r.n for r in classes if not r.is_total) == parts
    assert [r.n for r in classes if r.is_total] == [total]


def test_of_two_official_totals_the_second_is_told(tmp_path: Path) -> None:
    rows: list[Row] = [["REKAP"], ["Bulan", "Darurat"], ["Desember 2025", 18000], ["Jumlah", 18703], ["Total", 18681]]
    batch = read(saved(tmp_path, rows))
    assert [r.n for r in counts(batch) if r.is_total] == [18703]
    assert "sudah tertulis 18703 di rekap.xlsx, lembar Rekap, sel B4, di sini 18681" in batch.refused[0].reason


def test_a_list_of_cases_is_no_recap(tmp_path: Path) -> None:
    rows: list[Row] = [["KATEGORI KEJADIAN 2025"], ["No", "Tanggal", "Nama Pelapor", "No HP", "Umur"]]
    batch = read(saved(tmp_path, [*rows, [1, "2/3/2025", "Siti Aminah", "081234567890", 30]]))
    assert batch.records == ()
    (note,) = batch.refused
    assert note.reason.startswith("tabel ini daftar kasus dengan data pelapor, bukan rekap, maka tidak dibaca; pakai")
    assert "Siti" not in repr(note)
    assert "0812" not in repr(note)


def test_a_sum_of_nothing_is_no_zero(tmp_path: Path) -> None:
    rows: list[Row] = [TITLE, ["Bulan", "Prank", "Ghost", "Jumlah"], ["Januari", 0, 0, 0], ["Februari", None, None, 0]]
    batch = read(saved(tmp_path, rows))
    assert [(r.start, r.label, r.n) for r in counts(batch) if r.is_total] == [(JANUARY[0], "total", 0)]


def test_signatures_below_a_table_are_left_alone(tmp_path: Path) -> None:
    below: list[Row] = [[], [None, None, "Mojokerto, 2 Januari 2026"], ["Mengetahui", None, "Siti Aminah"]]
    down: list[Row] = [TITLE, ["Bulan", "Prank", "Ghost"], ["Januari", 1, 2], *below]
    across: list[Row] = [["KECAMATAN 2025"], ["Kecamatan", "Januari", "Februari"], ["Pacet", 1, 2], *below]
    for rows in (down, across):
        batch = read(saved(tmp_path, rows))
        assert batch.refused == ()
        assert [r.n for r in counts(batch)] == [1, 2]
