"""Profiles: sizes follow from glass and distance, days from the clock; what cannot be is refused with a sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from layouts.wall.scenes import SCENES
from layouts.wall.screens import LONGEST_CYCLE_S, profile_of, profiles

ASSETS = Path(__file__).parents[2] / "assets"
TABLE = tomllib.loads(
    """
    title = "Layar uji"
    width = 1920
    height = 1080
    diagonal_inch = 55
    distance_m = 5.0
    themes = { "06.00" = "siang", "18.00" = "kendali" }
    scenes = { "06.00" = { ringkasan = 40, 112 = 30 } }
    """
)


@pytest.mark.parametrize(
    ("inch", "size", "metres", "px"),
    [
        (55, (1920, 1080), 4, 1.84),
        (55, (1920, 1080), 5, 2.29),
        (55, (1920, 1080), 6, 2.75),
        (55, (3840, 2160), 5, 4.59),
    ],
)
def test_a_minute_of_arc_follows_from_glass_and_distance(
    inch: int, size: tuple[int, int], metres: int, px: float
) -> None:
    given = {**TABLE, "diagonal_inch": inch, "width": size[0], "height": size[1], "distance_m": metres}
    assert profile_of("uji", given).am == pytest.approx(px, abs=0.01)


def test_a_wall_of_nine_has_the_letters_of_one_screen() -> None:
    assert profiles()["dinding"].am == pytest.approx(profiles()["aula"].am)
    assert profiles()["dinding"].screen_size == (1920, 1080)
    assert profiles()["dinding"].alone(5).screens == (profiles()["dinding"].screens[4],)


@pytest.mark.parametrize("name", profiles())
def test_no_round_is_longer_than_three_minutes(name: str) -> None:
    for screen in profiles()[name].screens:
        for part in screen.parts:
            assert sum(seconds for _, seconds in part.scenes) <= LONGEST_CYCLE_S


def test_every_scene_is_shown_somewhere_and_alerts_can_be_seen_everywhere() -> None:
    shown = {scene.name for profile in profiles().values() for screen in profile.screens for scene in screen.scenes}
    assert shown == {scene.name for scene in SCENES}
    for profile in profiles().values():
        assert any(scene.name == "tindakan" for screen in profile.screens for scene in screen.scenes)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"themes": {"06.00": "malam"}}, "tema 'malam' tidak ada"),
        ({"themes": {"6": "siang"}}, "'6' bukan jam; tulis seperti 06.00"),
        ({"scenes": {"06.00": {"rinkasan": 40}}}, "adegan 'rinkasan' tidak ada"),
        ({"scenes": {"06.00": {"ringkasan": 5, "112": 30}}}, "adegan tampil 20 sampai 120 detik"),
        ({"scenes": {"06.00": {"ringkasan": 100, "112": 100}}}, "satu putaran 200 detik; paling lama 180"),
        ({"across": 2}, "1 layar untuk 2 × 1"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_with_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        profile_of("uji", {**TABLE, **change})


def test_nothing_on_the_wall_flashes_moves_or_runs_by_itself() -> None:
    """What asks changes once a second (care.js): half of what WCAG 2.3.1 allows is far away."""
    styles = "".join((ASSETS / name).read_text(encoding="utf-8") for name in ("wall.css", "panel.css", "hazards.css"))
    assert "@keyframes" not in styles
    assert max(int(ms) for ms in re.findall(r"opacity (\d+)ms", styles)) <= 300
    assert "tabular-nums" in styles
