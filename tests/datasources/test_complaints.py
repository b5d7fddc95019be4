"""Complaints from exports and JSON: days and classes are understood, persons and free text never leave the reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import ValidationError

from datasources.complaints import api
from datasources.complaints.api import ComplaintApi
from datasources.complaints.complaint_row import ComplaintColumns
from datasources.complaints.export import ComplaintExport
from datasources.complaints.records import Complaint
from datasources.contract import Batch, SourceUnavailable
from tests.datasources.loopback import Loopback, serving

COLUMNS = {
    "id": "Tracking ID", "kind": "Klasifikasi", "opd": "Instansi", "status": "Status", "received": "Masuk",
    "verified": "Verifikasi", "answered": "Jawab", "closed": "Selesai", "reopened": "Buka Lagi",
}  # fmt: skip
HEAD = "Tracking ID;Nama;Isi;Klasifikasi;Instansi;Status;Masuk;Verifikasi;Jawab;Selesai;Buka Lagi"
KINDS = {"Pengaduan Tidak Berkadar Pengawasan": "pengaduan"}
ROW = (
    "1234567;Siti Aminah;Jalan rusak di rumah saya 08123456789;Pengaduan Tidak Berkadar Pengawasan;DPUPR;Selesai;"
    "02/03/2026;03/03/2026 14:05;06/03/2026;16 Maret 2026;"
)


def test_a_row_becomes_days_and_no_person(tmp_path: Path) -> None:
    (made,) = read(saved(tmp_path, ROW)).records
    assert made == Complaint(
        "lapor", "1234567", "pengaduan", date(2026, 3, 2), "DPUPR", "", date(2026, 3, 3), date(2026, 3, 6),
        date(2026, 3, 16),
    )  # fmt: skip
    assert not any(word in repr(made) for word in ("Siti", "Jalan", "0812"))


def test_a_workbook_is_read_as_the_csv_is(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Ekspor", 0)
    sheet.append(["EKSPOR PENGADUAN"])
    sheet.append(HEAD.split(";"))
    sheet.append([77, "Siti", "Isi", "aspirasi", "DLH", "Proses", date(2026, 3, 2)])
    book.save(tmp_path / "lapor.xlsx")
    (made,) = read(tmp_path / "lapor.xlsx").records
    assert (made.number, made.kind, made.received) == ("77", "aspirasi", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Tracking ID": ""}, "nomor pengaduan kosong"),
        ({"Masuk": ""}, "tanggal masuk kosong"),
        ({"Masuk": "kemarin Siti"}, "bukan tanggal"),
        ({"Selesai": "01/03/2026"}, "tanggal 01/03/2026 sebelum tanggal masuk 02/03/2026"),
        ({"Jawab": "31/02/2026"}, "bukan tanggal"),
        ({"Verifikasi": "03/03/2066"}, "masih di depan"),
        ({"Selesai": ""}, "status 'selesai' tanpa tanggal selesai"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_without_a_person(
    tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    batch = read(saved(tmp_path, row(**changed)))
    assert [note.place for note in batch.refused] == [f"lapor.csv, baris 2, kolom {next(iter(changed))}"]
    assert reason in batch.refused[0].reason
    assert "Siti" not in repr(batch)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Status": "Arsip"}, {"left_out": True}),
        ({"Selesai": ""}, {"undated": True}),
        ({"Klasifikasi": "Lain-lain"}, {"kind": "belum dipetakan"}),
        ({"Klasifikasi": "pengaduan  tidak berkadar PENGAWASAN"}, {"kind": "pengaduan"}),
        ({"Buka Lagi": "20/03/2026"}, {"reopened": date(2026, 3, 20)}),
    ],
)
def test_states_and_classes(tmp_path: Path, changed: dict[str, str], said: dict[str, Any]) -> None:
    (made,) = read(saved(tmp_path, row(**changed))).records
    assert {name: getattr(made, name) for name in said} == said


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    reader = export(saved(tmp_path, ROW))
    (first,) = reader.fetch({})
    assert list(reader.fetch(first.cursor)) == []
    saved(tmp_path, row(Status="Proses"))
    assert len(list(reader.fetch(first.cursor))) == 1


def test_a_missing_column_is_said_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "lapor.csv"
    file.write_text("Tracking ID;Masuk\n1;02/03/2026\n", encoding="utf-8")
    with pytest.raises(SourceUnavailable, match="kolom Buka Lagi"):
        read(file)


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"id": "A"}, "kunci received harus ada"), ({**COLUMNS, "nama": "Nama"}, "nama tidak dikenal")],
)
def test_only_known_columns_may_be_mapped(columns: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ComplaintColumns(columns=columns)


def test_a_request_for_information_may_be_extended(tmp_path: Path) -> None:
    file = tmp_path / "ppid.csv"
    file.write_text("No;Masuk;Perpanjangan\nP-1;02/03/2026;ya\nP-2;02/03/2026;tidak\n", encoding="utf-8")
    columns = {"id": "No", "received": "Masuk", "extended": "Perpanjangan"}
    batch = read(file, columns=columns, procedure="ppid", kinds={})
    assert [(r.kind, r.extended) for r in batch.records] == [("informasi", True), ("informasi", False)]


@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=12), min_size=9, max_size=9))
def test_no_cell_breaks_the_row(cells: list[str]) -> None:
    reader = ComplaintColumns(columns=COLUMNS)
    row = dict(zip(COLUMNS, cells, strict=True))
    made, refused = reader.complaint(row, lambda key: key, datetime(2026, 11, 23, tzinfo=UTC))
    assert made is not None or refused
    assert made is None or made.received <= date(2026, 11, 23)


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as made:
        yield made


def page(*numbers: int, total: int = 3) -> dict[str, Any]:
    return {"data": [{"id": n, "pelapor": "Siti", "disposisi": {"opd": "DLH"}, "masuk": 1772400000 + n}
                     for n in numbers], "total": total}  # fmt: skip


def asked(site: Loopback) -> ComplaintApi:
    columns = {"id": "id", "received": "masuk", "opd": "disposisi.opd"}
    paging = {"total": "total", "size": 2, "size_parameter": "limit"}
    return ComplaintApi.model_validate({"address": site.url("/aduan"), "columns": columns, "paging": paging})


def test_all_pages_are_read_and_unchanged_ones_are_not_told_again(site: Loopback) -> None:
    site.json("/aduan?limit=2&page=1", page(1, 2))
    site.json("/aduan?limit=2&page=2", page(3))
    batches = list(asked(site).fetch({}))
    assert [r.number for b in batches for r in b.records if isinstance(r, Complaint)] == ["1", "2", "3"]
    assert "Siti" not in repr(batches)
    site.json("/aduan?limit=2&page=2", page(4))
    again = list(asked(site).fetch(batches[-1].cursor))
    assert [r.number for b in again for r in b.records if isinstance(r, Complaint)] == ["4"]
    assert list(asked(site).fetch(again[-1].cursor)) == []


def test_a_page_that_is_missing_is_an_error_and_not_the_end(site: Loopback) -> None:
    site.json("/aduan?limit=2&page=1", page(1, 2))
    with pytest.raises(SourceUnavailable, match="404"):
        list(asked(site).fetch({}))
    assert api.DAYS[0] == "received"


def export(path: Path, **given: Any) -> ComplaintExport:
    return ComplaintExport.model_validate({"path": path, "columns": COLUMNS, "kinds": KINDS, **given})


def read(path: Path, **given: Any) -> Batch:
    batches = list(export(path, **given).fetch({}))
    return batches[0]


def saved(folder: Path, *rows: str) -> Path:
    file = folder / "lapor.csv"
    file.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return file


def row(**changed: str) -> str:
    cells = dict(zip(HEAD.split(";"), ROW.split(";"), strict=True))
    return ";".join({**cells, **changed}.values())
