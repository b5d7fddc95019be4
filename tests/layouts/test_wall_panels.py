"""Panels across a room: lists and maps take the whole column, and words give way before letters shrink."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from datasources.region import kecamatan
from layouts.drawing.canvas import CAP_HEIGHT, PAGE, wall
from layouts.panels.forms import FORMS
from layouts.wall.scenes import GRID_COLUMNS, GRID_ROWS, SCENES, Scene
from tests.builders import freshness_of, reading, source_state
from tests.layouts.test_drawing import EVERY_KECAMATAN, PANELS, WALL, everything, text_of


@pytest.mark.parametrize("form", ["tile", "bullet"])
def test_old_data_say_their_state_alone_where_the_wall_has_no_room_for_the_moment(form: str) -> None:
    long = everything(freshness=freshness_of(FreshState.LOST), title="Rata-rata waktu tunggu (ASA) 112")
    assert "<b>Putus</b>" in FORMS[form](long, WALL)
    assert "terakhir benar" not in FORMS[form](long, WALL)
    assert "terakhir benar 13.40 WIB" in FORMS[form](long, PAGE)


@pytest.mark.parametrize("form", PANELS)
def test_no_letter_of_a_wall_graphic_is_smaller_than_sixteen_minutes_of_arc(form: str) -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', FORMS[form](everything(), WALL))]
    assert all(size * CAP_HEIGHT / WALL.am > 15.9 for size in sizes)


@pytest.mark.parametrize(
    ("status", "unusual", "words"),
    [
        (Status.WASPADA, ["11", "13", "14"], "Panggilan: 93,1\u00a0%, di luar kebiasaan sejak 13.00"),
        (Status.NORMAL, [], "Panggilan: 93,1\u00a0%, normal"),
    ],
)
def test_the_headline_says_since_when(status: Status, unusual: list[str], words: str) -> None:
    series = [{"x": f"{h:02d}", "value": 3} for h in range(15)]
    band = "Di luar kebiasaan" if unusual else "Normal"
    detail = {"series": series, "unusual": unusual}
    drawn = FORMS["headline"](
        reading(title="Panggilan", status=status, band=band, detail=detail), wall(2.29, 1200, 391)
    )
    assert words in text_of(drawn)


def test_the_headline_owns_up_to_old_data() -> None:
    drawn = FORMS["headline"](reading(freshness=freshness_of(FreshState.LOST)), wall(2.29, 1200, 391))
    assert "sumber putus" in drawn


def test_a_list_on_the_wall_takes_the_whole_column() -> None:
    rows = [{"label": f"Banjir · {one.name}", "value": "belum tiba", "age_s": 300} for one in kecamatan()]
    drawn = FORMS["table"](reading(detail={"rows": rows}, value=Decimal(18), decimals=0), WALL)
    assert drawn.count("<li") >= 8


def test_a_map_on_the_wall_says_its_values() -> None:
    drawn = text_of(FORMS["tile_map"](reading(detail={"kecamatan": EVERY_KECAMATAN}), WALL))
    assert re.search(r"\bTRW\b\s+\d+", drawn)


@pytest.mark.parametrize(
    ("sources", "cornered"),
    [((source_state(),), True), (tuple(source_state(id=s, attribution=f"Data: {s}") for s in "abc"), False)],
)
def test_the_footer_stands_in_the_corner_of_the_map_only_where_it_fits(sources: Any, cornered: bool) -> None:
    drawn = FORMS["tile_map"](reading(detail={"kecamatan": EVERY_KECAMATAN}, sources=sources, simulated=True), WALL)
    assert ("cornered" in drawn) is cornered
    assert "SIMULASI" in drawn


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_panels_of_a_scene_fill_the_wall(scene: Scene) -> None:
    assert sum(place.cells for place in scene.places) == GRID_COLUMNS * GRID_ROWS


def test_the_strip_tells_what_there_is_and_a_question_while_nothing_was_counted() -> None:
    counts = [
        {"mark": "kritis", "label": "kritis", "value": 0},
        {"mark": "waspada", "label": "waspada", "value": 2},
        {"mark": "unknown", "label": "tak terpantau", "value": 1},
        {"label": "lewat", "value": 3},
    ]
    drawn = FORMS["counts"](reading(detail={"counts": counts}), WALL)
    assert re.findall(r'data-count="([^"]+)".*?<b>(\d+)</b>', drawn) == [
        ("waspada", "2"), ("tak terpantau", "1"), ("lewat", "3"),
    ]  # fmt: skip
    assert "Tidak diketahui" in FORMS["counts"](reading(value=None), WALL)
