"""Incidents from a vendor's table: only the mapped columns, new rows, and old ones that were corrected."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from pydantic import SecretStr, ValidationError

from datasources.calls112.records import Incident
from datasources.calls112.vendor_database import VendorDatabase
from datasources.contract import Refused, SourceUnavailable
from datasources.privacy import caller_hash
from tests.vendor_table import Vendor, vendor

__all__ = ["vendor"]
KEY = SecretStr("kunci-uji-yang-cukup-panjang")
TODAY = datetime(2026, 11, 22, 3, tzinfo=UTC)
COLUMNS = {
    "id": "id", "received": "tanggal_terima", "closed": "tanggal_selesai", "category": "kejadian",
    "kecamatan": "kec", "position": "lat_long",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def test_a_row_becomes_an_incident(vendor: Vendor) -> None:
    vendor.add(5, kec="3", lat_long="LatLng(-7.6727, 112.5430)")
    (incident,) = Reading(vendor, kecamatan_names={"3": "Pacet"}, opd_by_category={"kebakaran": "Damkar"}).fetch()
    assert incident == Incident(
        incident_id="5",
        t_received=datetime(2026, 11, 20, 5, 45, tzinfo=UTC),
        t_closed=datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
        category_raw="KEBAKARAN",
        opd="Damkar",
        kecamatan_code="35.16.03",
        lat=-7.6727,
        lon=112.5430,
    )


def test_nothing_new_yields_nothing(vendor: Vendor) -> None:
    vendor.add(5)
    vendor.add(6, tanggal_terima="kemarin")
    reading = Reading(vendor)
    assert len(reading.fetch()) == 1
    assert (reading.fetch(), reading.batches, len(reading.refused)) == ([], 1, 1)


def test_new_and_corrected_rows_are_given_and_others_are_not(vendor: Vendor) -> None:
    vendor.add(5, tanggal_terima="1 September 2026 10:00")
    for number in (6, 7, 8):
        vendor.add(number)
    reading = Reading(vendor, page=2)
    assert len(reading.fetch()) == 4
    vendor.add(9)
    vendor.run(f"UPDATE {vendor.table} SET kejadian = 'POHON TUMBANG' WHERE id IN (5, 7)")
    again = {i.incident_id: i.category_raw for i in reading.fetch()}
    assert again == {"7": "POHON TUMBANG", "9": "KEBAKARAN"}, "row 5 is older than thirty days"


def test_the_cursor_holds_no_code_from_which_a_number_could_be_found_again(vendor: Vendor) -> None:
    vendor.add(5)
    vendor.run(f"UPDATE {vendor.table} SET kejadian = '081234567890'")
    columns = {"id": "id", "received": "tanggal_terima", "caller": "kejadian"}
    reading = Reading(vendor, columns=columns)
    (incident,) = reading.fetch()
    assert incident.caller_hash == caller_hash("081234567890", KEY)
    raw = {"id": 5, "received": "20 November 2026 12:45", "caller": "081234567890"}
    ((_, code),) = reading.cursor["seen"]
    assert code != zlib.crc32(repr(sorted(raw.items())).encode())
    assert code == zlib.crc32(repr(sorted({**raw, "caller": incident.caller_hash}.items())).encode())
    vendor.run(f"UPDATE {vendor.table} SET kejadian = '081234567891'")
    assert len(reading.fetch()) == 1, "another number is a change"


def test_a_restart_between_pages_goes_on_from_there(vendor: Vendor) -> None:
    for number in range(1, 8):
        vendor.add(number)
    reading = Reading(vendor, page=2)
    first = reading.fetch(stop_after=2)
    assert [i.incident_id for i in (*first, *reading.fetch())] == [str(n) for n in range(1, 8)]


def test_a_rebuilt_table_is_read_from_its_first_row(vendor: Vendor) -> None:
    vendor.add(500)
    reading = Reading(vendor)
    reading.fetch()
    vendor.run(f"DELETE FROM {vendor.table}")
    vendor.add(1)
    assert [i.incident_id for i in reading.fetch()] == ["1"]


def test_a_mistyped_year_does_not_make_every_fetch_read_everything(vendor: Vendor) -> None:
    vendor.add(1, tanggal_terima="20 November 2062 12:45")
    vendor.add(2, tanggal_terima="1 September 2026 10:00")
    vendor.add(3)
    reading = Reading(vendor)
    reading.fetch()
    assert reading.cursor["first_ids"] == [["2026-11-20", 3]]


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        (
            {"lat_long": "LatLng(112.54, -7.67)"},
            "posisi di luar kabupaten, kejadian tetap dibaca tanpa posisi",
            "lat_long",
        ),
        ({"lat_long": "dekat pasar"}, "posisi harus seperti LatLng(-7.52, 112.56)", "lat_long"),
        ({"kec": "99"}, "'99' bukan kecamatan Kabupaten Mojokerto", "kec"),
        ({"tanggal_selesai": "30 Februari 2026"}, "kejadian tetap dibaca tanpa waktu itu", "tanggal_selesai"),
    ],
)
def test_a_wrong_cell_does_not_lose_the_incident(
    vendor: Vendor, cells: dict[str, str], reason: str, column: str
) -> None:
    vendor.add(5, **{"kec": "Pacet", **cells})
    reading = Reading(vendor)
    (incident,) = reading.fetch()
    (note,) = reading.refused
    assert reason in note.reason
    assert note.place == f"{vendor.table}, id 5, kolom {column}"
    field_of = {"lat_long": incident.lat, "kec": incident.kecamatan_code, "tanggal_selesai": incident.t_closed}
    assert field_of[column] is None


@pytest.mark.parametrize("zero", ["0000-00-00", "0000-00-00 00:00:00", "-", ""])
def test_a_zero_date_is_no_date(vendor: Vendor, zero: str) -> None:
    vendor.add(5, tanggal_selesai=zero)
    reading = Reading(vendor)
    assert [i.t_closed for i in reading.fetch()] == [None]
    assert reading.refused == []


@pytest.mark.parametrize(
    ("received", "reason"),
    [
        ("-", "waktu terima kosong"),
        ("14/14/2026", "waktu terima '14/14/2026': hari, bulan atau jam itu tidak ada"),
        ("Ibu Siti 081234567890", "waktu terima '•••' bukan tanggal"),
    ],
)
def test_a_row_without_a_time_of_receipt_is_refused(vendor: Vendor, received: str, reason: str) -> None:
    vendor.add(5, tanggal_terima=received)
    reading = Reading(vendor)
    assert reading.fetch() == []
    assert reason in reading.refused[0].reason
    assert "Siti" not in str(reading.refused)


def test_a_view_and_awkward_names_can_be_read(vendor: Vendor) -> None:
    vendor.add(5)
    view, heading = f"{vendor.table}_v", vendor.quoted("Waktu; Masuk")
    vendor.run(f"CREATE VIEW {view} AS SELECT id AS nomor, tanggal_terima AS {heading} FROM {vendor.table}")
    try:
        reading = Reading(vendor, table=view, columns={"id": "nomor", "received": "Waktu; Masuk"})
        assert [i.incident_id for i in reading.fetch()] == ["5"]
        assert reading.fetch() == []
    finally:
        vendor.run(f"DROP VIEW {view}")


def test_a_missing_table_or_column_is_named_with_those_that_exist(vendor: Vendor) -> None:
    with pytest.raises(SourceUnavailable, match=rf"Tabel lokasii tidak ada; yang ada: .*{vendor.table}"):
        Reading(vendor, table="lokasii").fetch()
    with pytest.raises(SourceUnavailable, match="kolom waktu tidak ada; kolom yang ada: id, lat_long, kec, kejadian"):
        Reading(vendor, columns={"id": "id", "received": "waktu"}).fetch()


def test_an_id_that_does_not_count_is_no_id(vendor: Vendor) -> None:
    vendor.add(5)
    with pytest.raises(SourceUnavailable, match="kolom id 'kejadian' harus bilangan bulat yang bertambah"):
        Reading(vendor, columns={"id": "kejadian", "received": "tanggal_terima"}).fetch()


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    reader = VendorDatabase(url=SecretStr("mariadb+pymysql://baca:rahasia@127.0.0.1:1/cc112"), columns=COLUMNS)
    with pytest.raises(SourceUnavailable, match=r"Basis data 127\.0\.0\.1:1/cc112 tidak dapat ditanya") as unavailable:
        list(reader.fetch({}))
    assert "rahasia" not in str(unavailable.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"url": "oracle://x:rahasia@y/z"}, "jenis basis data 'oracle' tidak dikenal; yang ada: mariadb"),
        ({"url": "bukan alamat"}, "alamat basis data tidak sah"),
        ({"columns": {"id": "id", "received": "t", "nama": "nama_pelapor"}}, "kunci nama tidak dikenal; yang ada: "),
        ({"columns": {"id": "id"}}, "kunci received harus ada"),
        ({"kecamatan_names": {"1": "Kalipuro"}}, "'Kalipuro' bukan nama atau kode kecamatan"),
    ],
)
def test_a_mistake_in_the_options_is_said(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as wrong:
        VendorDatabase.model_validate({"url": "sqlite:///a.db", "columns": COLUMNS, **options})
    assert "rahasia" not in str(wrong.value)


@dataclass
class Reading:
    """Fetches as the runner does, with the cursor kept as JSON."""

    vendor: Vendor
    columns: dict[str, str] = field(default_factory=lambda: COLUMNS)
    table: str = ""
    page: int = 2_000
    kecamatan_names: dict[str, str] = field(default_factory=dict)
    opd_by_category: dict[str, str] = field(default_factory=dict)
    cursor: dict[str, Any] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    batches: int = 0

    def fetch(self, stop_after: int = 1000) -> list[Incident]:
        reader = VendorDatabase(
            url=SecretStr(self.vendor.url),
            table=self.table or self.vendor.table,
            columns=self.columns,
            page=self.page,
            kecamatan_names=self.kecamatan_names,
            opd_by_category=self.opd_by_category,
            caller_key=KEY,
        )
        found: list[Any] = []
        for number, batch in enumerate(reader.fetch(self.cursor), start=1):
            found.extend(batch.records)
            self.refused.extend(batch.refused)
            self.cursor = json.loads(json.dumps(batch.cursor))
            self.batches += 1
            if number == stop_after:
                break
        return found
