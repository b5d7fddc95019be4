"""Panels say what is known, what is missing, what is old, and what is simulated."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from dashboard.formulas.freshness import Contract, FreshState
from dashboard.indicators.indicator import Band, Status
from dashboard.indicators.reading import Reading
from datasources.region import kecamatan
from layouts.drawing.bullet import bullet, scale_of
from layouts.drawing.canvas import PAGE, PAGE_WIDE, Canvas, paper, wall
from layouts.drawing.markup import el
from layouts.drawing.slots import Slot, y_range
from layouts.drawing.status_icon import status_icon
from layouts.drawing.text_size import lines_of
from layouts.drawing.tile_map import step_of, tile_map
from layouts.drawing.trend import trend
from layouts.panels.forms import FORMS
from layouts.theme import CETAK
from layouts.wall.screens import profiles
from tests.builders import NOW, freshness_of, points, reading, source_state

WALL = profiles()["aula"].canvas(1)
HOSTILE = '<script>alert("x")</script>'
EVERY_KECAMATAN = {one.code: place for place, one in enumerate(kecamatan())}
PANELS = [form for form in FORMS if form not in ("headline", "alarms")]


@pytest.mark.parametrize("canvas", [PAGE, PAGE_WIDE, WALL], ids=["page", "wide", "wall"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_draws_well_formed_markup_in_which_nothing_from_outside_is_an_element(
    form: str, canvas: Canvas
) -> None:
    drawn = FORMS[form](everything(title=HOSTILE, unit=HOSTILE, band=HOSTILE, clock=HOSTILE), canvas)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    fromstring(str(drawn))


@pytest.mark.parametrize("canvas", [PAGE, PAGE_WIDE, WALL], ids=["page", "wide", "wall"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_draws_a_reading_about_which_nothing_is_known(form: str, canvas: Canvas) -> None:
    fromstring(str(FORMS[form](nothing(), canvas)))


@pytest.mark.parametrize("form", ["tile", "trend", "bullet", "table", "tile_map", "warnings"])
def test_a_missing_value_is_a_reason_and_never_zero(form: str) -> None:
    drawn = text_of(FORMS[form](nothing(), PAGE))
    assert "tidak dapat dihitung dari sumber ini: belum ada panggilan hari ini" in drawn
    assert not re.search(r"\b0\b", drawn)


def test_a_missing_value_has_no_bar() -> None:
    bar = 'fill="var(--stale)"'
    assert bar in bullet(reading(), PAGE)
    assert bar not in bullet(nothing(), PAGE)


@pytest.mark.parametrize("canvas", [PAGE, WALL], ids=["page", "wall"])
@pytest.mark.parametrize("form", ["tile", "trend", "bullet", "table", "tile_map", "warnings"])
def test_simulasi_stands_by_every_simulated_value_and_by_no_other(form: str, canvas: Canvas) -> None:
    assert "SIMULASI" in text_of(FORMS[form](everything(simulated=True), canvas))
    assert "SIMULASI" not in text_of(FORMS[form](everything(simulated=False), canvas))


def test_the_list_of_sources_marks_the_simulated_ones() -> None:
    sources = (source_state(title="Nyata"), source_state(id="b", title="Tiruan", simulated=True))
    items = re.findall(r"<li.*?</li>", FORMS["source_health"](reading(sources=sources), PAGE))
    assert [("SIMULASI" in item) for item in items] == ["Tiruan" in item for item in items]


@pytest.mark.parametrize("canvas", [PAGE, WALL], ids=["page", "wall"])
@pytest.mark.parametrize("form", ["tile", "trend", "bullet", "table", "tile_map", "warnings"])
@pytest.mark.parametrize(
    ("state", "word"),
    [(FreshState.LATE, "Data terlambat"), (FreshState.STALE, "Data basi"), (FreshState.LOST, "Putus")],
)
def test_old_data_stay_and_say_since_when(form: str, canvas: Canvas, state: FreshState, word: str) -> None:
    drawn = FORMS[form](everything(freshness=freshness_of(state), sources=(source_state(),)), canvas)
    assert f'data-freshness="{state}"' in drawn
    assert re.search(rf'data-when="{state}">.*?<b>{word}</b>', drawn)
    assert "terakhir benar 13.40 WIB" in text_of(drawn)


def test_the_root_tells_the_browser_when_the_data_will_be_late() -> None:
    drawn = FORMS["tile"](reading(), PAGE)
    late = int((NOW + timedelta(minutes=9)).timestamp() * 1000)
    lost = int((NOW + timedelta(minutes=19)).timestamp() * 1000)
    from_ms = int((NOW - timedelta(minutes=4)).timestamp() * 1000)
    assert f'data-late-at="{late}"' in drawn
    assert f'data-lost-at="{lost}"' in drawn
    assert f'data-age-from="{from_ms}"' in drawn
    assert "4\u00a0mnt" in drawn


def test_a_source_that_never_answered_is_said_to_have_never_answered() -> None:
    never = source_state(answered_at=None, newest_data_at=None)
    drawn = text_of(FORMS["tile"](nothing(freshness=never.freshness(NOW), sources=(never,)), PAGE))
    assert "Putus" in drawn
    assert "belum pernah menjawab" in drawn
    assert "terakhir benar" not in drawn


def test_what_nobody_delivers_is_not_judged() -> None:
    none = freshness_of(FreshState.NONE)
    drawn = text_of(FORMS["tile"](nothing(freshness=none, sources=(), missing="belum ada sumber"), PAGE))
    assert "Belum ada sumber" in drawn
    assert "Normal" not in drawn


def test_an_indicator_without_bands_is_not_called_normal() -> None:
    assert "Normal" not in text_of(FORMS["tile"](reading(bands=(), band=""), PAGE))


@pytest.mark.parametrize(
    ("better", "value", "words"),
    [
        ("up", "90", "Target ≥ 90 %: tercapai"),
        ("up", "89.99", "Target ≥ 90 %: belum tercapai"),
        ("down", "90", "Target ≤ 90 %: tercapai"),
        ("none", "12", "Target 90 %"),
    ],
)
def test_the_target_is_judged_by_the_unrounded_value(better: str, value: str, words: str) -> None:
    drawn = text_of(FORMS["bullet"](reading(better=better, target=Decimal(90), value=Decimal(value)), PAGE))
    assert re.search(rf"{words}(?!:)", drawn)


def test_the_footer_names_n_the_sources_their_attribution_and_the_age() -> None:
    sources = (source_state(title="BMKG prakiraan", attribution="Sumber data: BMKG"), source_state(title="Antrean 112"))
    drawn = text_of(FORMS["tile"](reading(sources=sources, n=1310), PAGE))
    for words in ("n 1.310", "BMKG prakiraan, Antrean 112", "Sumber data: BMKG", "4\u00a0mnt"):
        assert words in drawn


def test_all_eighteen_kecamatan_are_on_the_map_and_kota_is_another_entity() -> None:
    drawn = tile_map(reading(detail={"kecamatan": EVERY_KECAMATAN}), PAGE.sized(400, 312))
    assert set(re.findall(r'data-kecamatan="([\d.]+)"', drawn)) == set(EVERY_KECAMATAN)
    assert drawn.count("data-kota") == 1
    assert "stroke-dasharray" in drawn


def test_a_kecamatan_without_a_value_is_hatched_and_one_with_zero_is_not() -> None:
    known = {**EVERY_KECAMATAN, "35.16.01": 0, "35.16.02": None}
    del known["35.16.03"]
    drawn = tile_map(reading(detail={"kecamatan": known}), PAGE.sized(400, 312))
    missing = re.findall(r'data-kecamatan="([\d.]+)" data-missing=""', drawn)
    assert missing == ["35.16.02", "35.16.03"]
    assert "Jatirejo: 0" in drawn
    assert "Gondang: tidak ada data" in drawn


@pytest.mark.parametrize(
    ("value", "top", "step"),
    [(0, 10, 0), (0.1, 10, 0), (2, 10, 0), (2.1, 10, 1), (10, 10, 4), (0, 0, 0)],
)
def test_the_steps_divide_what_lies_between_zero_and_the_highest(value: float, top: float, step: int) -> None:
    assert step_of(value, top) == step


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    series = [{"x": str(h), "value": v} for h, v in enumerate([4, 5, None, 6, 7])]
    drawn = trend(reading(detail={"series": series}), PAGE)
    assert drawn.count('stroke="var(--ink)"') == 3  # two stretches of the line and the dot
    assert "93,1" not in drawn


def test_an_hour_that_still_runs_is_called_so_and_cannot_be_too_low() -> None:
    series = [{"x": f"{h:02d}", "value": 9, "low": 5, "high": 12} for h in range(5)]
    series[-1] |= {"value": 1, "partial": True}
    drawn = trend(reading(unit="panggilan", decimals=0, status=Status.WASPADA, detail={"series": series}), PAGE)
    assert "1 jam ini" in drawn
    assert "di luar kebiasaan" not in drawn
    assert "var(--warning)" not in drawn


def test_one_point_is_no_line() -> None:
    assert "Belum cukup data untuk garis" in trend(reading(history=points(3)), PAGE)


@pytest.mark.parametrize(
    ("values", "scale", "limits"),
    [
        ([3, 19], None, (0, 20)),
        ([96, 99], None, (96, 99)),
        ([0, 0], None, (0, 1)),
        ([-3, 4], None, (-4, 4)),
        ([60, 93], (50, 100), (50, 100)),
        ([40, 93], (50, 100), (0, 100)),
    ],
)
def test_the_axis_starts_at_zero_unless_that_hides_the_change(
    values: list[int], scale: tuple[int, int] | None, limits: tuple[int, int]
) -> None:
    slots = [Slot(place / len(values), "", float(v)) for place, v in enumerate(values)]
    low, high = y_range(slots, None, scale and (Decimal(scale[0]), Decimal(scale[1])))
    assert low <= min(values)
    assert high >= max(values)
    assert (low, high) == limits


def test_a_scale_never_cuts_the_value() -> None:
    assert scale_of(reading(scale=(Decimal(50), Decimal(100)), value=Decimal(31))) == (31, 100)


def test_paper_is_drawn_in_literal_colours() -> None:
    drawn = trend(everything(), paper(400, 120, CETAK))
    assert "var(" not in drawn
    assert CETAK.ink in drawn


def test_every_status_has_a_shape_of_its_own() -> None:
    shapes = {re.sub(r"<title>.*?</title>|var\(--\w+\)", "", status_icon(status)) for status in Status}
    assert len(shapes) == len(Status)


def test_a_list_shows_what_fits_and_counts_the_rest() -> None:
    rows = [{"label": f"Kebakaran · {one.name}", "value": "belum tiba", "age_s": 300} for one in kecamatan()]
    given = reading(detail={"rows": rows}, value=Decimal(18), decimals=0)
    on_wall, on_page = FORMS["table"](given, wall(2.29, 580, 440)), FORMS["table"](given, PAGE)
    assert 1 <= on_wall.count("<li") < 18
    assert "· 18" in on_wall
    assert on_page.count("<li") == 11
    assert "+ 7 lagi" in on_page


def test_a_failing_source_tells_what_it_said_and_what_was_refused() -> None:
    broken = source_state(
        failures_in_row=12, last_error="alamat tidak menjawab", refused_total=41, broken_since=NOW - timedelta(hours=1),
        answered_at=NOW - timedelta(hours=1), contract=Contract(timedelta(minutes=5)),
    )  # fmt: skip
    drawn = text_of(FORMS["source_health"](reading(sources=(broken,)), PAGE))
    assert "gagal 12× sejak 13.05 WIB: alamat tidak menjawab" in drawn
    assert "41 baris ditolak" in drawn


def test_attributes_that_are_false_are_left_out() -> None:
    assert el("p", {"hidden": False, "title": None, "open": True, "class": 'a"b'}) == '<p open="" class="a&#34;b"></p>'


@pytest.mark.parametrize(("words", "lines"), [("satu", 1), ("satu dua", 1), ("satu dua tiga empat", 2)])
def test_lines_are_counted_before_a_browser_sees_them(words: str, lines: int) -> None:
    assert lines_of(words, 10, 55) == lines


def test_a_long_value_stands_below_its_label() -> None:
    rows = [{"label": "antrean_112", "value": "baris hanya berisi 4 kolom; yang benar 5"}, {"label": "a", "value": 3}]
    drawn = FORMS["table"](reading(detail={"rows": rows}), PAGE)
    assert drawn.count('class="stacked"') == 1


def test_the_first_and_the_last_label_of_an_axis_stay_inside_the_drawing() -> None:
    drawn = trend(reading(detail={"series": [{"x": "2023", "value": 3}, {"x": "2024", "value": 4}]}), PAGE)
    assert re.findall(r">(\d{4})</text>", drawn) == ["2023", "2024"]


def text_of(markup: str) -> str:
    """The words between the tags, entities as they are."""
    return re.sub(r"<[^>]+>", " ", markup).replace("&lt;", "<").replace("&gt;", ">")


def everything(**given: Any) -> Reading:
    """A reading with all a panel can draw."""
    detail = {
        "series": [{"x": f"{h:02d}", "value": h, "low": 1, "high": 9} for h in range(12)],
        "rows": [
            {"label": HOSTILE, "value": HOSTILE, "status": "waspada", "since": 0, "until": HOSTILE},
            {"label": "Kebakaran · Ngoro", "value": 3, "status": "bukan status"},
        ],
        "kecamatan": EVERY_KECAMATAN,
        "marks": [{"rule": HOSTILE, "severity": "kritis", "waits": True}],
    }
    bands = (Band("Normal", Status.NORMAL, low=Decimal(50)),)
    source = source_state(title=HOSTILE, owner=HOSTILE, attribution="Sumber data: BMKG")
    defaults = {
        "detail": detail,
        "target": Decimal(90),
        "bands": bands,
        "history": points(1, 2, 3),
        "sources": (source,),
    }
    return reading(**{**defaults, **given})


def nothing(**given: Any) -> Reading:
    """A reading without a value, with the reason."""
    defaults = {
        "value": None, "n": None, "status": Status.UNKNOWN, "band": "", "data_time": None, "known_at": None,
        "missing": "belum ada panggilan hari ini",
    }  # fmt: skip
    return reading(**{**defaults, **given})
