"""Scenes take turns by themselves; an alarm holds its own; nothing that fails stops them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.indicators.reading import Reading
from layouts.panels import failed
from layouts.wall.screens import profiles
from tests.journeys.wall_time import go_on, opened
from tests.recorded_wall import recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

PINNED_WITHIN_MS = 2000
FADE_MS = 300
DAY = [turn for turn in profiles()["aula"].screens[0].parts[0].scenes if turn[0] != "tindakan"]
"""By day; the scene of what is raised has no turn while nothing is."""
SHOWN = "mojokerto.rotation.state().scenes[0]"
TURNS = """() => {
  window.turns = [];
  window.addEventListener("wall:painted", ({ detail }) => turns.push([performance.now(), detail.scene]));
}"""
HOLES = """() => {
  window.holes = 0;
  const look = () => {
    const seen = [...document.querySelectorAll(".scene")].filter((s) => Number(getComputedStyle(s).opacity) > 0.9);
    if (!seen.length) window.holes += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall() as standing:
        yield standing


def alarm(*waiting: str, accepted: str = "") -> dict[str, Reading]:
    """The standing alerts as the store would say them."""
    marks = [{"rule": rule, "severity": "kritis", "waits": True} for rule in waiting]
    marks += [{"rule": accepted, "severity": "kritis", "waits": False}] if accepted else []
    standing = recorded()["alerts.standing"]
    return {"alerts.standing": replace(standing, detail={"rows": [], "marks": marks})}


def test_scenes_take_turns_each_with_its_own_dwell_and_a_round_is_short(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    opened(page, wall).evaluate(TURNS)
    go_on(page, 180)
    turns = page.evaluate("turns")
    names = [name for name, _ in DAY]
    begun = [name for _, name in turns]
    assert begun == (names * 3)[1 : len(begun) + 1]
    assert set(begun) == set(names)
    for (start, name), (end, _) in pairwise(turns):
        assert (end - start) / 1000 == pytest.approx(dict(DAY)[name], abs=1)


def test_a_scene_fades_in_over_the_one_before_so_that_never_nothing_is_seen(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    page.goto(f"{wall[0]}/wall/aula")
    expect(page.locator(".scene.shown")).to_have_count(1)
    page.wait_for_timeout(500)
    page.evaluate(HOLES)
    first = page.evaluate(SHOWN)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SHOWN} !== '{first}'", timeout=2000)
    page.wait_for_timeout(FADE_MS)
    assert page.evaluate("holes") == 0
    assert page.evaluate("Number(getComputedStyle(document.querySelector('.scene.shown')).opacity)") == 1
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.shown')).transitionDuration)") <= 0.3


def test_an_alarm_holds_its_scene_until_somebody_accepts_it(wall: tuple[str, StandingBoard], page: Page) -> None:
    address, board = wall
    board.put(recorded() | alarm())
    page.goto(f"{address}/wall/aula")
    page.wait_for_function("document.documentElement.dataset.connection === 'live'")
    assert page.evaluate(SHOWN) == DAY[0][0] or page.evaluate(SHOWN) == "ringkasan"
    board.put(alarm("weather.rain_next_24h"))
    start = time.monotonic()
    page.wait_for_function(f"{SHOWN} === 'lingkungan'", timeout=PINNED_WITHIN_MS)
    assert 1000 * (time.monotonic() - start) < PINNED_WITHIN_MS
    expect(page.locator(".scene.shown [data-asks=kritis]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.wait_for_timeout(700)
    assert page.evaluate(SHOWN) == "lingkungan"
    board.put(alarm(accepted="weather.rain_next_24h"))
    expect(page.locator("[data-asks]")).to_have_count(0, timeout=PINNED_WITHIN_MS)
    board.put(alarm("alerts.undelivered"))
    page.wait_for_function(f"{SHOWN} === 'tindakan'", timeout=PINNED_WITHIN_MS)
    board.put(alarm())
    page.wait_for_function(f"{SHOWN} !== 'tindakan'", timeout=PINNED_WITHIN_MS)


def test_a_scene_and_a_panel_that_fail_stop_nothing(
    wall: tuple[str, StandingBoard], page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ArithmeticError

    board = wall[1]
    monkeypatch.setattr(board, "_forms", {**board._forms, "tile": broken})
    opened(page, wall).evaluate(TURNS)
    expect(page.locator('[data-scene="112"] .missing')).to_have_text(failed.WORDS)
    page.evaluate("document.querySelector('[data-scene=\"lingkungan\"]').remove()")
    page.evaluate("""() => {
      document.querySelector('[data-scene="layanan"]').querySelector = () => { throw new Error("mati"); };
    }""")
    go_on(page, 200)
    assert len(page.evaluate("turns")) >= 4


def test_a_person_leads_by_keyboard_and_is_not_waited_for_for_ever(wall: tuple[str, StandingBoard], page: Page) -> None:
    opened(page, wall)
    page.keyboard.press("4")
    page.clock.run_for(1000)
    assert page.evaluate(SHOWN) == "lingkungan"
    go_on(page, 120)
    assert page.evaluate(SHOWN) == "lingkungan"
    page.keyboard.press("ArrowLeft")
    page.clock.run_for(1000)
    assert page.evaluate(SHOWN) == "112"
    page.keyboard.press("Escape")
    go_on(page, 60)
    assert page.evaluate(SHOWN) != "112"
    page.keyboard.press(" ")
    held = page.evaluate(SHOWN)
    go_on(page, 90)
    assert page.evaluate(SHOWN) == held
    go_on(page, 600, every=30)
    assert page.evaluate("mojokerto.rotation.state().held") is None


@pytest.mark.parametrize(
    ("told", "held", "shown"),
    [
        ("pin('layanan')", "layanan", "layanan"),
        ("pin()", "ringkasan", "ringkasan"),
        ("pause()", "jeda", "ringkasan"),
        ("next()", None, "112"),
    ],
)
def test_the_rotation_can_be_led_by_another_script(
    wall: tuple[str, StandingBoard], page: Page, told: str, held: str | None, shown: str
) -> None:
    opened(page, wall)
    page.evaluate(f"void mojokerto.rotation.{told}")
    page.clock.run_for(1000)
    assert page.evaluate("mojokerto.rotation.state().held") == held
    assert page.evaluate(SHOWN) == shown
