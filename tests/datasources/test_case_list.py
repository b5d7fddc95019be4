"""Incidents from a case list that somebody exports or types."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pydantic import SecretStr, ValidationError

from datasources import region, registry
from datasources.calls112 import case_list
from datasources.calls112.case_list import CaseList
from datasources.calls112.records import CallClass, Incident
from datasources.contract import Batch, SourceUnavailable
from datasources.privacy import caller_hash
from tests.bench.case_list_of import SOURCE, rows, write_csv, write_workbook

KEY = SecretStr("kunci-uji-yang-cukup-panjang")
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
        (
            ROW.replace("02/03/2026 14:05", "2/3/2062"),
            "waktu terima '2/3/2062' masih di depan; periksa",
            "Waktu Terima",
            0,
        ),
        (ROW.replace("02/03/2026 14:17", "2/3/2062"), "masih di depan; periksa jam, tahun dan zona", "Tiba", 1),
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


def test_the_whole_life_cycle_the_calls_and_the_class_are_read(tmp_path: Path) -> None:
    headings = ["T", "masuk", "dibuat", "kirim", "terima", "berangkat", "tiba", "kendali", "tutup", "buka", "kelas",
                "panggilan", "n", "lat", "lon"]  # fmt: skip
    cells = ["T-1", *(f"2026-03-02 14:{minute:02}" for minute in range(9)), "Darurat", "17.2", "3", "-7.52", "112.56"]
    stages_of = ("created", "dispatched", "acknowledged", "enroute", "arrived", "controlled", "closed", "reopened")
    ours = ("id", "received", *stages_of, "class", "first_call", "n_calls", "lat", "lon")
    columns = dict(zip(ours, headings, strict=True))
    (tmp_path / "kasus.csv").write_text("\n".join([",".join(headings), ",".join(cells)]))
    start = datetime(2026, 3, 2, 7, tzinfo=UTC)
    stages: dict[str, Any] = {f"t_{name}": start + timedelta(minutes=n) for n, name in enumerate(stages_of, start=1)}
    facts: dict[str, Any] = {"class_raw": "Darurat", "first_call_id": "17.2", "n_calls": 3, "lat": -7.52, "lon": 112.56}
    incident, written_down = read(tmp_path / "kasus.csv", columns=columns).records
    assert incident == Incident("T-1", start, "", **stages, **facts)
    assert written_down == CallClass("17.2", start, "Darurat")


def test_stages_that_go_backwards_are_read_as_they_stand(tmp_path: Path) -> None:
    (incident,) = read(saved(tmp_path, ROW.replace("02/03/2026 14:17", "02/03/2026 13:00"))).records
    assert isinstance(incident, Incident)
    assert incident.t_arrived is not None
    assert incident.t_arrived < incident.t_received


@pytest.mark.parametrize("written", ["0812-3456-7890", "+6281234567890", "81234567890"])
def test_a_number_leaves_the_row_as_a_keyed_hash_only(tmp_path: Path, written: str) -> None:
    path = saved(tmp_path, ROW.replace("Siti", written))
    batch = read(path, columns={**COLUMNS, "caller": "Nama Pelapor"}, caller_key=KEY)
    (incident,) = batch.records
    assert isinstance(incident, Incident)
    assert incident.caller_hash == caller_hash("081234567890", KEY)
    assert "34567890" not in repr(batch)


def test_a_number_cannot_be_asked_for_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="isi CALLER_HASH_KEY dengan sedikitnya 16 karakter acak"):
        reader(tmp_path, columns={**COLUMNS, "caller": "Nama Pelapor"})


def test_a_name_in_a_wrong_place_is_not_repeated(tmp_path: Path) -> None:
    row = ROW.replace("02/03/2026 14:17", "Siti\0Aminah 081234567890")
    said = repr(read(saved(tmp_path, row)))
    assert "bukan tanggal" in said
    for secret in ("Siti", "Aminah", "1234567890"):
        assert secret not in said


@pytest.mark.parametrize("write", [write_csv, write_workbook])
def test_a_list_of_fifty_columns_is_mapped_by_configuration_alone(
    tmp_path: Path, write: Callable[[Path, int], None]
) -> None:
    write(tmp_path / "kasus", 300)
    (tmp_path / "sources.toml").write_text(SOURCE.format(path=tmp_path / "kasus"), encoding="utf-8")
    (source,) = registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": KEY.get_secret_value()})
    assert isinstance(source.reader, CaseList)
    (batch,) = source.reader.fetch({})
    assert batch.refused == ()
    found = {i.incident_id: i for i in batch.records if isinstance(i, Incident)}
    for row in rows(300):
        incident = found[str(row["Incident_Number"])]
        told = (incident.t_received, incident.t_dispatched, incident.t_arrived, incident.t_closed, incident.t_reopened)
        assert told == tuple(row.get(name) for name in (
            "Incident_Start_Time", "Incident_Dispatch_Time", "Incident_Arrival_Time", "Incident_First_Close_Time",
            "Incident_Reopen_Time"))  # fmt: skip
        assert (incident.opd, incident.n_calls, incident.lat) == (row["Agency"], row["Call_Count"], row["Latitude"])
        assert incident.caller_hash == caller_hash(str(row["Caller_Phone"]), KEY)
        assert region.by_code()[str(incident.kecamatan_code)].name == row["Kecamatan"]
    for secret in ("Pelapor", "Jalan Uji", "Catatan"):
        assert secret not in repr(batch)


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
    return CaseList(**{"path": path, "columns": COLUMNS, **options})


def read(path: Path, **options: Any) -> Batch:
    (batch,) = reader(path, **options).fetch({})
    return batch


def saved(folder: Path, *lines: str) -> Path:
    path = folder / "kasus.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
    return path
