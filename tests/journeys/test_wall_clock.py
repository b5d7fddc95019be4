"""The wall's clock turns with day, year and week; a clock that is set is no loss; nothing else of the picture moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from dashboard.clock import WIB
from tests.journeys.lost_picture import LOST, last_picture, wrong_when_lost
from tests.journeys.photograph import Photograph, altered, blank, kept, reworded, taken, unseen
from tests.journeys.still_wall import hold_still
from tests.journeys.wall_time import NOON, at, go_on, opened
from tests.recorded_wall import promised, recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

CLOCK, OLDEST, AGES = ".strip .clock", ".strip .oldest", ".scene.shown [data-age-from]"
SCENE = "112"
WATCH_CONNECTION = """() => {
  const root = document.documentElement;
  window.marked = [];
  new MutationObserver(() => marked.push(root.dataset.connection)).observe(root, { attributes: true });
}"""
NEW_YEAR = datetime(2027, 1, 1, tzinfo=WIB)
"""Friday in the middle of ISO week 53."""
MONDAY = datetime(2027, 1, 4, tzinfo=WIB)
"""From week 53 to week 1."""
TURNS = {NEW_YEAR: ("Jum 1 Jan", "tahun-baru"), MONDAY: ("Sen 4 Jan", "minggu-53-ke-1")}


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall() as standing:
        yield standing


def photographed(page: Page) -> Photograph:
    return taken(page, CLOCK, OLDEST, AGES)


@pytest.mark.pictured
@pytest.mark.parametrize("midnight", TURNS, ids=[name for _, name in TURNS.values()])
def test_at_midnight_the_clock_turns_and_nothing_else_of_the_picture(
    wall: tuple[str, StandingBoard], page: Page, midnight: datetime
) -> None:
    date, name = TURNS[midnight]
    wall[1].put(promised(recorded(midnight - timedelta(minutes=1))))
    page.route("**/live?*", lambda route: route.abort("connectionrefused"))
    page.goto(f"{wall[0]}/wall/aula")
    page.evaluate(at(midnight - timedelta(seconds=30)))
    hold_still(page, SCENE)
    page.evaluate(at(midnight - timedelta(seconds=4)))
    expect(page.locator(CLOCK)).to_contain_text("23.59 WIB")
    before = photographed(page)
    page.evaluate(at(midnight - timedelta(seconds=2)))
    for words in (date, "00.00 WIB"):
        expect(page.locator(CLOCK)).to_contain_text(words, timeout=5000)
    after = photographed(page)
    kept(after, name)
    assert altered(before, after, CLOCK, OLDEST) + blank(after) + unseen(page, after, CLOCK) == []
    assert reworded(before, after, CLOCK) != []


@pytest.mark.pictured
def test_a_clock_that_is_set_is_no_loss_and_the_wall_keeps_the_servers_time(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    wall[1].put(promised(recorded()))
    page.clock.install()
    page.goto(f"{wall[0]}/wall/aula")
    page.wait_for_function("document.documentElement.dataset.connection === 'live'")
    hold_still(page, SCENE)
    page.evaluate(WATCH_CONNECTION)
    before = photographed(page)
    for hours, name in ((1, "jam-maju"), (-1, "jam-mundur")):
        page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))
        page.wait_for_timeout(2500)
        shown = datetime.now(WIB)
        near = [f"{moment:%H.%M} WIB" for moment in (shown, shown - timedelta(minutes=1))]
        assert page.locator('[data-clock="time"]').first.text_content() in near
        after = photographed(page)
        kept(after, name)
        assert altered(before, after, CLOCK, OLDEST, AGES) + blank(after) == [], name
    assert "lost" not in page.evaluate("marked")


def test_a_clock_that_is_set_ends_nothing_that_is_held_and_makes_no_screen_begin_again(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    opened(page, wall)
    page.evaluate("window.sameDocument = true; mojokerto.rotation.pin('112')")
    go_on(page, 60)
    page.clock.set_system_time(datetime.now(UTC) + timedelta(days=2))
    go_on(page, 10, NOON + timedelta(minutes=1))
    page.wait_for_timeout(500)
    assert page.evaluate("window.sameDocument && mojokerto.rotation.state().held") == SCENE


@pytest.mark.pictured
def test_a_loss_that_lasts_over_midnight_names_the_day_of_the_picture(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    eve = NEW_YEAR - timedelta(seconds=5)
    hold_still(opened(page, wall, eve, promised(recorded(eve))), SCENE)
    before = last_picture(page)
    page.clock.run_for(15_000)
    expect(page.locator(LOST)).to_have_text("Sambungan ke server terputus. Gambar terakhir 31 Des pukul 23.59.55 WIB")
    after = last_picture(page)
    kept(after.photograph, "terputus-lewat-tengah-malam")
    assert wrong_when_lost(page, before, after) == []
