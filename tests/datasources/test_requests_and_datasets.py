"""Requests for services from the workbook and its template, and data sets of a CKAN catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from datasources.contract import Batch, SourceUnavailable
from datasources.delivery.records import ServiceRequest
from datasources.delivery.request_table import RequestTable
from datasources.delivery.template import SHEET, write_template
from datasources.open_data.ckan import Ckan
from datasources.open_data.metadata import MS_IND
from datasources.open_data.records import Dataset
from tests.datasources.loopback import Loopback, serving


def filled(folder: Path, *rows: list[Any]) -> Path:
    file = folder / "layanan.xlsx"
    write_template(file, 2026)
    book = load_workbook(file)
    for row in rows:
        book[SHEET].append(row)
    book.save(file)
    return file


def requests(path: Path, **given: Any) -> Batch:
    (batch,) = RequestTable.model_validate({"path": path, "sheet": SHEET, **given}).fetch({})
    return batch


def test_the_template_is_read_as_it_is_filled(tmp_path: Path) -> None:
    file = filled(tmp_path, ["IZ-1", "Izin reklame", "DPMPTSP", date(2026, 3, 2), date(2026, 3, 9), 7, "selesai"],
                  ["IZ-2", "Izin reklame", None, date(2026, 3, 3), None, None, "diproses"])  # fmt: skip
    batch = requests(file, limits={"IZIN REKLAME": 5}, opd="DPMPTSP")
    assert batch.records == (
        ServiceRequest("IZ-1", "Izin reklame", date(2026, 3, 2), "DPMPTSP", date(2026, 3, 9), 7),
        ServiceRequest("IZ-2", "Izin reklame", date(2026, 3, 3), "DPMPTSP", None, 5),
    )
    assert batch.refused == ()


def test_an_empty_template_holds_no_requests_and_no_mistakes(tmp_path: Path) -> None:
    batch = requests(filled(tmp_path))
    assert (batch.records, batch.refused) == ((), ())


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ([None, "KTP", None, date(2026, 3, 2)], "Nomor", "nomor kosong"),
        (["1", None, None, date(2026, 3, 2)], "Jenis layanan", "jenis layanan kosong"),
        (["1", "KTP", None, None], "Tanggal masuk", "tanggal masuk kosong"),
        (["1", "KTP", None, "lusa"], "Tanggal masuk", "bukan tanggal"),
        (["1", "KTP", None, date(2026, 3, 2), date(2026, 3, 1)], "Tanggal selesai", "sebelum tanggal masuk"),
        (["1", "KTP", None, date(2026, 3, 2), None, "tiga"], "Batas (hari kerja)", "bilangan bulat 1 sampai 250"),
        (["1", "KTP", None, date(2026, 3, 2), None, 3, "selesai"], "Tanggal selesai", "selesai tanpa tanggal"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_place(
    tmp_path: Path, row: list[Any], column: str, reason: str
) -> None:
    batch = requests(filled(tmp_path, row))
    assert batch.refused[0].place == f"layanan.xlsx, baris 2, kolom {column}"
    assert reason in batch.refused[0].reason


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as made:
        yield made


def package(name: str, **given: Any) -> dict[str, Any]:
    said = {"Frekuensi": "Bulanan", "Konsep": "jumlah", "satuan": "-"}
    plain = {
        "name": name,
        "title": name.upper(),
        "organization": {"title": "DLH"},
        "metadata_modified": "2026-11-20T01:02:03",
        "extras": [{"key": key, "value": value} for key, value in said.items()],
        "resources": [{"format": "csv", "last_modified": "2026-10-01T00:00:00"}],
    }
    return {**plain, **given}


def catalogue(site: Loopback, *packages: dict[str, Any], rows: int = 2, count: int | None = None) -> Ckan:
    total = len(packages) if count is None else count
    for start in range(0, max(1, len(packages)), rows):
        found = {"result": {"count": total, "results": list(packages[start : start + rows])}}
        site.json(f"/api/3/action/package_search?rows={rows}&start={start}&sort=name+asc", found)
    return Ckan.model_validate({"address": site.url("/"), "rows": rows})


def test_the_whole_catalogue_is_one_batch(site: Loopback) -> None:
    (batch,) = catalogue(site, *(package(f"d{n}") for n in range(5))).fetch({})
    assert [r.name for r in batch.records if isinstance(r, Dataset)] == ["d0", "d1", "d2", "d3", "d4"]


def test_a_data_set_is_as_fresh_as_its_data_and_not_as_its_description(site: Loopback) -> None:
    (batch,) = catalogue(site, package("air")).fetch({})
    (made,) = batch.records
    assert isinstance(made, Dataset)
    assert made.modified_at == datetime(2026, 10, 1, tzinfo=UTC)
    assert (made.frequency, made.period_days, made.formats, made.producer) == ("Bulanan", 31, ("CSV",), "DLH")
    assert made.asked == len(MS_IND) == 15
    assert set(MS_IND) - set(made.missing) == {"konsep"}


def test_a_catalogue_may_name_its_columns_as_it_likes(site: Loopback) -> None:
    reader = catalogue(site, package("air", extras=[{"key": "ukuran-data", "value": "jumlah"}]))
    (batch,) = reader.model_copy(update={"metadata": {"ukuran": "Ukuran Data"}}).fetch({})
    assert "ukuran" not in batch.records[0].missing  # type: ignore[attr-defined]


def test_a_data_set_without_a_date_is_refused_and_the_others_stay(site: Loopback) -> None:
    (batch,) = catalogue(site, package("a"), package("b", resources=[], metadata_modified="")).fetch({})
    assert len(batch.records) == len(batch.refused) == 1
    assert "dataset b" in batch.refused[0].reason


def test_the_same_catalogue_is_not_told_twice(site: Loopback) -> None:
    reader = catalogue(site, package("a"))
    (batch,) = reader.fetch({})
    assert list(reader.fetch(batch.cursor)) == []


def test_a_catalogue_that_breaks_off_is_no_smaller_catalogue(site: Loopback) -> None:
    reader = catalogue(site, package("a"), package("b"), count=7)
    site.json("/api/3/action/package_search?rows=2&start=2&sort=name+asc", {"result": {"count": 7, "results": []}})
    with pytest.raises(SourceUnavailable, match="dataset 2 dari 7"):
        list(reader.fetch({}))
