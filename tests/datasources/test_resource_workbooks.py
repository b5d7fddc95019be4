"""Workbooks of water, waste, green space, energy and IKLH: template, records, and what each mistake is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from datasources.contract import SourceUnavailable
from datasources.resources import (
    cells,
    energy_workbook,
    green_space_workbook,
    iklh_workbook,
    waste_workbook,
    water_workbook,
)
from datasources.resources.energy_workbook import EnergyWorkbook
from datasources.resources.green_space_workbook import GreenSpaceWorkbook
from datasources.resources.iklh_workbook import IklhWorkbook
from datasources.resources.opd_workbook import OpdWorkbook
from datasources.resources.waste_records import WasteFlow, WasteMonth
from datasources.resources.waste_workbook import WasteWorkbook
from datasources.resources.water_records import WaterLimit, WaterValue
from datasources.resources.water_workbook import WaterWorkbook
from tests.datasources.resource_files import filled, read

D = Decimal
DAY = date(2026, 3, 17)
KINDS: list[tuple[Any, type[OpdWorkbook]]] = [
    (water_workbook, WaterWorkbook), (waste_workbook, WasteWorkbook), (green_space_workbook, GreenSpaceWorkbook),
    (energy_workbook, EnergyWorkbook), (iklh_workbook, IklhWorkbook),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: date(2026, 11, 23))


@pytest.mark.parametrize(("module", "reader"), KINDS, ids=lambda one: getattr(one, "__name__", ""))
def test_an_empty_template_says_nothing_and_explains_every_column(
    tmp_path: Path, module: Any, reader: type[OpdWorkbook]
) -> None:
    path = tmp_path / "kosong.xlsx"
    module.write_template(path, 2025)
    batch = read(reader(path=path))
    assert (batch.records, batch.refused) == ((), ())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [form.sheet for form in reader.forms] + ["Petunjuk"]
    explained = {row[0] for row in book["Petunjuk"].iter_rows(values_only=True)}
    for form in reader.forms:
        headings = [cell.value for cell in book[form.sheet][1]]
        assert headings == [f"{one.heading}{'*' if one.needed else ''}" for one in form.fields]
        assert set(headings) <= explained
        assert {*form.key, *form.values} <= {one.name for one in form.fields}


def test_a_sample_gives_one_record_for_each_parameter_and_keeps_its_detection_limit(tmp_path: Path) -> None:
    rows = [
        ["br-01", "Terusan", "Brantas", DAY, "BOD", "3,8", "mg/L"],
        ["BR-01", "Terusan", "Brantas", "17/03/2026", "Tembaga (Cu)", "<0,016", "mg/l"],
        ["BR-01", "Terusan", "Brantas", DAY, "fecal coli", "24 x 10^4", "MPN/100 ml"],
        ["BR-01", "Terusan", "Brantas", DAY, "pH", 6.79, None],
        ["BR-01", "Terusan", "Brantas", DAY, "COD", "-", "mg/l"],
    ]
    batch = read(WaterWorkbook(path=filled(tmp_path / "air.xlsx", water_workbook.write_template, Sampel_air=rows)))
    assert batch.refused == ()
    values = [r for r in batch.records if isinstance(r, WaterValue)]
    assert [(v.parameter, v.value, v.below_limit) for v in values] == [
        ("bod", D("3.8"), False), ("cu", D("0.016"), True), ("fecal_coli", D(240_000), False), ("ph", D("6.79"), False),
    ]  # fmt: skip
    assert {(v.station, v.sampled_on, v.file, v.data_time) for v in values} == {
        ("BR-01", DAY, "air.xlsx", datetime(2026, 3, 16, 17, tzinfo=UTC))
    }


@pytest.mark.parametrize(
    ("row", "column", "raw", "said"),
    [
        (["BR-01", "T", "Brantas", DAY, "BOD", "1.234", "mg/l"], "Nilai", "1.234", "dapat berarti 1234 atau 1,234"),
        (["BR-01", "T", "Brantas", DAY, "BOD", 3, "µg/l"], "Satuan", "µg/l", "bukan satuan BOD; ubah ke mg/l"),
        (["BR-01", "T", "Brantas", DAY, "Klorofil", 3, "mg/l"], "Parameter", "Klorofil", "tidak dikenal"),
        (["BR-01", "T", "Brantas", DAY, "pH", 72, None], "Nilai", "72", "pH '72' tidak mungkin; paling tinggi 14"),
        (["BR-01", "T", "Brantas", "17/13/2026", "pH", 7, None], "Tanggal", "17/13/2026", "tidak terbaca"),
        (["BR-01", "T", "Brantas", date(2026, 12, 1), "pH", 7, None], "Tanggal", "2026-12-01", "tidak mungkin"),
        ([None, "T", "Brantas", DAY, "pH", 7, None], "Kode titik", "", "kosong; kode titik pantau"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_named_by_file_sheet_row_and_column(
    tmp_path: Path, row: list[Any], column: str, raw: str, said: str
) -> None:
    good = ["BR-02", "T", "Brantas", DAY, "pH", 7, None]
    path = filled(tmp_path / "air.xlsx", water_workbook.write_template, Sampel_air=[good, row])
    batch = read(WaterWorkbook(path=path))
    (refused,) = batch.refused
    assert refused.place == f"air.xlsx, lembar Sampel air, baris 3, kolom {column}"
    assert refused.raw.removesuffix(" 00:00:00") == raw
    assert said in refused.reason
    assert len(batch.records) == 1


def test_the_same_parameter_twice_in_a_sample_is_told_with_the_first_row(tmp_path: Path) -> None:
    row = ["BR-01", "T", "Brantas", DAY, "pH", 7, None]
    path = filled(tmp_path / "air.xlsx", water_workbook.write_template, Sampel_air=[row, [*row[:5], 8, None]])
    batch = read(WaterWorkbook(path=path))
    assert [r.value for r in batch.records if isinstance(r, WaterValue)] == [7]
    assert batch.refused[0].reason == "sudah diisi di baris 2; hapus salah satu"


def test_a_confirmed_limit_is_of_an_office_and_a_single_number(tmp_path: Path) -> None:
    rows = [["Nitrit (NO2-N)", "0,06", "PP 22/2021 Lampiran VI", "Bidang Tata Lingkungan DLH", DAY],
            ["pH", 7, "PP 22/2021 Lampiran VI", "Bidang Tata Lingkungan DLH", DAY]]  # fmt: skip
    batch = read(WaterWorkbook(path=filled(tmp_path / "air.xlsx", water_workbook.write_template, Baku_mutu=rows)))
    (limit,) = batch.records
    assert isinstance(limit, WaterLimit)
    assert (limit.parameter, limit.limit) == ("no2_n", D("0.06"))
    assert "hanya batas tunggal" in batch.refused[0].reason


def test_a_month_of_waste_keeps_what_is_not_known_as_unknown(tmp_path: Path) -> None:
    rows = [["2025-01", 14_000, None, "12,5", 2500, None, "9.000,5", "timbangan"]]
    path = filled(tmp_path / "s.xlsx", waste_workbook.write_template, Sampah_bulanan=rows)
    (month,) = read(WasteWorkbook(path=path)).records
    assert isinstance(month, WasteMonth)
    assert (month.limited_t, month.reused_t, month.landfilled_t) == (None, D("12.5"), D("9000.5"))
    assert month.data_time == datetime(2025, 1, 31, 17, tzinfo=UTC)


def test_the_volume_that_is_left_belongs_to_a_landfill(tmp_path: Path) -> None:
    rows = [["TPA", "Karangdiyeng", "2025-01", 9000, None, "timbangan", 250_000, None, None],
            ["TPS", "Sooko", "2025-01", 90, 30, "perkiraan", 10, None, None]]  # fmt: skip
    path = filled(tmp_path / "s.xlsx", waste_workbook.write_template, Armada_TPS_TPA=rows)
    batch = read(WasteWorkbook(path=path))
    assert [r.volume_left_m3 for r in batch.records if isinstance(r, WasteFlow)] == [250_000]
    assert batch.refused[0].place.endswith("baris 3, kolom Sisa volume m3")


@pytest.mark.parametrize(
    ("sheet", "row", "column", "said"),
    [
        ("Gedung", ["GD-01", "Kantor", "Setda", 100, 120, DAY], "Luas tanpa AC m2", "lebih luas dari lantai"),
        ("Listrik_gedung", ["GD-01", "2025-01", 0, None, "rekening"], "kWh", "rekening yang hilang"),
        ("Listrik_gedung", ["GD-01", "2026-11", 5, None, "rekening"], "Bulan", "belum selesai"),
        ("Produksi_PLTS", ["PV-01", "2025-01", 100, 120], "Ekspor kWh", "lebih besar dari produksi"),
    ],
)
def test_what_two_cells_say_together_must_be_possible(
    tmp_path: Path, sheet: str, row: list[Any], column: str, said: str
) -> None:
    batch = read(EnergyWorkbook(path=filled(tmp_path / "e.xlsx", energy_workbook.write_template, **{sheet: [row]})))
    assert batch.records == ()
    (refused,) = batch.refused
    assert refused.place == f"e.xlsx, lembar {sheet.replace('_', ' ')}, baris 2, kolom {column}"
    assert said in refused.reason


def test_a_csv_of_the_same_shape_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "iklh.csv"
    path.write_text(
        "Tahun;Bagian;Nilai;Target;Peraturan;Dokumen;Tanggal terbit\n"
        "2024;IKLH;63,14;64,0;Permen LHK P.27/2021;SLHD 2025;31/03/2025\n"
        "2024;IKX;63,14;;Permen LHK P.27/2021;SLHD 2025;31/03/2025\n",
        encoding="utf-8",
    )
    batch = read(IklhWorkbook(path=path))
    assert [(r.value, r.target) for r in batch.records] == [(D("63.14"), D("64.0"))]  # type: ignore[attr-defined]
    assert batch.refused[0].place == "iklh.csv, baris 3, kolom Bagian"


def test_a_sheet_without_its_headings_is_refused_and_the_other_sheets_are_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "rth.xlsx", green_space_workbook.write_template,
                  Kawasan_perkotaan=[[2025, "Mojosari", 900, "RDTR"]])  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["RTH"]["F1"] = "Luasan"
    book.save(path)
    batch = read(GreenSpaceWorkbook(path=path))
    assert len(batch.records) == 1
    assert batch.refused[0].place == "rth.xlsx, lembar RTH"
    assert "kolom Luas ha tidak ditemukan" in batch.refused[0].reason


def test_a_workbook_of_something_else_cannot_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "lain.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(SourceUnavailable, match=r"tidak ada lembar IKLH; lembar yang ada: Sheet"):
        read(IklhWorkbook(path=path))


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    path = filled(tmp_path / "i.xlsx", iklh_workbook.write_template)
    reader = IklhWorkbook(path=path)
    cursor = read(reader).cursor
    assert list(reader.fetch(cursor)) == []
