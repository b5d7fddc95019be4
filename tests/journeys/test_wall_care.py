"""The screen is cared for: rest at night, a picture that wanders, new releases, and no picture that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from dashboard.clock import WIB
from tests.journeys.wall_time import NOON, at, opened
from tests.recorded_wall import recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

NIGHT = datetime(2026, 11, 23, 2, tzinfo=WIB)


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall() as standing:
        yield standing


def test_the_screen_rests_at_night_unless_an_alert_stands(wall: tuple[str, StandingBoard], page: Page) -> None:
    opened(page, wall, NIGHT)
    expect(page.locator(".night")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".night")).to_be_hidden()
    opened(page, wall, NIGHT)
    page.evaluate("document.querySelector('[data-alarms]').innerHTML = '<i data-alarm=\"air.ispu\"></i>'")
    page.clock.run_for(1000)
    expect(page.locator(".night")).to_be_hidden()


def test_the_picture_wanders_and_the_strip_changes_sides(wall: tuple[str, StandingBoard], page: Page) -> None:
    opened(page, wall)
    places = set()
    for minute in range(10):
        page.evaluate(at(NOON + timedelta(minutes=minute)))
        page.clock.run_for(1000)
        places.add(page.evaluate("document.querySelector('.stage').style.transform"))
    assert len(places) >= 6
    sides = []
    for hour in (3, 9, 15, 21):
        page.evaluate(at(NOON.replace(hour=hour)))
        page.clock.run_for(1000)
        sides.append(page.evaluate("document.body.classList.contains('mirrored')"))
    assert sides == [False, True, False, True]


OUTSIDE = """() => [...document.querySelectorAll(".strip > *")].filter((part) => {
  const box = part.getBoundingClientRect();
  return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
}).map((part) => part.className)"""
BUSY = """const b = (word, mark) => `<span class="${mark}"><i class="shape ${mark}"></i><b>12</b>
  <span class="when-not-tight">${word}</span></span>`;
document.querySelector(".counts").innerHTML = b("kritis", "kritis") + b("waspada", "waspada");
document.querySelectorAll(".counts")[1].innerHTML = "<span><b>12</b> arahan lewat</span>";
window.dispatchEvent(new Event("mojokerto:painted"));"""


@pytest.mark.parametrize("hour", [3, 9], ids=["as it is", "mirrored"])
def test_a_busy_strip_keeps_every_part_on_the_screen_whichever_side_it_begins(
    wall: tuple[str, StandingBoard], page: Page, hour: int
) -> None:
    opened(page, wall)
    page.evaluate(at(NOON.replace(hour=hour)))
    page.clock.run_for(1000)
    page.evaluate(BUSY)
    assert page.evaluate(OUTSIDE) == []


def test_a_new_release_is_taken_over_only_when_its_document_has_arrived(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    opened(page, wall)
    page.evaluate("window.sameDocument = true")
    newer = at(NOON).replace("panels:", "release: 'terbaru', panels:")
    page.route("**/wall/aula", lambda route: route.abort("connectionrefused"))
    page.evaluate(newer)
    page.clock.run_for(2000)
    page.wait_for_timeout(500)
    assert page.evaluate("window.sameDocument") is True
    page.unroute("**/wall/aula")
    later = of_the_next_release(page.request.get(f"{wall[0]}/wall/aula").text())
    page.route("**/wall/aula", lambda route: route.fulfill(body=later, content_type="text/html"))
    page.clock.run_for(31_000)
    page.evaluate(newer)
    page.wait_for_function("!window.sameDocument", timeout=20000)


def of_the_next_release(document: str) -> str:
    """The same document under another name."""
    start = document.index('data-release="') + len('data-release="')
    return f"{document[:start]}terbaru{document[start + 12 :]}"


def test_a_screen_whose_data_stand_still_begins_again(wall: tuple[str, StandingBoard], page: Page) -> None:
    opened(page, wall)
    page.evaluate("window.sameDocument = true")
    page.clock.run_for(40_000)
    assert page.evaluate("window.sameDocument") is True
    for _ in range(20):  # in small steps: the document that it asks for comes at the machine's own pace
        page.clock.run_for(5000)
        page.wait_for_timeout(400)
        if not page.evaluate("window.sameDocument"):
            return
    pytest.fail("it never began again")


def test_a_figure_that_has_changed_is_marked_for_three_seconds(wall: tuple[str, StandingBoard], page: Page) -> None:
    address, board = wall
    board.put(recorded())
    page.goto(f"{address}/wall/aula")
    page.wait_for_function("document.documentElement.dataset.connection === 'live'")
    waited = recorded()["calls112.asa"]
    board.put({"calls112.asa": replace(waited, value=Decimal("31.4"))})
    marked = page.locator(".frame.changed")
    expect(marked).to_have_attribute("data-panel", "tile~calls112.asa~aula.cell", timeout=5000)
    expect(marked).to_have_count(0, timeout=5000)
