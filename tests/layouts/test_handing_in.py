"""The form for handing in: every step asks who it is, and a preview says in words what would count."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import Engine

from dashboard.ingestion.check import Report
from dashboard.ingestion.upload_checks import UploadRefused
from dashboard.ingestion.uploading import Preview
from dashboard.store import ingestion_log
from dashboard.store.database import writing
from dashboard.store.people import Person
from datasources import registry
from datasources.contract import Refused
from datasources.registry import ConfiguredSource
from datasources.resources import waste_workbook
from layouts.access import who
from layouts.access.who import NOT_ALLOWED
from layouts.handing_in import form, templates
from layouts.handing_in.preview import told
from tests.dashboard.test_scoreboard import SAMPAH
from tests.datasources.resource_files import filled

HEAD = Person(1, "joko", "Kepala DLH", "kepala_opd", "DLH")
OTHER = Person(2, "dewi", "Kepala BPBD", "kepala_opd", "BPBD")
DESK = Person(3, "sari", "Sari", "supervisor_112")


@dataclass(frozen=True)
class Row:
    topic: ClassVar[str] = "waste_months"
    month: date
    tonnes: Decimal
    note: str = ""


@pytest.fixture
def sources(engine: Engine, tmp_path: Path) -> dict[str, ConfiguredSource]:
    file = tmp_path / "sources.toml"
    file.write_text(SAMPAH.format(folder=tmp_path), encoding="utf-8")
    made = registry.load(file, {"CALLER_HASH_KEY": "c" * 40})
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in made])
    return {s.id: s for s in made}


@pytest.fixture
def contents(tmp_path: Path) -> str:
    """A workbook as a browser sends it."""
    rows = [["2025-01", 14_000, None, 12, 2500, None, 9000, "timbangan"]]
    file = filled(tmp_path / "isi.xlsx", waste_workbook.write_template, Sampah_bulanan=rows)
    return f"data:application/zip;base64,{base64.b64encode(file.read_bytes()).decode()}"


def is_there(monkeypatch: pytest.MonkeyPatch, person: Person | None) -> None:
    monkeypatch.setattr(form, "person", lambda: person)
    monkeypatch.setattr(who, "person", lambda: person)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [(None, NOT_ALLOWED), (DESK, NOT_ALLOWED), (OTHER, "Data 'Laporan sampah' disetor oleh DLH")],
    ids=["nobody", "another role", "another agency"],
)
def test_who_may_not_hand_in_neither_sees_a_preview_nor_decides(
    engine: Engine, sources: dict[str, ConfiguredSource], contents: str, monkeypatch: pytest.MonkeyPatch,
    person: Person | None, sentence: str,
) -> None:  # fmt: skip
    is_there(monkeypatch, person)
    assert form._own(sources) == []
    seen = form._previewed(engine, sources, "sampah", "isi.xlsx", contents)
    decided = form._decided(engine, sources["sampah"], 1, takes=True)
    for answer in (seen, decided):
        assert sentence in str(answer)


def test_the_head_of_the_agency_sees_it_and_lets_it_count(
    engine: Engine, sources: dict[str, ConfiguredSource], contents: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_there(monkeypatch, HEAD)
    assert [s.id for s in form._own(sources)] == ["sampah"]
    seen = form._previewed(engine, sources, "sampah", "isi.xlsx", contents)
    assert isinstance(seen, Preview)
    assert "1 baris diterima, 0 ditolak" in str(form._decided(engine, sources["sampah"], seen.number, takes=True))
    assert "sudah diputuskan" in str(form._decided(engine, sources["sampah"], seen.number, takes=True))


@pytest.mark.parametrize("sent", ["data:,x", "data:;base64,***", "data:;base64," + "A" * (form.ENCODED + 1)])
def test_what_does_not_arrive_whole_or_is_too_long_is_refused(sent: str) -> None:
    with pytest.raises(UploadRefused):
        form._decoded(sent)


def test_a_preview_says_how_much_counts_and_names_each_refused_cell() -> None:
    report = Report("sampah", samples=[Row(date(2026, 10, 1), Decimal("9000.5"))])  # type: ignore[list-item]
    report.rows["waste_months"] = 1
    report.refused = [Refused("<b>-5</b>", "tidak mungkin", f"isi.xlsx, baris {n}") for n in range(205)]
    said = str(told(Preview(7, "isi.xlsx", report)))
    assert "isi.xlsx: 1 baris akan dihitung, 205 ditolak." in said
    assert "01/10/2026 · 9.000,5" in said
    assert "isi.xlsx, baris 199" in said
    assert "+ 5 lagi" in said


def test_a_template_is_a_workbook_and_another_name_is_none() -> None:
    server = Flask("uji")
    templates.register(server)
    client: Any = server.test_client()
    got = client.get("/templat/sampah.xlsx")
    assert got.data.startswith(b"PK")
    assert "sampah_20" in got.headers["Content-Disposition"]
    assert client.get("/templat/rahasia.xlsx").status_code == 404
