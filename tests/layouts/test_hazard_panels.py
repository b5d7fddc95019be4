"""Panels of hazards: river posts, the real map, the weather of the kecamatan, who acts, what a wall leaves out."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from shapely import box
from shapely.geometry import MultiPolygon

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Band, Status
from dashboard.settings import SettingsError, load
from datasources.region import kecamatan
from layouts.application import build
from layouts.drawing.canvas import PAGE, PAGE_WIDE, wall
from layouts.drawing.outlines import outlines
from layouts.drawing.threshold_bar import threshold_bar
from layouts.panels import region_map_panel
from layouts.panels.affected import affected
from layouts.panels.forms import FORMS
from tests.builders import reading
from tests.keys import KEYS
from tests.layouts.test_drawing import text_of

CODES = [k.code for k in kecamatan()]
SQUARES = {k.code: box(k.lon - 0.02, k.lat - 0.02, k.lon + 0.02, k.lat + 0.02) for k in kecamatan()}
WALL, HERO = wall(2.29, 590, 391), wall(2.29, 1200, 391)
STEPS = [
    {"word": "Siaga II", "value": 2.0, "status": "waspada"},
    {"word": "Siaga I", "value": 3.0, "status": "kritis"},
]
BANDS = (Band("Siaga II", Status.KRITIS, action="tindakan tertulis pada tiap pos"),)


def post(**given: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "station": "a", "label": "Kali Lamong, Dawarblandong", "value": 2.4, "unit": "m", "word": "Siaga II",
        "status": "kritis", "rise": "+52 cm/jam dalam 1 jam", "next": "Siaga I ± 45 mnt (39 mnt sampai 48 mnt)",
        "next_short": "± 45 mnt ke Siaga I", "rise_short": "+52 cm/jam", "steps": STEPS, "opd": "BPBD",
        "action": "Siagakan perahu", "awaits": "", "notes": ["1 bacaan mustahil tidak dipakai dalam 6 jam"],
        "silent_since": None, "at": None, "basis": "SK 1/2026; berlaku 01-11-2026, diisi Sari",
    }  # fmt: skip
    return {**defaults, **given}


def river(**given: Any) -> Any:
    defaults: dict[str, Any] = {
        "title": "Tinggi muka air", "unit": "m", "decimals": 2, "value": Decimal("2.4"), "band": "Siaga II",
        "status": Status.KRITIS, "bands": BANDS, "detail": {"posts": [post()]},
    }  # fmt: skip
    return reading(**{**defaults, **given})


def test_a_post_shows_its_steps_its_rise_what_comes_next_and_who_acts() -> None:
    drawn = text_of(FORMS["river"](river(), PAGE))
    for words in ("Kali Lamong, Dawarblandong", "2,40\u00a0m", "Siaga II", "+52 cm/jam dalam 1 jam",
                  "Siaga I ± 45 mnt (39 mnt sampai 48 mnt)", "BPBD: Siagakan perahu",
                  "1 bacaan mustahil", "Ambang: SK 1/2026"):  # fmt: skip
        assert words in drawn


def test_a_post_without_thresholds_has_no_bar_and_one_without_a_value_a_dash() -> None:
    bare = post(steps=[], word="Ambang siaga belum diisi", status="tidak diketahui", opd="", action="", basis="")
    drawn = FORMS["river"](river(detail={"posts": [bare]}), PAGE)
    assert "Siaga" not in text_of(drawn).replace("Ambang siaga belum diisi", "").replace("Siaga II", "", 1).replace(
        "Siaga I ± 45", ""
    )
    silent = FORMS["river"](river(detail={"posts": [post(value=None)]}), PAGE)
    assert "–" in text_of(silent)


def test_across_a_room_the_gravest_post_names_itself_and_the_time_to_the_next_step() -> None:
    drawn = FORMS["river"](river(), WALL)
    assert "Kali Lamong" in text_of(drawn)
    assert "± 45 mnt ke Siaga I" in text_of(drawn)
    assert "Siagakan perahu" not in text_of(drawn)


def test_steps_are_ticks_with_their_value_and_a_missing_value_draws_no_bar() -> None:
    drawn = threshold_bar("Sungai", 2.4, STEPS, "kritis", PAGE)
    assert re.findall(r"<text[^>]*>([^<]*)</text>", drawn) == ["II", "2", "I", "3"]
    bars = str(drawn).count("<rect"), str(threshold_bar("Sungai", None, STEPS, "", PAGE)).count("<rect")
    assert bars == (6, 5)
    assert "Siaga II mulai 2; Siaga I mulai 3" in drawn


def test_a_low_river_does_not_push_its_steps_together() -> None:
    drawn = threshold_bar(
        "Sungai", 600, [{**s, "value": v} for s, v in zip(STEPS, (1250, 1600), strict=True)], "", PAGE
    )
    ticks = [float(x) for x in re.findall(r'<rect x="([\d.]+)" y="0" width="2"', drawn)]
    assert ticks[1] - ticks[0] > 0.3 * PAGE.width


@pytest.mark.parametrize(
    ("status", "words"), [(Status.KRITIS, "BPBD: evakuasi"), (Status.NORMAL, "")]
)  # fmt: skip
def test_a_raised_band_names_who_acts(status: Status, words: str) -> None:
    bands = (Band("Siaga", status, action="evakuasi"),)
    drawn = FORMS["warnings"](reading(bands=bands, band="Siaga", status=status, owner="BPBD"), PAGE)
    assert words in text_of(drawn)
    assert ("Bertindak" in text_of(drawn)) == bool(words)


@pytest.mark.parametrize("indicator", [i for i in CATALOGUE.values() if i.id.startswith(("weather.", "river."))],
                         ids=lambda i: i.id)  # fmt: skip
def test_each_critical_band_of_ours_has_an_owner_and_an_action(indicator: Any) -> None:
    critical = [band for band in indicator.bands if band.status is Status.KRITIS]
    assert all(band.action and indicator.owner for band in critical)


@pytest.mark.parametrize(
    ("codes", "canvas", "words"),
    [
        (CODES, HERO, "seluruh kecamatan"),
        (CODES[:2], PAGE, "Jatirejo, Gondang"),
        (CODES[:2], HERO, "Jatirejo, Gondang"),
        (CODES[:8], HERO, "JTR GDN PCT TRS NGR PGG KTJ MJS"),
        (CODES[1:], HERO, "semua kecuali Jatirejo"),
        (CODES[6:], HERO, "semua kecuali JTR GDN PCT TRS NGR PGG"),
    ],
)
def test_a_wall_names_the_kecamatan_in_as_few_letters_as_it_must(codes: list[str], canvas: Any, words: str) -> None:
    assert affected(codes, canvas, canvas.width - 1.5 * canvas.text) == words


def mapped(**given: Any) -> Any:
    detail = {"kecamatan": dict.fromkeys(CODES, 0) | {"35.16.03": 1}, "kecamatan_words": {"35.16.03": "–17.30"}}
    return reading(title="Peringatan", unit="", bands=(), band="", value=Decimal(1), detail={**detail, **given})


def test_the_real_map_draws_18_shapes_the_polygons_of_warnings_and_says_whose_borders_these_are() -> None:
    form = region_map_panel.on(outlines(SQUARES, "Batas: uji, MIT"))
    polygons = [{"ring": "-7.6,112.5 -7.7,112.5 -7.7,112.6", "status": "kritis"}]
    drawn = form(mapped(polygons=polygons), PAGE)
    assert re.findall(r'data-kecamatan="([\d.]+)"', str(drawn)) == CODES
    assert 'data-warnings="1"' in drawn
    for words in ("batas indikatif", "Batas: uji, MIT", "–17.30", "Kota"):
        assert words in text_of(drawn)
    assert str(form(mapped(), PAGE_WIDE)).count("<svg") >= 2


def test_a_hole_stays_a_hole_and_parts_stay_parts() -> None:
    holed = box(112.5, -7.7, 112.56, -7.64).difference(box(112.52, -7.68, 112.54, -7.66))
    parts = MultiPolygon([holed, box(112.58, -7.7, 112.6, -7.68)])
    found = outlines({**SQUARES, "35.16.03": parts}, "x")
    assert len(found.rings["35.16.03"]) == 3


def test_north_is_up_and_nothing_lies_outside_the_map() -> None:
    found = outlines(SQUARES, "x")
    points = [point for rings in found.rings.values() for ring in rings for point in ring]
    assert all(-1e-9 <= x <= 1 + 1e-9 and -1e-9 <= y <= found.height + 1e-9 for x, y in points)
    assert found.place(-7.3, 112.4)[1] < found.place(-7.7, 112.4)[1]


def test_without_borders_and_across_a_room_the_map_is_made_of_tiles() -> None:
    assert str(region_map_panel.on(None)(mapped(), PAGE)) == str(FORMS["tile_map"](mapped(), PAGE))
    drawn = region_map_panel.on(outlines(SQUARES, "x"))(mapped(), WALL)
    assert "data-kota" in drawn


def test_the_table_of_the_weather_tells_zero_from_unknown() -> None:
    row = {"label": "Pacet", "weather": "Hujan Petir", "heavy": True, "rain": 0.0, "wind": None, "wind_from": "",
           "coolest": 20, "warmest": 29, "humidity": 90, "visibility_m": None}  # fmt: skip
    drawn = text_of(FORMS["weather_table"](reading(detail={"weather": [row, {**row, "rain": None}]}), PAGE_WIDE))
    assert re.search(r"Hujan Petir\s+0,0\s+–\s+20–29\s+90\s+–", drawn)
    assert re.search(r"Hujan Petir\s+–\s+–\s+20–29", drawn)


def keys(**given: str) -> dict[str, str]:
    return {**KEYS, **given}


def test_borders_without_their_source_refuse_to_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="REGION_BOUNDARIES_ATTRIBUTION belum diisi"):
        load(keys(REGION_BOUNDARIES=str(tmp_path / "a.geojson"), VAR=str(tmp_path)))


def test_borders_that_cannot_be_used_refuse_to_start(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    values = load(keys(REGION_BOUNDARIES=str(tmp_path / "a.geojson"), REGION_BOUNDARIES_ATTRIBUTION="Batas: uji",
                       VAR=str(tmp_path)))  # fmt: skip
    with pytest.raises(SettingsError, match=r"Setelan REGION_BOUNDARIES: a.geojson: berisi 0 feature"):
        build(values)
