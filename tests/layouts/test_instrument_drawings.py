"""Drawings of instruments: a break between two, no line over a missing year, cells for what is missing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from dashboard.exploring.asking import Asked
from dashboard.exploring.filters import last_days
from dashboard.exploring.question import Answer, Question
from dashboard.exploring.spbe.indicator_values import MATRIX_COLUMNS
from dashboard.exploring.spbe.plan_request import request_of
from dashboard.exploring.spbe.published import COLUMNS
from dashboard.formulas.freshness import FreshState
from layouts.drawing.canvas import PAGE, PAGE_WIDE
from layouts.exploring.index_history import index_history
from layouts.exploring.level_matrix import address, level_matrix
from layouts.exploring.scales import scales
from layouts.planning.panel import panel
from tests.builders import NOW, freshness_of, source_state

HISTORY = [("2019", "SPBE-2018", "1.55"), ("2023", "SPBE-2020", "3.52"), ("2024", "SPBE-2020", "4.16"),
           ("2026", "PEMDI-2026", "1.80")]  # fmt: skip


def test_between_instruments_there_is_a_break_and_never_a_line() -> None:
    drawn = str(index_history(history(HISTORY), PAGE_WIDE))
    assert drawn.count("instrumen berganti") == 2
    assert drawn.count("stroke-dasharray") == 2
    assert len(re.findall(r"<path ", drawn)) == 1  # 2023 to 2024 only


def test_a_year_without_a_result_is_not_drawn_over() -> None:
    drawn = str(index_history(history([("2021", "SPBE-2020", "2.0"), ("2024", "SPBE-2020", "4.0")]), PAGE_WIDE))
    assert "<path " not in drawn


def test_each_instrument_stands_on_its_own_predicates() -> None:
    drawn = str(index_history(history(HISTORY), PAGE_WIDE))
    assert drawn.count("<rect ") == 1 + 5 + 5
    assert "SPBE 2018 (35 indikator)" in drawn


def test_the_cells_of_the_matrix_say_value_stage_and_where_the_evidence_is() -> None:
    named = {"code": "SPBE-2020/2024/12", "no": 12, "name": "Peta <Rencana>", "aspect": "Perencanaan"}
    values = {"weight": Decimal(2), "value": Decimal(4), "word": "Terpadu", "target": Decimal(5), "effort": None}
    row = {**named, **values, "stage": "final", "owner": None, "blocked": "tidak mungkin"}
    empty = {**row, "code": "SPBE-2020/2024/13", "no": 13, "value": None, "target": None, "stage": "belum diisi"}
    drawn = str(level_matrix(asked(MATRIX_COLUMNS, [row, empty], "level_matrix"), PAGE_WIDE))
    assert 'data-level="4"' in drawn
    assert 'data-level="kosong"' in drawn
    assert "Peta &lt;Rencana&gt;: 4 Terpadu, final, belum ada pemilik, tidak mungkin tahun ini" in drawn
    assert address("SPBE-2020/2024/12") == "/spbe/indikator?instrumen=SPBE-2020&tahun=2024&no=12"


def test_a_missing_group_has_a_dash_and_no_bar() -> None:
    from dashboard.exploring.question import Column

    columns = (Column("g", "G", "text", role="label"), Column("v", "V", decimals=2, role="value"))
    drawn = str(scales(asked(columns, [{"g": "A", "v": Decimal(3)}, {"g": "B", "v": None}], "scales"), PAGE))
    assert drawn.count("<rect ") == 3
    assert "–" in drawn


def test_the_form_of_the_plan_is_filled_from_its_address() -> None:
    form = str(panel(request_of({"sasaran": "Baik", "pin": "3,12", "upaya": "12:1.5"})))
    for words in ("value='3, 12'", "value='12:1.5'", "sasaran=Baik"):
        assert words in form


def history(results: list[tuple[str, str, str]]) -> Asked:
    rows = [
        {"year": y, "instrument": i, "index": Decimal(v), "predicate": "Baik", "source": "s"} for y, i, v in results
    ]
    return asked(COLUMNS, rows, "index_history")


def asked(columns: Any, rows: list[dict[str, Any]], form: Any) -> Asked:
    question = Question("t", "Uji", "spbe", ("calls",), form, "jam", lambda *_: Answer(columns, rows))
    filters = last_days(1, NOW.date())
    return Asked(question, filters, Answer(columns, rows), NOW, (source_state(),), freshness_of(FreshState.FRESH))
