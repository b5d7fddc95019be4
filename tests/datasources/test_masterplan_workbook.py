"""The masterplan's workbook: its template is what the reader reads, and each wrong cell gets its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from datasources.contract import Batch
from datasources.demo.masterplan_rows import Example
from datasources.demo.masterplan_workbook import SLIPS, write_workbook
from datasources.resources import cells
from datasources.resources.masterplan_workbook import FORMS, MasterplanWorkbook, write_template
from tests.datasources.demo_regency import sources
from tests.datasources.resource_files import filled, read

TODAY = date(2026, 11, 23)
DAY = date(2024, 1, 2)
DOCUMENT = ["MP", "Masterplan", "masterplan", "Perbup 1/2024", 2024, 2028, DAY, DAY, None, "resmi", None]
PROGRAMME = ["GOV-01", "MP", None, "pelayanan publik", "Layanan", "ya", "pendek", 2024, 2028, "Diskominfo", None, None,
             None, "berjalan"]  # fmt: skip
ACTION = ["GOV-01-A1", "GOV-01", "Kegiatan", "Keluaran", date(2027, 6, 30), "Diskominfo", 2, 40, TODAY, None]
INDICATOR = ["I-1", "GOV-01", "Layanan daring", "output", "layanan", "naik", None, None]
RANGE = ["I-2", "GOV-01", "Kelembapan", "output", "%", "rentang", None, None]
TARGET = ["I-1", 2026, 40, 10, 20, 30, 40, "Bappeda", "Lampiran", None]
REALISATION = ["I-1", 2026, "TW3", 31.5, date(2026, 10, 5), "Diskominfo", None, "https://a.id/1 https://a.id/2", None]


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: TODAY)


def handed_in(path: Path, **sheets: Sequence[Sequence[Any]]) -> Batch:
    """A whole plan, with other rows in the named sheets."""
    whole: dict[str, Sequence[Sequence[Any]]] = {
        "Dokumen": [DOCUMENT], "Program": [PROGRAMME], "Rencana_aksi": [ACTION], "Indikator": [INDICATOR, RANGE],
        "Target": [TARGET], "Realisasi": [REALISATION],
    }  # fmt: skip
    return read(MasterplanWorkbook(path=filled(path, write_template, **{**whole, **sheets})))


def test_the_template_has_a_sheet_for_each_form_and_says_nothing_while_it_is_empty(tmp_path: Path) -> None:
    write_template(tmp_path / "m.xlsx", 2026)
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == [*(form.sheet for form in FORMS), "Petunjuk"]
    batch = read(MasterplanWorkbook(path=tmp_path / "m.xlsx"))
    assert (batch.records, batch.refused) == ((), ())


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    batch = handed_in(tmp_path / "m.xlsx")
    assert batch.refused == ()
    by_topic = {record.topic: record for record in batch.records}
    target: Any = by_topic["masterplan_targets"]
    assert (target.annual, target.q1, target.q4) == ("40", "10", "40")
    told: Any = by_topic["masterplan_realisations"]
    assert told.evidence == "https://a.id/1\nhttps://a.id/2"
    programme: Any = by_topic["masterplan_programmes"]
    assert programme.quick_win is True
    assert max(record.data_time for record in batch.records).date() <= TODAY


@pytest.mark.parametrize(
    ("written", "kept"), [("40–60", "40..60"), ("40 s/d 60", "40..60"), ("12,5-20", "12.5..20"), ("0 sampai 5", "0..5")]
)
def test_a_range_is_a_target_of_an_indicator_whose_good_lies_between(tmp_path: Path, written: str, kept: str) -> None:
    batch = handed_in(tmp_path / "m.xlsx", Target=[["I-2", 2026, written, None, None, None, None, "B", "L", None]])
    assert [r.annual for r in batch.records if r.topic == "masterplan_targets"] == [kept]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "sentence"),
    [
        ("Target", [*TARGET[:2], "empat", *TARGET[3:]], "Setahun", "'empat' bukan angka; tulis angka seperti 12,5"),
        ("Target", [*TARGET[:2], "-5", *TARGET[3:]], "Setahun", "bukan target; tulis angka seperti 40, atau rentang"),
        ("Target", [*TARGET[:2], "60-40", *TARGET[3:]], "Setahun", "terbalik"),
        ("Target", [*TARGET[:2], "40-60", *TARGET[3:]], "Setahun", "indikator I-1 berarah naik; tulis satu angka"),
        ("Target", ["I-2", *TARGET[1:]], "Setahun", "indikator I-2 berarah rentang; tulis rentang seperti 40–60"),
        ("Target", ["I-9", *TARGET[1:]], "Indikator", "kode I-9 tidak ada di lembar Indikator; tulis kode dari sana"),
        ("Realisasi", [*REALISATION[:3], "1.234", *REALISATION[4:]], "Nilai", "dapat berarti 1234 atau 1,234"),
        ("Realisasi", [*REALISATION[:2], "Q3", *REALISATION[3:]], "Masa", "tulis salah satu dari tahunan, TW1, TW2"),
        ("Realisasi", [*REALISATION[:4], date(2025, 12, 31), *REALISATION[5:]], "Tanggal data", "sebelum tahun 2026"),
        ("Realisasi", [*REALISATION[:7], "javascript:alert(1)", None], "Bukti", "tidak dapat dipakai"),
        ("Program", [*PROGRAMME[:3], "pelayanan", *PROGRAMME[4:]], "Sub-dimensi", "tidak dikenal"),
        ("Program", ["GOV-01", "RPJMD", *PROGRAMME[2:]], "Dokumen", "kode RPJMD tidak ada di lembar Dokumen"),
        ("Program", [*PROGRAMME[:8], 2023, *PROGRAMME[9:]], "Tahun akhir", "lebih awal dari permulaannya (2024)"),
        ("Rencana_aksi", [*ACTION[:8], None, None], "Per tanggal", "kosong padahal progres diisi"),
        ("Rencana_aksi", [*ACTION[:7], 140, TODAY, None], "Progres %", "tulis angka 0 sampai 100 %"),
        ("Dokumen", [*DOCUMENT[:9], "sah", None], "Status", "tulis salah satu dari resmi, rancangan, contoh"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_with_its_place(
    tmp_path: Path, sheet: str, row: list[Any], column: str, sentence: str
) -> None:
    refused = handed_in(tmp_path / "m.xlsx", **{sheet: [row]}).refused[0]
    assert refused.place == f"m.xlsx, lembar {sheet.replace('_', ' ')}, baris 2, kolom {column}"
    assert sentence in refused.reason


def test_one_wrong_cell_of_a_programme_refuses_that_row_and_not_what_names_it(tmp_path: Path) -> None:
    batch = handed_in(tmp_path / "m.xlsx", Program=[[*PROGRAMME[:6], "kilat", *PROGRAMME[7:]]])
    assert [one.place for one in batch.refused] == ["m.xlsx, lembar Program, baris 2, kolom Horizon"]
    assert {"masterplan_indicators", "masterplan_actions"} <= {record.topic for record in batch.records}


def test_an_office_hands_in_realisation_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "opd.xlsx", write_template, Realisasi=[REALISATION]))
    for name in book.sheetnames:
        if name != "Realisasi":
            del book[name]
    book.save(tmp_path / "opd.xlsx")
    batch = read(MasterplanWorkbook(path=tmp_path / "opd.xlsx"))
    assert ([r.topic for r in batch.records], batch.refused) == (["masterplan_realisations"], ())


def test_the_example_is_read_by_the_real_reader_and_every_name_in_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    write_workbook(tmp_path / "demo" / "masterplan.xlsx", Example("mojokerto", TODAY, 18, 2))
    source = sources(tmp_path)["masterplan"]
    assert source.simulated
    batch = read(source.reader)  # type: ignore[arg-type]
    assert len(batch.refused) == SLIPS
    said = {"masterplan_documents": "title", "masterplan_goals": "goal", "masterplan_strategies": "strategy",
            "masterplan_programmes": "name", "masterplan_actions": "activity", "masterplan_indicators": "name",
            "office_holders": "holder"}  # fmt: skip
    names = [getattr(record, said[record.topic]) for record in batch.records if record.topic in said]
    assert len(names) > 100
    assert [name for name in names if not name.startswith("CONTOH")] == []
    assert {r.standing for r in batch.records if r.topic == "masterplan_documents"} == {"contoh"}  # type: ignore[attr-defined]
