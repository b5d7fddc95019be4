"""The SPBE workbook: from the template through its writer's mistakes to records, and what the mistakes are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.formulas.maturity_index import maturity_index
from dashboard.instruments import scheme_of
from datasources.contract import Batch, SourceUnavailable
from datasources.sheet_extent import too_far
from datasources.spbe import workbook
from datasources.spbe.instrument_files import instruments
from datasources.spbe.template import columns, instructions, write_template
from datasources.spbe.workbook import SpbeWorkbook

SPBE, PEMDI = instruments()["SPBE-2020"], instruments()["PEMDI-2026"]
HEADER, PEMDI_HEADER = list(columns(SPBE)), list(columns(PEMDI))


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "today", lambda: date(2026, 11, 23))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spbe.xlsx"


def test_a_template_that_is_filled_in_gives_47_records_and_the_index(path: Path) -> None:
    write_template(path, 2025)
    fill(path, dict.fromkeys(range(1, 48), 3))
    batch = read(path)
    assert batch.refused == ()
    assert len(batch.records) == 47
    assert {(r.instrument, r.year, r.stage) for r in batch.records} == {("SPBE-2020", 2025, "draf")}
    assert maturity_index(scheme_of(SPBE), {r.indicator: r.value for r in batch.records}).index == 3


def test_an_empty_template_holds_no_level_and_no_mistake(path: Path) -> None:
    write_template(path, 2025)
    batch = read(path)
    assert (batch.records, batch.refused) == ((), ())


def test_the_template_limits_its_cells_and_explains_itself(path: Path) -> None:
    write_template(path, 2025)
    book = openpyxl.load_workbook(path)
    sheet = book["SPBE"]
    assert book.sheetnames == ["SPBE", "Petunjuk"]
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet.freeze_panes == "C2"
    assert sheet.max_row == 48
    assert sheet["B48"].value == "Tingkat Kematangan Layanan Publik Sektor 3"
    limits = {rule.type: rule for rule in sheet.data_validations.dataValidation if "C2" in rule.sqref}
    assert (limits["whole"].formula1, limits["whole"].formula2) == ("1", "5")
    assert [row[0].value for row in book["Petunjuk"].iter_rows()] == list(instructions(SPBE))


@pytest.mark.parametrize(
    ("cells", "address", "reason"),
    [
        ({"Level": 6}, "sel C2", "level '6' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"Level": 0}, "sel C2", "level '0' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"Level": 3.5}, "sel C2", "level '3.5' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"Level": "tiga"}, "sel C2", "level 'tiga' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"Level": True}, "sel C2", "level 'True' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"Level": date(2025, 3, 1)}, "sel C2", "level '2025-03-01' tidak mungkin; tulis bilangan bulat 1 sampai 5"),
        ({"No": 48}, "sel A2", "indikator '48' tidak ada; tulis nomor 1 sampai 47"),
        ({"No": None}, "sel A2", "indikator '' tidak ada; tulis nomor 1 sampai 47"),
        ({"Tahun": 2020}, "sel D2", "tahun '2020' tidak mungkin untuk SPBE 2020; tulis tahun 2021 sampai 2025"),
        ({"Tahun": 2027}, "sel D2", "tahun '2027' tidak mungkin untuk SPBE 2020; tulis tahun 2021 sampai 2025"),
        (
            {"Tahap": "selesai"},
            "sel E2",
            "tahap 'selesai' tidak dikenal; tulis salah satu dari draf, diverifikasi, dikirim, dokumen, interviu, "
            "visitasi, final",
        ),
        (
            {"Tanggal penilaian": "akhir tahun"},
            "sel F2",
            "tanggal 'akhir tahun' tidak terbaca; tulis seperti 31/12/2025",
        ),
        (
            {"Tanggal penilaian": "01/01/2027"},
            "sel F2",
            "tanggal '01/01/2027' tidak mungkin; tulis tanggal 01/01/2021 sampai 23/11/2026",
        ),
    ],
)
def test_a_wrong_cell_is_refused_by_its_address(path: Path, cells: dict[str, Any], address: str, reason: str) -> None:
    write(path, a_row(**cells))
    batch = read(path)
    assert batch.records == ()
    assert [(r.place, r.reason) for r in batch.refused] == [(f"spbe.xlsx, lembar SPBE, {address}", reason)]


def test_every_wrong_cell_of_a_row_is_named(path: Path) -> None:
    write(path, a_row(No=99, Level=9, Tahun="dua ribu", Tahap=3))
    assert [r.place.rsplit(" ", 1)[1] for r in read(path).refused] == ["A2", "C2", "D2", "E2"]


def test_a_bad_row_does_not_stop_the_good_ones(path: Path) -> None:
    write(path, a_row(No=1, Level=7), a_row(No=2, Level=4))
    batch = read(path)
    assert [(r.indicator, r.value) for r in batch.records] == [(2, 4)]
    assert len(batch.refused) == 2


def test_a_second_row_for_the_same_indicator_year_and_stage_is_refused(path: Path) -> None:
    write(path, a_row(No=5, Level=3), a_row(No=5, Level=4), a_row(No=5, Level=4, Tahap="final"))
    batch = read(path)
    assert [(r.value, r.stage) for r in batch.records] == [(3, "draf"), (4, "final")]
    first = batch.refused[0]
    assert first.place == "spbe.xlsx, lembar SPBE, baris 3"
    assert first.reason == "indikator 5 tahun 2025 tahap draf sudah diisi di baris 2; hapus salah satu baris"


def test_a_refused_row_does_not_make_a_later_good_one_a_duplicate(path: Path) -> None:
    write(path, a_row(No=5, Level=8), a_row(No=5, Level=4))
    assert [r.value for r in read(path).records] == [4]


def test_unfilled_indicators_are_listed_once_for_each_year(path: Path) -> None:
    write_template(path, 2025)
    fill(path, {number: 3 for number in range(1, 48) if number not in (5, 12)} | {40: 9})
    batch = read(path)
    assert batch.refused[-1].reason == (
        "2 indikator belum bernilai untuk tahun 2025: 5, 12; indeks baru dihitung bila ke-47 indikator terisi"
    )
    assert [r.place for r in batch.refused] == ["spbe.xlsx, lembar SPBE, sel C41", "spbe.xlsx, lembar SPBE"]


def test_explanations_links_and_telephone_numbers_of_a_refused_row_go_no_further(path: Path) -> None:
    secret = {"Penjelasan": "Hubungi Ibu Sri", "Tautan bukti": "https://contoh.id/rahasia"}
    write(path, a_row(Level=9, **secret), a_row(No=2, Tahap="hubungi 081234567890"))
    kept = repr(read(path))
    for word in ("Sri", "rahasia", "081234567890"):
        assert word not in kept


def test_explanation_and_links_are_kept_with_the_value(path: Path) -> None:
    said = {"Penjelasan": "SK  Bupati,\ntelepon 081234567890", "Tautan bukti": "https://a.id/1\n/dokumen/2.pdf"}
    write(path, a_row(**said))
    (record,) = read(path).records
    assert record.explanation.startswith("SK Bupati, telepon ")
    assert "0812" not in record.explanation
    assert record.evidence == ("https://a.id/1", "/dokumen/2.pdf")


@pytest.mark.parametrize(
    "wrong",
    ["javascript:alert(1)", "data:text/html,x", "//jahat.id/x", "ftp://a.id/x", "\\\\server\\bukti", "bukti.pdf",
     "https://", "http://orang@a.id/", "https://a.id/<x>", "https://a.id/" + "x" * 300],
)  # fmt: skip
def test_a_link_that_a_browser_should_not_follow_is_refused(path: Path, wrong: str) -> None:
    write(path, a_row(**{"Tautan bukti": wrong}))
    batch = read(path)
    assert batch.records == ()
    assert batch.refused[0].place == "spbe.xlsx, lembar SPBE, sel H2"


@pytest.mark.parametrize(
    ("cell", "value"),
    [(2.5, "2.5"), ("2,75", "2.75"), (1, "1"), ("5,00", "5.00"), (1.17, "1.17")],
)
def test_pemdi_takes_values_between_levels(path: Path, cell: Any, value: str) -> None:
    write(path, pemdi_row(Nilai=cell), header=PEMDI_HEADER, title="PEMDI")
    (record,) = read(path).records
    assert (record.instrument, record.value) == ("PEMDI-2026", Decimal(value))


@pytest.mark.parametrize("cell", ["0,99", 5.01, "2,555", "dua", "1e1", True, "3.", "١"])
def test_pemdi_refuses_what_is_no_value(path: Path, cell: Any) -> None:
    write(path, pemdi_row(Nilai=cell), header=PEMDI_HEADER, title="PEMDI")
    (refused, *_) = read(path).refused
    assert refused.place == "spbe.xlsx, lembar PEMDI, sel C2"
    assert refused.reason.endswith("tulis 1,00 sampai 5,00 dengan paling banyak 2 angka di belakang koma")


def test_both_instruments_may_stand_in_one_workbook(path: Path) -> None:
    write_template(path, 2026)
    book = openpyxl.load_workbook(path)
    book["PEMDI"].cell(2, 3, 1.5)
    book.create_sheet("SPBE").append(HEADER)
    book["SPBE"].append(a_row())
    book.save(path)
    assert {r.instrument for r in read(path).records} == {"SPBE-2020", "PEMDI-2026"}


@pytest.mark.parametrize("written", [date(2025, 9, 30), "30/09/2025", "2025-09-30"])
def test_the_assessment_day_is_kept_in_utc(path: Path, written: Any) -> None:
    write(path, a_row(**{"Tanggal penilaian": written}))
    (record,) = read(path).records
    assert record.assessed_at == datetime(2025, 9, 29, 17, tzinfo=UTC)
    assert record.data_time == record.assessed_at


def test_without_a_day_the_year_stands_for_it(path: Path) -> None:
    write(path, a_row(Level="4", Tahap=" Final "))
    (record,) = read(path).records
    assert (record.value, record.stage, record.assessed_at) == (4, "final", None)
    assert record.data_time == datetime(2025, 1, 1, tzinfo=UTC)


def test_columns_may_stand_in_any_order_below_a_letterhead(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "SPBE"
    for row in (
        ["Dinas Kominfo"],
        [],
        ["Tahap", "LEVEL", " no ", "Tahun"],
        ["final", 4, 7, 2024],
        ["final", 8, 9, 2024],
    ):
        book.active.append(row)
    book.save(path)
    batch = read(path)
    assert [(r.indicator, r.value, r.year) for r in batch.records] == [(7, 4, 2024)]
    assert batch.refused[0].place == "spbe.xlsx, lembar SPBE, sel B5"


def test_an_unchanged_file_is_not_read_again(path: Path) -> None:
    write(path, a_row())
    source = SpbeWorkbook(path=path)
    (first,) = source.fetch({})
    assert list(source.fetch(first.cursor)) == []
    write(path, a_row(Level=5))
    assert len(list(source.fetch(first.cursor))) == 1


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (["No", "Level", "Tahap"], "spbe.xlsx: lembar SPBE tidak punya kolom 'Tahun'."),
        (["No", "Level", "Tahun"], "spbe.xlsx: lembar SPBE tidak punya kolom 'Tahap'."),
        (["No", "Level", "Level", "Tahun"], "spbe.xlsx: lembar SPBE punya lebih dari satu kolom 'Level'."),
        (["Nomor", "Nilai"], "spbe.xlsx: lembar SPBE tidak punya baris judul dengan kolom 'No' dan 'Level'."),
    ],
)
def test_a_table_without_its_columns_cannot_be_read(path: Path, header: list[str], sentence: str) -> None:
    write(path, header=header)
    with pytest.raises(SourceUnavailable) as problem:
        read(path)
    assert str(problem.value) == sentence


def test_a_missing_sheet_names_those_that_are_there(path: Path) -> None:
    write(path, a_row(), title="Lembar1")
    with pytest.raises(SourceUnavailable, match="lembar 'SPBE' atau 'PEMDI' tidak ada; lembar yang ada: Lembar1"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 junk", b"\xd0\xcf\x11\xe0 junk"])
def test_what_is_no_workbook_is_unavailable_not_empty(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SourceUnavailable):
        read(path)


def test_a_missing_file_is_unavailable(path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"spbe\.xlsx"):
        read(path)


def test_a_stray_cell_at_the_edge_of_the_sheet_is_refused_before_it_costs_the_machine(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "SPBE"
    book.active.append(HEADER)
    book.active["XFD1048576"] = " "
    book.save(path)
    assert too_far(path.read_bytes())
    with pytest.raises(SourceUnavailable, match=r"spbe\.xlsx berisi sel jauh di luar tabel; hapus baris dan kolom"):
        read(path)


GARBAGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Co", "Cn")), max_size=40),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(["=1/0", "#N/A", "٣", "³", "1e5", "-", "0x3", "'3", "3 ", "31/02/2025", "2025-13-01"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(GARBAGE, max_size=9), max_size=6))
def test_no_garbage_in_the_cells_makes_the_reader_fall(path: Path, rows: list[list[Any]]) -> None:
    write(path, *rows)
    for record in read(path).records:
        assert 1 <= record.value <= 5
        assert record.indicator in SPBE.indicators
        assert record.data_time.tzinfo is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, 10_000))
def test_no_damage_to_the_file_makes_the_reader_fall(path: Path, at: int, byte: int, length: int) -> None:
    write(path, a_row())
    damaged = bytearray(path.read_bytes())
    damaged[at % len(damaged)] = byte
    path.write_bytes(bytes(damaged[: len(damaged) - length // 10]))
    try:
        read(path)
    except SourceUnavailable as problem:
        assert "spbe.xlsx" in str(problem)  # noqa: PT017 - unharmed bytes give no problem at all


def read(path: Path) -> Batch:
    (batch,) = SpbeWorkbook(path=path).fetch({})
    return batch


def a_row(**cells: Any) -> list[Any]:
    filled = {"No": 1, "Level": 3, "Tahun": 2025, "Tahap": "mandiri"} | cells
    return [filled.get(heading) for heading in HEADER]


def pemdi_row(**cells: Any) -> list[Any]:
    filled = {"No": 1, "Nilai": 3, "Tahun": 2026, "Tahap": "draf"} | cells
    return [filled.get(heading) for heading in PEMDI_HEADER]


def write(path: Path, *rows: list[Any], header: list[str] = HEADER, title: str = "SPBE") -> None:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (header, *rows):
        book.active.append(row)
    book.save(path)


def fill(path: Path, levels: dict[int, int]) -> None:
    book = openpyxl.load_workbook(path)
    for number, level in levels.items():
        book["SPBE"].cell(number + 1, 3, level)
    book.save(path)
