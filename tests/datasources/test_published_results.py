"""Published results: the table that ships, another one of the same columns, and rows that cannot be facts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from datasources.contract import SourceUnavailable
from datasources.spbe.published import PublishedResults

HEAD = "year,instrument,domain1,domain2,domain3,domain4,index,predicate,confidence,source"
ROW = '2025,SPBE-2020,4.50,3.80,2.82,4.75,"4,16",Sangat Baik,tinggi,Laporan'


def test_what_ships_is_three_years_with_their_sources() -> None:
    (batch,) = PublishedResults().fetch({})
    assert batch.refused == ()
    assert [(r.year, r.index, r.predicate) for r in batch.records] == [  # type: ignore[attr-defined]
        (2019, Decimal("1.55"), "Kurang"), (2023, Decimal("3.52"), "Sangat Baik"),
        (2024, Decimal("4.16"), "Sangat Baik"),
    ]  # fmt: skip
    assert all("20" in r.source for r in batch.records)  # type: ignore[attr-defined]
    assert "perlu verifikasi" in batch.records[0].source  # type: ignore[attr-defined]


def test_another_table_of_the_same_columns_may_be_given(tmp_path: Path) -> None:
    batch = read(tmp_path, ROW)
    (record,) = batch.records
    assert (record.index, record.groups[4]) == (Decimal("4.16"), Decimal("4.75"))
    assert list(PublishedResults(path=tmp_path / "terbit.csv").fetch(batch.cursor)) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.replace("2025", "1999"), "year '1999' tidak mungkin; tulis tahun 2018 sampai"),
        (ROW.replace("2025", "dua"), "year 'dua' tidak mungkin"),
        (ROW.replace('"4,16"', "6.1"), "index '6.1' bukan nilai 0 sampai 5; tulis seperti 4,16"),
        (ROW.replace("3.80", "x"), "domain2 'x' bukan nilai 0 sampai 5"),
        (ROW.replace(",Laporan", ","), "kolom source kosong; hasil tanpa source tidak disimpan"),
    ],
)
def test_a_row_that_cannot_be_a_fact_is_refused_by_its_line(tmp_path: Path, row: str, reason: str) -> None:
    batch = read(tmp_path, row, ROW)
    assert [(r.place, reason in r.reason) for r in batch.refused] == [("terbit.csv, baris 2", True)]
    assert len(batch.records) == 1


def test_a_missing_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable):
        list(PublishedResults(path=tmp_path / "tidak_ada.csv").fetch({}))


def read(folder: Path, *rows: str):  # type: ignore[no-untyped-def]
    file = folder / "terbit.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    (batch,) = PublishedResults(path=file).fetch({})
    return batch
