"""The remote of a wall: which glass it speaks to, how each is named, and the buttons that would change something."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.store.display_holds import Hold
from dashboard.store.displays import Display
from layouts.displays.buttons import remote
from layouts.displays.glasses import CHOOSE, Glasses, glasses_of, grid
from tests.builders import NOW
from tests.dashboard.test_displays import a_beat

WALL = Display(7, "Dinding", "dinding", "", "", NOW, None, None, NOW, "Sari", None, "", "")
NINE = "112 ringkasan tindakan lingkungan udara sumber-daya layanan spbe masterplan"


def spoken_to(chosen: object = 0, shown: str = NINE, **given: Any) -> Glasses:
    one = replace(WALL, **given)
    return glasses_of(one, a_beat(7, glasses=shown), {5: Hold("pin", "udara"), 6: Hold("pin", "112")}, chosen)


def plain(component: Any) -> Any:
    return json.loads(json.dumps(component.to_plotly_json(), default=lambda part: part.to_plotly_json()))


def buttons(component: Any) -> list[dict[str, Any]]:
    """All buttons below, in order."""
    if isinstance(component, list):
        return [found for part in component for found in buttons(part)]
    if not isinstance(component, dict):
        return []
    mine = [component["props"]] if component["type"] == "Button" else []
    return mine + buttons(component["props"].get("children"))


def test_every_glass_is_named_by_its_place_and_what_it_shows() -> None:
    named = [button["aria-label"] for button in buttons(plain(grid(spoken_to(), may_control=True)))]
    assert named[:2] == ["baris 1, kolom 1: Darurat 112", "baris 1, kolom 2: Ringkasan"]
    assert named[4:6] == ["baris 2, kolom 2: Udara, disematkan", "baris 2, kolom 3: Air, sampah, dan ruang hijau"]
    assert named[8:] == ["baris 3, kolom 3: Masterplan kota cerdas", "Seluruh dinding"]


@pytest.mark.parametrize(
    ("chosen", "pressed"), [(0, 0), (None, 0), (9, 9), (10, 0), (-1, 0), ("2", 0), ({"a": 1}, 0), (2.0, 0)]
)
def test_one_is_chosen_and_whatever_else_a_browser_says_is_the_whole_wall(chosen: object, pressed: int) -> None:
    found = buttons(plain(grid(spoken_to(chosen), may_control=True)))
    assert [b["id"]["glass"] for b in found if b["aria-pressed"] == "true"] == [pressed]
    assert {b["id"]["type"] for b in found} == {CHOOSE}


def test_whoever_may_only_look_has_nothing_to_press() -> None:
    drawn = plain(grid(spoken_to(), may_control=False))
    assert buttons(drawn) == []
    assert "baris 3, kolom 3" in json.dumps(drawn)


SPOKEN = [
    (0, {}, [], "the whole of a wall whose glasses have one scene each"),
    (0, {"held": "pause"}, ["Lanjutkan"], "all paused"),
    (1, {}, ["Darurat 112", "Ringkasan"], "a glass"),
    (5, {}, ["Lanjutkan", "Darurat 112"], "a glass that holds"),
]


@pytest.mark.parametrize(("chosen", "given", "first", "about"), SPOKEN)
def test_only_what_would_change_something_can_be_pressed(
    chosen: int, given: dict[str, str], first: list[str], about: str
) -> None:
    found = buttons(plain(remote(spoken_to(chosen, **given))))
    assert [b["children"] for b in found][: len(first)] == first, about
    assert len(found) == len(first) if chosen == 0 else len(found) >= 9
    assert {b["id"]["glass"] for b in found} <= {chosen}


@pytest.mark.parametrize(("profile", "shown"), [("aula", "udara"), ("aula", ""), ("dinding", "udara")])
def test_a_screen_of_one_glass_is_as_it_was(profile: str, shown: str) -> None:
    one = spoken_to(3, shown, profile=profile)
    assert not one.are_many
    assert one.title == "Dinding"
    assert {b["id"]["glass"] for b in buttons(plain(remote(one)))} == {0}
