"""The page of a screen without a right is read from where its wall is read, on one glass, whatever it has to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from markupsafe import Markup
from playwright.sync_api import Page

from layouts.displays.pairing_page import pairing_page, refused_page
from layouts.wall.screens import SEAM_PX, Profile, profiles
from tests.journeys.wall_looks import wrong_looks
from tests.standing_wall import standing_wall

pytestmark = pytest.mark.browser

WIDEST_CODE, ADDRESS = "WWWWWW", "https://pusatkomando.mojokertokab.go.id"
SCREENS = {**profiles(), "one glass of a wall": profiles()["dinding"].alone(7)}
LETTERED = """Promise.all([400, 600, 700].map((weight) =>
  document.fonts.load(`${weight} 16px "IBM Plex Sans Condensed"`)))"""
EDGES = """() => [...document.querySelectorAll("main > *")].map((e) => {
  const { left, top, right, bottom } = e.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the styles and letters are."""
    with standing_wall() as (address, _):
        yield address


def said(profile: Profile) -> dict[str, Markup]:
    return {
        "never paired": pairing_page(WIDEST_CODE, profile, ADDRESS),
        "revoked": pairing_page(WIDEST_CODE, profile, ADDRESS, datetime(2026, 9, 28, 13, 58, tzinfo=UTC)),
        "refused": refused_page("Terlalu banyak layar menunggu dipasang. Coba lagi dalam sepuluh menit.", profile),
    }


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_without_a_right_is_read_from_its_distance(address: str, page: Page, name: str) -> None:
    profile = SCREENS[name]
    page.set_viewport_size({"width": profile.width, "height": profile.height})
    page.route("**/wall/pairing", lambda route: route.fulfill(json={"state": "menunggu"}))
    page.goto(f"{address}/assets/theme.css")
    for kind, markup in said(profile).items():
        page.set_content(markup.replace("/assets/", f"{address}/assets/"))
        page.evaluate(LETTERED)
        assert wrong_looks(page, ".pairing main") == [], kind
        for left, top, right, bottom in page.evaluate(EDGES):
            assert glass(profile, left, top) == glass(profile, right, bottom), kind


def glass(profile: Profile, x: float, y: float) -> tuple[float, float]:
    """On which glass a point is; a point at a bezel is on none."""
    width, height = profile.screen_size
    assert SEAM_PX <= x % width <= width - SEAM_PX, x
    assert SEAM_PX <= y % height <= height - SEAM_PX, y
    return x // width, y // height
