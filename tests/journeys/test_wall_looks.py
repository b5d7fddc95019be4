"""Every scene of every profile can be read from its distance: on a calm day, on the worst, in the dark, and by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from dashboard.clock import WIB
from dashboard.indicators.reading import Reading
from layouts.theme import THEMES
from layouts.wall.screens import Profile, profiles
from tests.journeys import wall_time
from tests.journeys.still_wall import STILL
from tests.journeys.wall_looks import wrong_looks
from tests.recorded_wall import critical, lost, recorded, unknown
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

Readings = Mapping[str, Reading]
DAYS: dict[str, Callable[[Readings], Readings]] = {
    "calm": lambda r: r, "critical": critical, "lost": lost, "critical and lost": lambda r: lost(critical(r)),
    "unknown": unknown,
}  # fmt: skip
SHOW = """([name, theme]) => {
  mojokerto.rotation.pause();
  document.body.dataset.themes = JSON.stringify([[0, theme]]);
  document.documentElement.dataset.theme = theme;
  for (const screen of document.querySelectorAll("[data-screen]")) {
    const wanted = screen.querySelector(`[data-scene="${name}"]`);
    for (const scene of screen.querySelectorAll("[data-scene]"))
      if (wanted) scene.classList.toggle("shown", scene === wanted);
  }
}"""

LOSE = """() => {
  document.documentElement.dataset.connection = "lost";
  for (const place of document.querySelectorAll(".lost"))
    place.textContent = "Sambungan ke server terputus. Gambar terakhir 28 Nov pukul 20.48.48 WIB";
}"""
"""With the longest words that age.js has for it."""


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall() as standing:
        yield standing


def opened(page: Page, address: str, profile: Profile) -> None:
    page.set_viewport_size({"width": profile.width, "height": profile.height})
    page.goto(f"{address}/wall/{profile.name}")
    page.add_style_tag(content=STILL)
    expect(page.locator(".scene.shown")).to_have_count(len(profile.screens))


def rounds(profile: Profile) -> list[str]:
    """One scene after the other on a single screen; a wall of many shows all of its scenes at once."""
    if len(profile.screens) > 1:
        return [""]
    return [scene.name for scene in profile.screens[0].scenes]


@pytest.mark.parametrize("name", profiles())
def test_every_scene_is_read_from_its_distance_and_nothing_is_cut(
    wall: tuple[str, StandingBoard], page: Page, name: str
) -> None:
    (address, board), profile, found = wall, profiles()[name], {}
    board.put(recorded())
    opened(page, address, profile)
    for day, change in DAYS.items():
        page.evaluate("window.painted = 0; addEventListener('mojokerto:painted', () => (window.painted += 1))")
        board.put(change(recorded()))
        page.wait_for_function("window.painted > 0", timeout=8000)
        for scene in rounds(profile):
            page.evaluate(SHOW, [scene, profile.theme])
            found |= {f"{scene}, {day}": wrong for wrong in [wrong_looks(page)] if wrong}
    assert found == {}
    page.evaluate(LOSE)
    assert wrong_looks(page, ".lost") == []


def test_a_screen_whose_stream_never_came_says_that_its_data_are_lost_and_cuts_nothing(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    wall_time.opened(page, wall, datetime.now(WIB) + timedelta(minutes=30))
    page.add_style_tag(content=STILL)
    page.clock.run_for(15_000)
    expect(page.locator('[data-scene="112"] .panel[data-freshness="putus"]')).to_have_count(5)
    found = {}
    for scene in rounds(profiles()["aula"]):
        page.evaluate(SHOW, [scene, profiles()["aula"].theme])
        found[scene] = wrong_looks(page, ".scene.shown .scene-grid, .strip")
    assert {scene: wrong for scene, wrong in found.items() if wrong} == {}


def test_every_theme_keeps_its_contrast_on_the_worst_day(wall: tuple[str, StandingBoard], page: Page) -> None:
    (address, board), found = wall, {}
    board.put(critical(recorded()))
    opened(page, address, profiles()["meja"])
    for theme in THEMES:
        for scene in rounds(profiles()["meja"]):
            page.evaluate(SHOW, [scene, theme])
            found |= {f"{scene}, {theme}": wrong for wrong in [wrong_looks(page)] if wrong}
    assert found == {}


MISTAKES = {
    ".scene .foot * { font-size: 20px !important }": "text of",
    ".scene .foot * { color: #666 !important }": "contrast",
    ".scene .figure { margin-top: -60px !important }": "overlap",
    ".scene .title { width: 3000px }": "cut",
    ".scene .title { margin-top: 400px }": "too high",
}


def test_the_look_sees_what_is_wrong(wall: tuple[str, StandingBoard], page: Page) -> None:
    address, board = wall
    board.put(recorded())
    opened(page, address, profiles()["aula"])
    assert wrong_looks(page) == []
    for style, seen in MISTAKES.items():
        tag = page.add_style_tag(content=style)
        assert seen in " ".join(wrong_looks(page))
        tag.evaluate("tag => tag.remove()")
