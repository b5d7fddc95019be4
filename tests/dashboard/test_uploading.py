"""Handing in a workbook: what is refused at the door, what a preview says, and that it counts once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine

from dashboard.ingestion.upload_checks import LARGEST, UploadRefused, checked_name
from dashboard.ingestion.uploading import Preview, accept, give_up, preview
from dashboard.store import audit, ingestion_log, uploads
from dashboard.store.database import reading, writing
from dashboard.store.duty_deliveries import deliveries
from dashboard.store.people import Person
from dashboard.store.waste import months_between
from datasources import registry
from datasources.registry import ConfiguredSource
from datasources.resources import waste_workbook
from tests.builders import NOW
from tests.dashboard.test_scoreboard import SAMPAH
from tests.datasources.resource_files import filled

DLH = Person(1, "joko", "Kepala DLH", "kepala_opd", "DLH")
BPBD = Person(2, "dewi", "Kepala BPBD", "kepala_opd", "BPBD")
ANALYST = Person(3, "ani", "Ani", "analis")
MINUTE = timedelta(minutes=1)
GOOD = ["2026-10", 14_000, None, 12, 2500, None, 9000, "timbangan"]
BAD = ["2026-09", -5, None, 12, 2500, None, 9000, "kira-kira"]


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def source(engine: Engine, tmp_path: Path) -> ConfiguredSource:
    file = tmp_path / "sources.toml"
    file.write_text(SAMPAH.format(folder=tmp_path), encoding="utf-8")
    made = registry.load(file, {"CALLER_HASH_KEY": "c" * 40})
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in made])
    return made[0]


@pytest.fixture
def workbook(tmp_path: Path) -> bytes:
    return filled(tmp_path / "isi.xlsx", waste_workbook.write_template, Sampah_bulanan=[GOOD, BAD]).read_bytes()


def look(engine: Engine, source: ConfiguredSource, content: bytes, by: Person = DLH, minute: int = 0) -> Preview:
    return preview(engine, source, "laporan.xlsx", content, by, NOW + minute * MINUTE)


def tonnes(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return [month.landfilled_t for month in months_between(connection, date(2026, 1, 1), date(2026, 12, 1))]


def test_a_preview_names_each_refused_cell_and_counts_nothing(
    engine: Engine, source: ConfiguredSource, workbook: bytes
) -> None:
    found = look(engine, source, workbook)
    assert (found.report.rows.total(), len(found.report.refused)) == (1, 2)
    assert [r.place for r in found.report.refused] == [
        "sampah.xlsx, lembar Sampah bulanan, baris 3, kolom Timbulan",
        "sampah.xlsx, lembar Sampah bulanan, baris 3, kolom Cara ukur",
    ]
    assert tonnes(engine) == []


def test_what_is_accepted_counts_once_and_completes_the_period(
    engine: Engine, source: ConfiguredSource, workbook: bytes
) -> None:
    number = look(engine, source, workbook).number
    assert accept(engine, source, number, DLH, NOW + MINUTE) == "1 baris diterima, 2 ditolak."
    assert len(tonnes(engine)) == 1
    with pytest.raises(UploadRefused, match="sudah diputuskan"):
        accept(engine, source, number, DLH, NOW + 2 * MINUTE)
    with reading(engine) as connection:
        (came,) = deliveries(connection)
        (kept,) = uploads.newest_uploads(connection, [source.id])
        log = audit.entries(connection)
        refused = ingestion_log.quarantined(connection, source.id)
    assert (came.first, came.rows, came.complete_at is not None) == (date(2026, 10, 1), 1, True)
    assert (kept.state, kept.by, kept.said) == ("diterima", "joko", "1 baris diterima, 2 ditolak.")
    assert "data disetor" in str(log[0])
    assert len(refused) == 2
    again = look(engine, source, workbook, minute=5)
    assert again.again is not None
    accept(engine, source, again.number, DLH, NOW + 6 * MINUTE)
    assert len(tonnes(engine)) == 1


def test_nobody_hands_in_for_another_agency_or_decides_for_another_person(
    engine: Engine, source: ConfiguredSource, workbook: bytes
) -> None:
    with pytest.raises(UploadRefused, match="disetor oleh DLH"):
        look(engine, source, workbook, BPBD)
    number = look(engine, source, workbook).number
    with pytest.raises(UploadRefused, match="sudah diputuskan"):
        accept(engine, source, number, ANALYST, NOW)
    assert tonnes(engine) == []
    accept(engine, source, look(engine, source, workbook, ANALYST).number, ANALYST, NOW)
    assert len(tonnes(engine)) == 1


def test_what_is_given_up_or_replaced_can_no_longer_count(
    engine: Engine, source: ConfiguredSource, workbook: bytes
) -> None:
    first = look(engine, source, workbook).number
    second = look(engine, source, workbook, minute=1).number
    give_up(engine, source, second, DLH, NOW)
    for number in (first, second):
        with pytest.raises(UploadRefused, match="sudah diputuskan"):
            accept(engine, source, number, DLH, NOW)


def test_a_workbook_of_another_kind_says_so_and_cannot_be_accepted(
    engine: Engine, source: ConfiguredSource, tmp_path: Path
) -> None:
    found = look(engine, source, packed({"xl/worksheets/sheet1.xml": b"<worksheet/>"}))
    assert found.number == 0
    assert found.report.error


def packed(parts: dict[str, bytes], compress: bool = True) -> bytes:
    """A ZIP with the parts that make a workbook, and these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


BOMB = {"xl/worksheets/sheet1.xml": b"0" * (101 * 2**20)}
FAR = {"xl/worksheets/sheet1.xml": b'<c r="A1"/><c r="XFD1048576"/>'}
LAUGHS = {"xl/sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "kosong"),
        ("a.xlsx", b"x" * (LARGEST + 1), "lebih besar dari 5 MiB"),
        ("a.exe", b"MZ", "berakhiran '.exe'; yang diterima .xlsx dan .csv"),
        ("a.xlsm", packed({}), "berakhiran '.xlsm'"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0lama", "bukan buku kerja .xlsx"),
        ("a.xlsx", b"PK\x03\x04rusak", "rusak atau bersandi"),
        ("a.xlsx", packed({"xl/vbaProject.bin": b"x"}), "berisi makro"),
        ("a.xlsx", packed(BOMB), "terlalu besar setelah dibuka"),
        ("a.xlsx", packed({f"xl/media/{n}.png": b"" for n in range(500)}), "terlalu besar setelah dibuka"),
        ("a.xlsx", packed(FAR), "sel jauh di luar tabel"),
        ("a.xlsx", packed(LAUGHS), "deklarasi XML"),
        ("a.csv", b"PK\x03\x04", "bukan CSV"),
        ("a.csv", b"a;b\0", "bukan CSV"),
    ],
)  # fmt: skip
def test_what_may_not_be_read_is_refused_at_the_door(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UploadRefused, match=sentence):
        checked_name(name, content)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\laporan.csv", "laporan.csv"),
        ("lap<oran>|1.csv", "lap_oran__1.csv"),
        (".csv.csv", "csv.csv"),
    ],
)
def test_a_name_leads_nowhere(name: str, safe: str) -> None:
    assert checked_name(name, b"a;b\n1;2\n") == safe
