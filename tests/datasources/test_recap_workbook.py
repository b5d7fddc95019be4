"""Recaps as 112 centres write them: sheets, directions, options, files, and the template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError

from datasources import region
from datasources.calls112.recap_sheet import Reading, Sheet
from datasources.calls112.recap_template import CATEGORIES, INSTRUCTIONS, MONTHS, write_template
from datasources.calls112.recap_workbook import RecapWorkbook
from datasources.contract import SourceUnavailable
from tests.datasources.recap_files import FEBRUARY, JANUARY, TITLE, Row, counts, read, saved, values

HEADER: Row = ["Bulan", "Panggilan Masuk", "Terjawab", "Tidak Terjawab", "Normal", "Informasi", "Prank", "Ghost"]


def test_a_row_of_a_month_becomes_counts_within_its_midnights_in_wib(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, [TITLE, HEADER, ["Januari", 100, 60, 40, 6, 14, 30, 10]]))
    assert batch.refused == ()
    assert [(r.subject, r.label, r.n) for r in counts(batch)] == [
        ("calls", "offered", 100), ("calls", "answered", 60), ("calls", "abandoned", 40),
        ("classes", "normal", 6), ("classes", "informasi", 14), ("classes", "prank", 30), ("classes", "ghost", 10),
    ]  # fmt: skip
    assert {(r.start, r.end, r.is_total) for r in counts(batch)} == {(*JANUARY, False)}


def test_two_merged_header_rows_are_read_with_their_groups(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        [
            ["DISKOMINFO KABUPATEN MOJOKERTO"], ["REKAP PANGGILAN TAHUN 2025"], [],
            ["No", "Bulan", "Panggilan", None, None, "Klasifikasi", None, None, None, "Ket"],
            [None, None, "Masuk", "Terjawab", "Terputus", "Normal", "Prank", "Kode 7", "Jumlah", None],
            [1, "Januari", 100, 60, 40, 20, 30, 10, 60, "ramai"],
            ["JUMLAH", None, 100, 60, 40, 20, 30, 10, 60, None],
        ],
        merged=("A1:J1", "A2:J2", "A4:A5", "B4:B5", "C4:E4", "F4:I4", "J4:J5", "A7:B7"),
    )  # fmt: skip
    batch = read(path)
    assert batch.refused == ()
    assert values(batch, *JANUARY) == {
        ("calls", "offered"): 100, ("calls", "answered"): 60, ("calls", "abandoned"): 40,
        ("classes", "normal"): 20, ("classes", "prank"): 30, ("classes", "Kode 7"): 10,
    }  # fmt: skip
    assert {r.label: r.n for r in counts(batch) if r.is_total} == {
        "offered": 100, "answered": 60, "abandoned": 40, "normal": 20, "prank": 30, "Kode 7": 10, "total": 60,
    }  # fmt: skip


def test_sums_are_marked_and_never_counted_as_data(tmp_path: Path) -> None:
    rows = [TITLE, ["Bulan", "Normal", "Prank", "Jumlah"], ["Januari", 1, 2, 3], ["Februari", 4, 5, 9]]
    batch = read(saved(tmp_path, [*rows, ["JUMLAH", 5, 7, 12], ["RATA-RATA", 2.5, 3.5, 6]]))
    assert batch.refused == ()
    assert [r.n for r in counts(batch) if not r.is_total] == [1, 4, 2, 5]
    both = (JANUARY[0], FEBRUARY[1])
    assert {(r.start, r.end, r.label): r.n for r in counts(batch) if r.is_total} == {
        (*both, "normal"): 5, (*both, "prank"): 7, (*both, "total"): 12, (*JANUARY, "total"): 3,
        (*FEBRUARY, "total"): 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "heading", "subject", "labels"),
    [
        ("Kategori", "Kategori", "categories", ["Kebakaran", "Laka lantas", "Lain-lain"]),
        ("Rekap", "Jenis Kejadian", "categories", ["Pohon tumbang", "ODGJ"]),
        ("Kec", "Kecamatan", "kecamatan", ["Pacet", "Gedek", "Luar wilayah"]),
        ("Sheet2", "Nama", "kecamatan", ["Pacet", "Trawas", "Ngoro"]),
        ("OPD", "Dinas", "opd", ["BPBD", "Dinas Kesehatan"]),
        ("Sheet3", "Perangkat Daerah", "opd", ["Satpol PP"]),
        ("Panggilan", "Uraian", "classes", ["prank", "ghost"]),
    ],
)
@pytest.mark.parametrize("across", [True, False])
def test_labels_by_month_are_read_in_both_directions(
    tmp_path: Path, sheet: str, heading: str, subject: str, labels: list[str], across: bool
) -> None:
    months = list(MONTHS)
    table: list[Row] = (
        [["No", heading, *months, "TOTAL"], *([n, label, *[n] * 12, 12 * n] for n, label in enumerate(labels, 1))]
        if across
        else [["Bulan", *labels, "TOTAL"], *([m, *range(1, len(labels) + 1), 99] for m in months)]
    )
    title = f"REKAP {heading.upper()} 2025"
    batch = read(saved(tmp_path, [[title], [], *table], sheet=sheet))
    assert batch.refused == ()
    data = [r for r in counts(batch) if not r.is_total]
    assert {(r.subject, r.label, r.n) for r in data} == {(subject, label, n) for n, label in enumerate(labels, 1)}
    assert len(data) == 12 * len(labels)
    assert all(r.n in (12, 24, 36, 99) for r in counts(batch) if r.is_total)


def test_the_options_say_what_a_heading_and_a_sheet_mean(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        [TITLE, ["Bulan", "Antrean", "Tidak Terjawab", "Selesai", "Paket A", "Jumlah"], ["Januari", 1, 2, 3, 4, 10]],
    )
    columns = {
        "ANTREAN": "calls.timeout", "Selesai": "abaikan", "paket a": "classes.prank", "Jumlah": "calls.total",
    }  # fmt: skip
    batch = read(path, columns=columns)
    assert batch.refused == ()
    assert [(r.subject, r.label, r.n, r.is_total) for r in counts(batch)] == [
        ("calls", "timeout", 1, False), ("calls", "abandoned", 2, False),
        ("classes", "prank", 4, False), ("calls", "offered", 10, True),
    ]  # fmt: skip
    path = saved(tmp_path, [TITLE, ["Nama", "Januari", "Februari"], ["Tim A", 1, 2]])
    assert {r.subject for r in counts(read(path, sheets={"Rekap": "opd"}))} == {"opd"}
    with pytest.raises(SourceUnavailable, match="lembar Ada di opsi sheets tidak ada; yang ada: Rekap"):
        read(path, sheets={"Ada": "opd"})


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("prank", "'prank' bukan arti kolom; tulis seperti 'calls.offered', 'classes.prank'"),
        ("calls.masuk", "label calls 'masuk' tidak ada; pakai offered, answered, abandoned, timeout, total"),
    ],
)
def test_a_wrong_meaning_in_the_options_refuses_to_start(value: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        RecapWorkbook(path=Path("a.xlsx"), columns={"Prank": value})
    assert sentence in str(wrong.value)


def test_a_csv_is_read_like_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text("REKAP 2025;;\nBulan;Panggilan Masuk;Prank\nJanuari;86.161;18.557\nFebruari;x1;-\n")
    batch = read(path)
    assert values(batch, *JANUARY) == {("calls", "offered"): 86161, ("classes", "prank"): 18557}
    assert [note.place for note in batch.refused] == ["rekap.csv, sel B4"]


def test_sheets_of_words_and_hidden_sheets_are_passed_over_and_numbers_without_a_table_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1]])
    book = load_workbook(path)
    book.create_sheet("Petunjuk").append(["Isi tiap bulan."])
    book.create_sheet("Lama").append(["Bulan", "Prank"])
    book["Lama"].append(["Januari 2025", 9])
    book["Lama"].sheet_state = "hidden"
    for numbers in ([1, 2], [3, 4]):
        (book["Lain"] if "Lain" in book.sheetnames else book.create_sheet("Lain")).append(numbers)
    book.save(path)
    batch = read(path)
    assert [r.n for r in counts(batch)] == [1]
    (note,) = batch.refused
    assert note.place == "rekap.xlsx, lembar Lain"
    assert "tidak ada tabel yang dikenali: perlu kolom berjudul Bulan atau Tanggal" in note.reason
    assert read(path, sheets={"Lain": "abaikan"}).refused == ()


def test_a_file_without_any_table_and_a_broken_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="tidak ada tabel yang dikenali"):
        read(saved(tmp_path, [["catatan"]]))
    (tmp_path / "rekap.xlsx").write_bytes(b"PK\x03\x04 rusak")
    with pytest.raises(SourceUnavailable, match=r"rekap\.xlsx rusak"):
        read(tmp_path / "rekap.xlsx")
    with pytest.raises(SourceUnavailable, match="tidak ditemukan"):
        read(tmp_path / "tidak_ada.xlsx")


def test_a_changed_file_is_read_whole_in_one_batch_and_an_unchanged_one_not_at_all(tmp_path: Path) -> None:
    path = saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1], ["Februari", 2]])
    cursor = read(path).cursor
    assert list(RecapWorkbook(path=path).fetch(cursor)) == []
    (batch,) = RecapWorkbook(path=path, dash="nol").fetch(cursor)
    assert len(batch.records) == 2
    saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1], ["Februari", None]])
    (batch,) = RecapWorkbook(path=path).fetch(cursor)
    assert [r.n for r in counts(batch)] == [1]


def test_of_a_folder_every_changed_file_is_read_and_a_broken_one_holds_up_none(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"tidak berisi berkas '\*\.xlsx'; taruh berkasnya di sana"):
        list(RecapWorkbook(path=tmp_path, pattern="*.xlsx").fetch({}))
    saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Januari", 1]]).rename(tmp_path / "01.xlsx")
    (tmp_path / "02.xlsx").write_bytes(b"PK\x03\x04 rusak")
    saved(tmp_path, [TITLE, ["Bulan", "Prank"], ["Maret", 3]]).rename(tmp_path / "03.xlsx")
    (tmp_path / "~$03.xlsx").write_text("terbuka di Excel")
    batches = list(RecapWorkbook(path=tmp_path, pattern="*.xlsx").fetch({}))
    assert [[r.n for r in counts(b)] for b in batches] == [[1], [], [3]]
    assert [note.place for note in batches[1].refused] == ["02.xlsx"]
    (tmp_path / "02.xlsx").unlink()
    assert list(RecapWorkbook(path=tmp_path, pattern="*.xlsx").fetch(batches[-1].cursor)) == []


def test_an_empty_template_holds_no_count_and_no_mistake(tmp_path: Path) -> None:
    write_template(tmp_path / "rekap.xlsx", 2026)
    batch = read(tmp_path / "rekap.xlsx")
    assert (batch.records, batch.refused) == ((), ())
    assert [r[0].value for r in load_workbook(tmp_path / "rekap.xlsx")["Petunjuk"]] == list(INSTRUCTIONS)


def test_a_filled_template_is_read_by_subject(tmp_path: Path) -> None:
    path = tmp_path / "rekap.xlsx"
    write_template(path, 2025)
    book = load_workbook(path)
    for column in range(2, 10):
        book["Rekap Panggilan"].cell(5, column, column)
    for sheet, rows in (("Kategori", len(CATEGORIES)), ("Kecamatan", 18), ("OPD", 13)):
        for row in range(4, rows + 4):
            book[sheet].cell(row, 3, row)
    book.save(path)
    batch = read(path)
    assert batch.refused == ()
    found = values(batch, *JANUARY)
    assert [n for (subject, _), n in found.items() if subject == "calls"] == [2, 3, 4]
    assert {label for subject, label in found if subject == "classes"} == {
        "normal", "tidak darurat", "informasi", "prank", "ghost",
    }  # fmt: skip
    assert [label for subject, label in found if subject == "categories"] == list(CATEGORIES)
    assert [label for subject, label in found if subject == "kecamatan"] == [k.name for k in region.kecamatan()]
    assert len([label for subject, label in found if subject == "opd"]) == 13


WORDS = (
    "Bulan", "Tanggal", "Tahun", "Periode", "Januari", "Feb", "Maret 2025", "1 Juni", "29 Februari", "1/2/2025",
    "Minggu, 3 Mei 2026", "TAHUN 2025", "TW I", "Jumlah Triwulan IX", "Semester 2 2025", "Jumlah", "Rata-rata", "s/d",
    "-", "13/2025", "Masuk", "Prank", "%", "Kecamatan", "Pacet", "Kategori", "No", "86.161", "31", "9" * 20, "'",
)  # fmt: skip
ANYTHING = st.one_of(
    st.none(), st.sampled_from(WORDS), st.integers(-5, 2100), st.floats(), st.dates(), st.datetimes(), st.booleans(),
    st.text(max_size=6), st.times(),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(ANYTHING, max_size=7), max_size=9), year=st.sampled_from([None, 2025]))
def test_nothing_that_a_sheet_holds_breaks_the_reader(rows: list[list[Any]], year: int | None) -> None:
    sheet = Sheet(rows, "Rekap", "rekap.xlsx", Reading(year, "kosong", {}))
    sheet.read()
    assert all(placed.record.start < placed.record.end and placed.record.n >= 0 for placed in sheet.counts)
    assert all(note.reason and note.place.startswith("rekap.xlsx") for note in sheet.refused)


CELLS = st.one_of(st.none(), st.integers(0, 999_999))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12),
    written=st.sampled_from(["number", "text"]),
    above=st.integers(0, 5),
    shift=st.integers(0, 3),
)
def test_a_recap_that_is_written_is_read_back(
    tmp_path: Path, table: list[list[int | None]], written: str, above: int, shift: int
) -> None:
    def cell(n: int | None) -> object:
        return n if n is None or written == "number" else f"{n:,}".replace(",", ".")

    empty = [None] * shift
    rows: list[Row] = [*([["Diskominfo"]] * above), TITLE, [], [*empty, "Bulan", "Masuk", "Terjawab", "Prank", "Ghost"]]
    rows += [[*empty, month, *map(cell, numbers)] for month, numbers in zip(MONTHS, table, strict=False)]
    rows.append([*empty, "JUMLAH", *(cell(sum(filter(None, column))) for column in zip(*table, strict=True))])
    batch = read(saved(tmp_path, rows))
    assert batch.refused == ()
    labels = (("calls", "offered"), ("calls", "answered"), ("classes", "prank"), ("classes", "ghost"))
    assert {(r.start.month % 12 + 1, r.subject, r.label): r.n for r in counts(batch) if not r.is_total} == {
        (month, *label): n
        for month, numbers in enumerate(table, start=1)
        for label, n in zip(labels, numbers, strict=True)
        if n is not None
    }
    assert [r.n for r in counts(batch) if r.is_total] == [
        sum(filter(None, column)) for column in zip(*table, strict=True) if any(n is not None for n in column)
    ]
