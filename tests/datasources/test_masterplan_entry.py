"""A row typed into a form of the masterplan says what the workbook's row says, and is refused in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from datasources.resources import cells
from datasources.resources import masterplan_forms as plan
from datasources.resources import masterplan_indicator_forms as judged
from datasources.resources.form import Form
from datasources.resources.masterplan_cells import typed
from datasources.resources.masterplan_entry import read_entry
from datasources.resources.masterplan_references import REFERENCES
from datasources.resources.masterplan_workbook import MasterplanWorkbook, write_template
from tests.dashboard.masterplan_kept import document, indicator, programme
from tests.datasources.resource_files import filled, read

TODAY = date(2026, 11, 23)
PROGRAMME = {"code": "GOV-09", "document": "MP", "sub_dimension": "pelayanan publik", "name": "Loket daring",
             "quick_win": "ya", "horizon": "pendek", "first_year": "2026", "last_year": "2027", "opd": "Diskominfo",
             "course": "direncanakan"}  # fmt: skip
ACTION = {"code": "P-1-A9", "programme": "P-1", "activity": "Melatih petugas", "output": "40 petugas",
          "due_on": "2027-06-30", "opd": "Dinkes", "weight": "1,5"}  # fmt: skip
INDICATOR = {"code": "P-1-I9", "programme": "P-1", "name": "Puskesmas daring", "kind": "output", "unit": "puskesmas",
             "direction": "naik", "baseline": "3"}  # fmt: skip
TARGET = {"indicator": "I-1", "year": "2027", "annual": "40", "q4": "12,5", "set_by": "Dinkes", "basis": "Renja"}
BUDGET = {"programme": "P-1", "year": "2027", "planned": "250.000.000"}
KNOWN = ((plan.DOCUMENTS, [document()]), (plan.STRATEGIES, []), (plan.PROGRAMMES, [programme("P-1")]),
         (judged.INDICATORS, [indicator("I-1", "P-1"), indicator("I-2", "P-1", "rentang")]))  # fmt: skip


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: TODAY)


def entered(form: Form, cells: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """Beside the sheets that the row names."""
    named = [parent for child, _, parent in REFERENCES if child is form]
    return read_entry(form, cells, [known for known in KNOWN if known[0] in named])


@pytest.mark.parametrize(
    ("form", "row", "field", "value"),
    [
        (plan.PROGRAMMES, PROGRAMME, "quick_win", True),
        (plan.PROGRAMMES, {**PROGRAMME, "valid_until": "2026-12-31"}, "valid_until", date(2026, 12, 31)),
        (plan.ACTIONS, ACTION, "due_on", date(2027, 6, 30)),
        (judged.INDICATORS, INDICATOR, "baseline", 3),
        (judged.TARGETS, TARGET, "q4", "12.5"),
        (judged.TARGETS, {**TARGET, "indicator": "I-2", "annual": "40 s/d 60", "q4": ""}, "annual", "40..60"),
        (plan.BUDGETS, BUDGET, "planned", 250_000_000),
    ],
)
def test_a_typed_row_is_the_record_of_the_workbook(form: Form, row: Any, field: str, value: Any) -> None:
    record, refused = entered(form, row)
    assert refused == []
    assert getattr(record, field) == value
    again = {name: typed(getattr(record, name)) for name in row if name not in judged.AIMS}
    assert entered(form, {**row, **again})[0] == record


@pytest.mark.parametrize(
    ("form", "row", "column", "sentence"),
    [
        (plan.PROGRAMMES, {**PROGRAMME, "name": ""}, "Nama", "kosong; nama program"),
        (plan.PROGRAMMES, {**PROGRAMME, "code": "GOV 09!"}, "Kode", "'GOV 09!' bukan kode; tulis huruf dan angka"),
        (plan.PROGRAMMES, {**PROGRAMME, "sub_dimension": "pelayanan"}, "Sub-dimensi", "'pelayanan' tidak dikenal"),
        (plan.PROGRAMMES, {**PROGRAMME, "last_year": "2025"}, "Tahun akhir", "lebih awal dari permulaannya (2026)"),
        (plan.PROGRAMMES, {**PROGRAMME, "document": "LAMA"}, "Dokumen", "kode LAMA tidak ada di lembar Dokumen"),
        (plan.PROGRAMMES, {**PROGRAMME, "strategy": "ST-9"}, "Strategi", "kode ST-9 tidak ada di lembar Strategi"),
        (plan.PROGRAMMES, {**PROGRAMME, "valid_until": "besok"}, "Berlaku sampai", "tanggal 'besok' tidak terbaca"),
        (plan.ACTIONS, {**ACTION, "weight": "0"}, "Bobot", "'0' tidak mungkin; tulis angka 0,01 sampai 1000"),
        (plan.ACTIONS, {**ACTION, "programme": "P-7"}, "Program", "kode P-7 tidak ada di lembar Program"),
        (judged.INDICATORS, {**INDICATOR, "direction": "atas"}, "Arah", "tulis salah satu dari naik, turun, rentang"),
        (judged.INDICATORS, {**INDICATOR, "baseline": "1.234"}, "Nilai awal", "dapat berarti 1234 atau 1,234"),
        (judged.INDICATORS, {**INDICATOR, "live": "112"}, "Indikator langsung", "'112' bukan id indikator"),
        (judged.TARGETS, {**TARGET, "annual": "40-60"}, "Setahun", "indikator I-1 berarah naik; tulis satu angka"),
        (judged.TARGETS, {**TARGET, "indicator": "I-2"}, "Setahun", "berarah rentang; tulis rentang seperti 40–60"),
        (judged.TARGETS, {**TARGET, "annual": "empat"}, "Setahun", "'empat' bukan angka; tulis angka seperti 12,5"),
        (judged.TARGETS, {**TARGET, "annual": "", "q4": ""}, "Setahun", "kosong; target setahun"),
        (plan.BUDGETS, {**BUDGET, "planned": "-1"}, "Pagu Rp", "'-1' bukan angka"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_by_its_column(form: Form, row: Any, column: str, sentence: str) -> None:
    record, refused = entered(form, row)
    assert record is None
    assert refused[0].place.endswith(f"kolom {column}")
    assert sentence in refused[0].reason


@pytest.mark.parametrize(
    ("sheet", "form", "row"),
    [
        ("Program", plan.PROGRAMMES, {**PROGRAMME, "horizon": "kilat"}),
        ("Program", plan.PROGRAMMES, {**PROGRAMME, "last_year": "2025"}),
        ("Rencana_aksi", plan.ACTIONS, {**ACTION, "due_on": "32/13/2027"}),
        ("Indikator", judged.INDICATORS, {**INDICATOR, "unit": ""}),
        ("Target", judged.TARGETS, {**TARGET, "annual": "60-40"}),
        ("Anggaran", plan.BUDGETS, {**BUDGET, "planned": "seratus juta"}),
    ],
)
def test_form_and_workbook_refuse_in_the_same_words(tmp_path: Path, sheet: str, form: Form, row: Any) -> None:
    line = [row.get(one.name) or None for one in form.fields]
    of_file = read(MasterplanWorkbook(path=filled(tmp_path / "m.xlsx", write_template, **{sheet: [line]}))).refused[0]
    of_form = entered(form, row)[1][0]
    assert (of_form.reason, of_form.raw) == (of_file.reason, of_file.raw)
    assert of_file.place.endswith(of_form.place.rpartition(", ")[2])


def test_two_wrong_cells_are_both_named() -> None:
    _, refused = entered(plan.PROGRAMMES, {**PROGRAMME, "quick_win": "mungkin", "first_year": "1999"})
    assert [one.place.rpartition("kolom ")[2] for one in refused] == ["Quick win", "Tahun awal"]


def test_an_indicator_whose_targets_are_numbers_does_not_become_a_range() -> None:
    aims = entered(judged.TARGETS, TARGET)[0]
    row = {**INDICATOR, "code": "I-1", "direction": "rentang"}
    _, refused = read_entry(judged.INDICATORS, row, [(judged.TARGETS, [aims])])
    assert "indikator I-1 berarah rentang; tulis rentang" in refused[0].reason
