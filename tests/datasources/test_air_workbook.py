"""The workbook of a DLH: what a filled template says, and which cell is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from datasources.air_quality.template import HEADINGS, write_template
from datasources.air_quality.workbook import SHEET, AirWorkbook, read_row
from datasources.contract import SourceUnavailable

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_a_filled_template_is_read_and_an_unchanged_one_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "udara.xlsx"
    write_template(path, 2026)
    book = load_workbook(path)
    book[SHEET].delete_rows(2)
    book[SHEET].append(["Pos Ngoro", datetime(2026, 11, 23, 7), "1 jam", 15.5, None, 0, 610])  # noqa: DTZ001
    book.save(path)
    (batch,) = AirWorkbook(path=path).fetch({})
    assert batch.refused == ()
    assert {(o.parameter, o.value) for o in batch.records} == {  # type: ignore[attr-defined]
        ("pm25", Decimal("15.5")), ("so2", Decimal(0)), ("co", Decimal(610))}  # fmt: skip
    assert batch.records[0].data_time == datetime(2026, 11, 23, 0, tzinfo=UTC)
    assert list(AirWorkbook(path=path).fetch(batch.cursor)) == []


def test_the_empty_template_gives_nothing_and_refuses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "udara.xlsx"
    write_template(path, 2026)
    (batch,) = AirWorkbook(path=path).fetch({})
    assert (batch.records, batch.refused) == ((), ())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Waktu akhir (WIB)": 7}, "Waktu akhir (WIB) '7' bukan tanggal"),
        ({"Stasiun": None}, "kolom Stasiun kosong"),
        ({"Waktu akhir (WIB)": "kemarin"}, "'kemarin' bukan tanggal dan jam; seharusnya seperti 23/11/2026 07:00"),
        ({"Waktu akhir (WIB)": "25/11/2026 07:00"}, "masih di depan"),
        ({"Waktu akhir (WIB)": datetime(1, 1, 1)}, "'0001-01-01 00:00:00' bukan tanggal dan jam"),  # noqa: DTZ001
        ({"Rata-rata": "8 jam"}, "Rata-rata '8 jam' tidak dikenal; pilihannya: 1 jam, 24 jam"),
        ({"PM2,5": "tinggi"}, "PM2,5 'tinggi' bukan bilangan; kosongkan sel bila tidak diukur"),
        ({"PM2,5": -3}, "PM2,5 -3 tidak mungkin"),
        ({"CO": 9}, "CO 9 tampaknya dalam mg/m³; tulis dalam µg/m³ (dikali 1000)"),
    ],
)
def test_a_wrong_cell_is_named_with_what_would_be_right(change: dict[str, Any], sentence: str) -> None:
    row = {**dict.fromkeys(HEADINGS), "Stasiun": "Pos", "Waktu akhir (WIB)": "23/11/2026 07:00", "Rata-rata": "1 Jam",
           "PM2,5": "15,5", **change}  # fmt: skip
    _, (refused,) = read_row(row, "udara.xlsx, baris 4", NOW)
    assert sentence in refused.reason
    assert refused.place.startswith("udara.xlsx, baris 4")


def test_a_decimal_comma_is_a_number() -> None:
    row = {"Stasiun": "Pos", "Waktu akhir (WIB)": "2026-11-23 07:00", "Rata-rata": "24 jam", "PM2,5": "15,5"}
    (found,), refused = read_row(row, "x", NOW)
    assert (found.value, found.averaging, refused) == (Decimal("15.5"), "PT24H", [])


def test_another_table_is_an_unavailable_source(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("Nama;Nilai\nA;1\n", encoding="utf-8")
    with pytest.raises(SourceUnavailable, match="tidak ditemukan; kolom yang ada: Nama, Nilai"):
        list(AirWorkbook(path=tmp_path / "u.csv").fetch({}))
