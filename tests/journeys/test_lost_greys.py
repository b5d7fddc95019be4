"""Without a server every kind of panel turns grey, stays readable where it stands, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from layouts.drawing.canvas import PAGE_WIDE
from layouts.panels.forms import FORMS
from layouts.theme import THEMES
from layouts.wall.document import STYLES
from layouts.wall.scenes import SCENES
from layouts.wall.screens import profiles
from tests.journeys.lost_picture import MAY_CHANGE, SIMULATED, coloured, drawn, moved, still_live
from tests.journeys.photograph import PANELS, Photograph, altered, taken
from tests.journeys.test_wall_looks import LOSE, SHOW, opened
from tests.journeys.wall_looks import wrong_looks
from tests.layouts.test_drawing import everything
from tests.recorded_wall import critical, promised, recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

FOUND = "document.documentElement.dataset.connection = 'live'"
KINDS = f"[...document.querySelectorAll('{PANELS}')].map(e => e.parentElement.dataset.panel.split('~')[0])"
TIMELY = (*MAY_CHANGE, ".scene.shown li:has([data-age-from])")
"""A row makes room for the words of its age, which may change while we look."""
COUNTED = ".strip .counts"
ALL = {(scene.name, place.form) for scene in SCENES for place in scene.places}


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall(promised(critical(recorded()))) as standing:
        yield standing


def stood(page: Page, address: str, name: str) -> None:
    """A wall on which nothing pulses, to which no stream comes that would end the loss by itself, and which does not
    notice by itself that none came: on a busy machine the walk through all scenes takes longer than that.
    """
    page.route("**/live?*", lambda route: route.abort("connectionrefused"))
    opened(page, address, profiles()[name])
    page.evaluate("mojokerto.silence = () => 0")
    page.evaluate(FOUND)
    page.add_style_tag(content=".wall .frame[data-asks] > .panel { box-shadow: none !important }")


def settled(page: Page) -> Any:
    """Where everything is drawn, once nothing moves any more: lists are cut to whole rows after they are painted."""
    before, places = None, drawn(page)
    while places != before:
        page.wait_for_timeout(300)
        before, places = places, drawn(page)
    return places


def photographed(page: Page) -> Photograph:
    return taken(page, *TIMELY, SIMULATED)


def wrong_grey(page: Page) -> list[str]:
    """What a loss does wrong to the panels that are seen; they are as before when it is over."""
    places = settled(page)
    before = photographed(page)
    page.evaluate(LOSE)
    lost = photographed(page)
    wrong = [*still_live(page), *still_live(page, COUNTED), *coloured(lost), *moved(places, drawn(page))]
    wrong += wrong_looks(page, f"{PANELS}, .strip")
    page.evaluate(FOUND)
    return wrong + altered(before, photographed(page), *TIMELY)


@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_of_panel_in_every_scene_turns_grey_and_comes_back(
    wall: tuple[str, StandingBoard], page: Page, theme: str
) -> None:
    stood(page, wall[0], "meja")
    seen, bright, found = set(), set(), {}
    assert still_live(page, COUNTED) != []
    for scene in SCENES:
        page.evaluate(SHOW, [scene.name, theme])
        kinds = page.evaluate(KINDS)
        seen |= {(scene.name, kind) for kind in kinds}
        bright |= {kind for kind in kinds if any(told.startswith(f"{kind}~") for told in still_live(page))}
        found[scene.name] = wrong_grey(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert seen == ALL
    assert bright == {kind for _, kind in ALL}, "what is not seen to be live cannot be seen to turn"


def test_all_glasses_of_a_wall_turn_grey_at_once(wall: tuple[str, StandingBoard], page: Page) -> None:
    stood(page, wall[0], "dinding")
    assert {kind for _, kind in ALL} == set(page.evaluate(KINDS))
    assert wrong_grey(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_form_of_a_page_turns_grey(wall: tuple[str, StandingBoard], page: Page, theme: str) -> None:
    page.goto(f"{wall[0]}/assets/{STYLES[0]}")
    styles = "".join(f'<link rel="stylesheet" href="{wall[0]}/assets/{name}">' for name in STYLES if name != "wall.css")
    panels = "".join(f'<div data-panel="{form}~x~page">{draw(ON_A_PAGE[form], PAGE_WIDE)}</div>'
                     for form, draw in FORMS.items() if form not in UNSEEN)  # fmt: skip
    page.set_content(f'<html data-theme="{theme}">{styles}<body><main class="grid">{panels}</main></body></html>')
    scope = "[data-panel] > *"
    expect(page.locator(scope)).to_have_count(len(FORMS) - len(UNSEEN))
    places, live = drawn(page, scope), still_live(page, scope)
    assert {told.split("~")[0] for told in live} == set(FORMS) - set(UNSEEN)
    page.evaluate(FOUND.replace("live", "lost"))
    assert still_live(page, scope) + moved(places, drawn(page, scope)) == []
    page.evaluate(FOUND)
    assert still_live(page, scope) == live


UNSEEN = ("alarms", "headline", "counts")
"""For the scripts of the wall alone, below the mark of the loss, and on its strip."""
SAMPLE = critical(recorded())
ON_A_PAGE = dict.fromkeys(FORMS, everything()) | {
    place.form: SAMPLE[place.indicator] for scene in SCENES for place in scene.places
}
