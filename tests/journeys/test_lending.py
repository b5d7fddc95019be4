"""One glass of a wall is told apart from the others: it shows any scene of the wall, live, and gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from layouts.wall.screens import profiles
from tests.journeys.wall_looks import wrong_looks
from tests.recorded_wall import promised, recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

WALL = profiles()["dinding"]
TELL = "detail => document.dispatchEvent(new CustomEvent('wall:command', { detail }))"
ORDER = """([held, scene, glasses, commands]) => {
  const display = { held, scene, profile: "dinding", glasses, commands };
  const detail = { at: Date.now(), pulse: {}, panels: {}, display };
  dispatchEvent(new CustomEvent("mojokerto:message", { detail }));
}"""
SHOWN = "mojokerto.rotation.state().scenes"
OWN = [screen.scenes[0].name for screen in WALL.screens]
CENTRE, ASA = 5, '.scene.shown [data-panel^="tile~calls112.asa"] .figure'


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall(promised(recorded())) as standing:
        yield standing


@pytest.fixture
def glasses(wall: tuple[str, StandingBoard], page: Page) -> Page:
    """The wall of nine, each with its own scene."""
    page.set_viewport_size({"width": WALL.width, "height": WALL.height})
    page.goto(f"{wall[0]}/wall/dinding")
    shows(page, {})
    return page


def shows(page: Page, others: dict[int, str]) -> None:
    wanted = [others.get(glass, own) for glass, own in enumerate(OWN, start=1)]
    page.wait_for_function(f"wanted => String({SHOWN}) === String(wanted)", arg=wanted, timeout=6000)


def test_a_lent_scene_is_whole_stays_true_and_is_given_back(wall: tuple[str, StandingBoard], glasses: Page) -> None:
    glasses.evaluate(TELL, {"verb": "pin", "scene": "112", "glass": CENTRE})
    shows(glasses, {CENTRE: "112"})
    glasses.wait_for_timeout(1000)
    assert wrong_looks(glasses, f'[data-screen="{CENTRE}"] .scene.shown') == []
    now = promised(recorded())
    wall[1].put({"calls112.asa": replace(now["calls112.asa"], value=Decimal("9.9"))})
    for glass in (1, CENTRE):
        expect(glasses.locator(f'[data-screen="{glass}"] {ASA}')).to_have_text("9,9 detik", timeout=8000)
    glasses.evaluate(TELL, {"verb": "resume", "glass": CENTRE})
    shows(glasses, {})
    expect(glasses.locator("[data-lent]")).to_have_count(0, timeout=4000)


def test_what_the_whole_wall_is_told_lends_nothing_and_what_it_does_not_have_is_not_shown(glasses: Page) -> None:
    for order in ({"verb": "pin", "scene": "112"}, {"verb": "pin", "scene": "rahasia", "glass": CENTRE}):
        glasses.evaluate(TELL, order)
    glasses.wait_for_timeout(1500)
    shows(glasses, {})


def paired(page: Page, address: str) -> None:
    """The same wall as a paired screen, whose stream is the test."""
    page.route("**/live?*", lambda route: route.abort("connectionrefused"))
    page.route("**/wall/beat", lambda route: route.fulfill(status=204))
    page.route("**/wall/dinding", lambda route: route.fulfill(
        body=route.fetch().text().replace("<body ", '<body data-display="1" '), content_type="text/html"))  # fmt: skip
    page.goto(f"{address}/wall/dinding")
    shows(page, {})


HOLD = {"held": "pin", "scene": "112"}
STEPS = [
    ("a glass of its own", ["", "", {"5": HOLD}, []], {5: "112"}),
    ("told again at a new start of the stream", ["", "", {"5": HOLD}, []], {5: "112"}),
    ("another beside it", ["", "", {"5": HOLD, "9": {"held": "pin", "scene": "udara"}}, []], {5: "112", 9: "udara"}),
    ("the one let go", ["", "", {"5": {"held": "", "scene": ""}, "9": {"held": "pin", "scene": "udara"}}, []],
     {9: "udara"}),
    ("all paused, which ends the others", ["pause", "", {}, [{"verb": "pause", "scene": "", "glass": 0}]],
     {9: "udara"}),
    ("all let go", ["", "", {}, [{"verb": "resume", "scene": "", "glass": 0}]], {}),
]  # fmt: skip


def test_orders_of_the_stream_are_held_by_each_glass(wall: tuple[str, StandingBoard], page: Page) -> None:
    paired(page, wall[0])
    for said, order, others in STEPS:
        page.evaluate(ORDER, order)
        page.wait_for_timeout(700)
        assert page.evaluate(SHOWN) == [others.get(glass, own) for glass, own in enumerate(OWN, start=1)], said


def test_an_order_that_ran_out_is_carried_out_when_given_anew(wall: tuple[str, StandingBoard], page: Page) -> None:
    paired(page, wall[0])
    page.evaluate(ORDER, ["", "", {"5": HOLD}, []])
    shows(page, {5: "112"})
    page.evaluate("mojokerto.rotation.resume()")
    shows(page, {})
    page.evaluate(ORDER, ["", "", {"5": HOLD}, []])
    page.wait_for_timeout(1200)
    shows(page, {})
    page.evaluate(ORDER, ["", "", {"5": HOLD}, [{"verb": "pin", "scene": "112", "glass": 5}]])
    shows(page, {5: "112"})
