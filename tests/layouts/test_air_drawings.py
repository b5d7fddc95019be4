"""Air on the screen: legal colours stay small and with words, strips and calendars say what is unknown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard.exploring.asking import Asked
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.ispu import Category
from dashboard.indicators.indicator import Status
from layouts.drawing.canvas import PAGE, PAGE_WIDE, wall
from layouts.drawing.ispu_scale import LEGAL, swatch
from layouts.drawing.strip import strip
from layouts.exploring.ispu_calendar import calendar
from layouts.exploring.stacked import stacked
from layouts.exploring.table import table
from layouts.panels.action import action
from layouts.panels.figure import state
from layouts.panels.strip_panel import draw
from tests.builders import NOW, freshness_of, reading

FILTERS = Filters(date(2026, 11, 1), date(2026, 11, 23))


@pytest.mark.parametrize("word", list(Category))
def test_a_swatch_has_the_legal_colour_its_word_and_a_light_edge(word: Category) -> None:
    drawn = str(swatch(word))
    assert LEGAL[word] in drawn
    assert f"ISPU {word}" in drawn
    assert "var(--dim)" in drawn, "black on a dark wall needs an edge"


def test_the_five_fillings_differ_without_colour() -> None:
    heights = {re.findall(r'height="([\d.]+)"', str(swatch(word)))[-1] for word in Category}
    assert len(heights) == 5


def test_the_word_of_an_index_has_its_legal_colour_beside_it_and_other_words_have_none() -> None:
    shown = reading(detail={"kategori_ispu": "SEDANG"}, band="Sedang")
    assert LEGAL[Category.MODERATE] in str(state(shown))
    assert "swatch" not in str(state(reading()))


def test_a_raised_value_says_who_acts_on_its_panel() -> None:
    assert "Diskominfo: tindakan belum disepakati" in str(action(reading(status=Status.KRITIS)))
    assert action(reading()) is None
    assert action(reading(status=Status.WASPADA)) is None


@pytest.mark.parametrize("canvas", [PAGE, PAGE_WIDE, wall(3.2, 900, 330)], ids=["page", "wide", "wall"])
def test_a_strip_is_well_formed_and_stays_inside_its_canvas(canvas: Any) -> None:
    drawn = str(strip(STRIPS, canvas, 300 if canvas.on_wall else None))
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    width = float(root.attrib["width"])
    for part in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(part.attrib["x"]) <= float(part.attrib["x"]) + float(part.attrib["width"]) <= width + 0.1


def test_a_strip_says_what_is_unknown_and_what_is_doubted() -> None:
    drawn = str(strip(STRIPS, PAGE_WIDE))
    assert "Pacet 00.00 WIB: tidak diketahui" in drawn
    assert "120 Tidak sehat · diragukan" in drawn
    assert drawn.count("data tidak cukup") == 1


def test_a_wall_too_low_for_all_stations_counts_the_others() -> None:
    canvas = wall(3.2, 900, 330)
    assert "+ " in str(strip(STRIPS * 9, canvas, 250))
    assert "lagi" in str(strip(STRIPS * 9, canvas, 250))


def test_the_panel_of_strips_is_drawn_and_without_any_says_why() -> None:
    assert "120 Tidak sehat" in str(draw(reading(detail={"strips": STRIPS}), PAGE_WIDE))
    assert "belum ada stasiun" in str(draw(reading(value=None, missing="belum ada stasiun"), PAGE_WIDE))


def test_a_calendar_has_a_row_for_each_month_and_a_cell_for_each_day_that_was_asked() -> None:
    rows = [{"day": date(2026, 10, 31), "ispu": 40}, {"day": date(2026, 11, 1), "ispu": None},
            {"day": date(2026, 11, 2), "ispu": 301}]  # fmt: skip
    drawn = str(calendar(asked(rows, CALENDAR), PAGE_WIDE))
    ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    assert "Okt 2026" in drawn
    assert "Nov 2026" in drawn
    assert "1 Nov 2026: data tidak cukup" in drawn
    assert "2 Nov 2026: ISPU 301 Berbahaya" in drawn
    assert "2 hari dengan ISPU, 1 di atas 100." in drawn


def test_measures_of_different_units_stand_in_strips_of_their_own() -> None:
    rows = [{"at": date(2026, 11, 1), "pm": 20.5, "rain": None}, {"at": date(2026, 11, 2), "pm": None, "rain": 3}]
    figure = stacked(asked(rows, STACKED))
    assert [trace.type for trace in figure.data] == ["scatter", "bar"]
    assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
    assert [a.text for a in figure.layout.annotations] == ["PM2,5 (µg/m³)", "Hujan (mm)"]
    assert figure.data[0].y[1] is None


def test_a_row_leads_to_a_page_of_ours_and_its_words_are_escaped() -> None:
    rows = [{"day": "<b>", "ispu": 1, "link": "day", "href": "/stasiun?id=a/b"}]
    columns = (Column("day", "Hari", "text"), Column("ispu", "ISPU"))
    assert '<a href="/stasiun?id=a/b">&lt;b&gt;</a>' in str(table(asked(rows, columns)))


CELLS = [{"x": f"{hour:02}", "value": None if hour < 3 else 120} for hour in range(24)]
STRIPS = [
    {"label": "Pacet", "kind": "hitungan", "mark": "diragukan", "status": "waspada", "cells": CELLS},
    {"label": "Mojosari yang namanya panjang sekali untuk satu kolom", "kind": "resmi", "mark": "lolos",
     "status": "normal", "cells": [{"x": f"{hour:02}", "value": None} for hour in range(24)]},
]  # fmt: skip
CALENDAR = (Column("day", "Hari", "day", role="x"), Column("ispu", "ISPU", role="value"))
STACKED = (Column("at", "Hari", "day", role="x"), Column("pm", "PM2,5", unit="µg/m³", role="y"),
           Column("rain", "Hujan", unit="mm", role="y"))  # fmt: skip


def asked(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> Asked:
    question = Question(id="q", title="Uji", family="lingkungan", topics=(), form="table", clock="",
                        ask=lambda c, f, a: Answer((), ()))  # fmt: skip
    return Asked(question, FILTERS, Answer(columns, rows), NOW, (), freshness_of(FreshState.FRESH))
