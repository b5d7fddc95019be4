"""Incidents from a case list that somebody exports or types."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from datasources.calls112 import case_list
from datasources.calls112.case_list import CaseList
from datasources.calls112.records import Incident
from datasources.contract import Batch, SourceUnavailable

COLUMNS = {
    "id": "No Tiket", "received": "Waktu Terima", "arrived": "Tiba", "category": "Kategori",
    "kecamatan": "Kecamatan", "desa": "Desa", "status": "Status", "opd": "OPD",
}  # fmt: skip
HEADINGS = "No Tiket;Waktu Terima;Tiba;Kategori;Kecamatan;Desa;Status;OPD;Nama Pelapor"
ROW = "T-1;02/03/2026 14:05;02/03/2026 14:17;Kebakaran;Trowulan;Trowulan;selesai;Damkar;Siti"


def test_a_csv_row_becomes_an_incident(tmp_path: Path) -> None:
    (incident,) = read(saved(tmp_path, ROW)).records
    assert isinstance(incident, Incident)
    assert (incident.incident_id, incident.category_raw, incident.opd) == ("T-1", "Kebakaran", "Damkar")
    assert incident.t_received == datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
    assert incident.t_arrived == datetime(2026, 3, 2, 7, 17, tzinfo=UTC)
    assert incident.kecamatan_code is not None
    assert incident.desa_code is not None
    assert incident.desa_code.startswith(incident.kecamatan_code + ".")
    assert "Siti" not in repr(incident)


def test_a_workbook_with_a_title_above_its_headings_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Kasus")
    sheet.append(["DAFTAR KEJADIAN 112"])
    sheet.append(HEADINGS.split(";"))
    sheet.append([17, datetime(2026, 3, 2, 14, 5), None, "Banjir", "Kec. Pacet"])  # noqa: DTZ001 - as Excel keeps it
    book.save(tmp_path / "kasus.xlsx")
    (incident,) = read(tmp_path / "kasus.xlsx", sheet="Kasus").records
    assert isinstance(incident, Incident)
    assert (incident.incident_id, incident.t_arrived, incident.kecamatan_code) == ("17", None, "35.16.03")


def test_a_cancelled_report_is_known_by_its_status(tmp_path: Path) -> None:
    (incident,) = read(saved(tmp_path, ROW.replace("selesai", "Batal"))).records
    assert isinstance(incident, Incident)
    assert (incident.cancelled, incident.status) == (True, "Batal")


@pytest.mark.parametrize(
    ("row", "reason", "column", "kept"),
    [
        (ROW.replace("02/03/2026 14:05", "2/14/2026"), "waktu terima '2/14/2026': hari, bulan", "Waktu Terima", 0),
        (ROW.replace("02/03/2026 14:05", ""), "waktu terima kosong", "Waktu Terima", 0),
        ("JUMLAH;;;86.161", "waktu terima kosong", "Waktu Terima", 0),
        (ROW.replace("T-1", ""), "id kosong", "No Tiket", 0),
        (ROW.replace("02/03/2026 14:17", "14:17"), "'14:17' bukan tanggal; tulis seperti", "Tiba", 1),
        (ROW.replace("Trowulan;Trowulan", "Magersari;"), "'Magersari' bukan kecamatan Kabupaten", "Kecamatan", 1),
        (ROW.replace("Trowulan;Trowulan", "Trowulan;Pacet"), "'Pacet' bukan desa di kecamatan itu", "Desa", 1),
    ],
)
def test_a_wrong_cell_is_refused_by_file_row_and_column(
    tmp_path: Path, row: str, reason: str, column: str, kept: int
) -> None:
    batch = read(saved(tmp_path, row))
    assert len(batch.records) == kept
    (note,) = batch.refused
    assert reason in note.reason
    assert note.place == f"kasus.csv, baris 2, kolom {column}"


def test_an_unchanged_file_yields_nothing_and_a_changed_one_everything(tmp_path: Path) -> None:
    path = saved(tmp_path, ROW)
    cursor = read(path).cursor
    assert list(reader(path).fetch(cursor)) == []
    saved(tmp_path, ROW, ROW.replace("T-1", "T-2"))
    (batch,) = reader(path).fetch(cursor)
    assert len(batch.records) == 2


def test_a_long_file_counts_as_read_only_with_its_last_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_list, "ROWS_PER_BATCH", 2)
    path = saved(tmp_path, *(ROW.replace("T-1", f"T-{n}") for n in range(5)))
    batches = list(reader(path).fetch({}))
    assert [len(b.records) for b in batches] == [2, 2, 1]
    assert ["sha256" in b.cursor for b in batches] == [False, False, True]


def test_of_a_folder_the_newest_file_is_read(tmp_path: Path) -> None:
    old = saved(tmp_path, ROW).rename(tmp_path / "februari.csv")
    os.utime(old, (1, 1))
    saved(tmp_path, ROW.replace("T-1", "T-9"))
    (tmp_path / "~$kasus.csv").write_text("terbuka di Excel")
    (incident,) = read(tmp_path, pattern="*.csv").records
    assert isinstance(incident, Incident)
    assert incident.incident_id == "T-9"


def test_an_empty_folder_and_a_missing_column_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="tidak berisi"):
        read(tmp_path, pattern="*.xlsx")
    (tmp_path / "kasus.csv").write_text("No Tiket;Kategori\n1;a\n")
    with pytest.raises(SourceUnavailable, match="kolom yang ada: No Tiket, Kategori"):
        read(tmp_path / "kasus.csv")


def reader(path: Path, **options: Any) -> CaseList:
    return CaseList(path=path, columns=COLUMNS, **options)


def read(path: Path, **options: Any) -> Batch:
    (batch,) = reader(path, **options).fetch({})
    return batch


def saved(folder: Path, *lines: str) -> Path:
    path = folder / "kasus.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
    return path
