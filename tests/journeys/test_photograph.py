"""The comparison of pictures finds what it is there for: each planted difference, and none where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys.lost_picture import MAY_CHANGE, last_picture, moved, wrong_when_lost
from tests.journeys.photograph import altered
from tests.journeys.still_wall import hold_still
from tests.recorded_wall import critical, promised, recorded
from tests.standing_wall import standing_wall

pytestmark = pytest.mark.browser

LOSE = """() => {
  document.documentElement.dataset.connection = "lost";
  document.querySelector(".lost").textContent = "Sambungan ke server terputus. Gambar terakhir pukul 07.00.00 WIB";
}"""
PLANTED = {
    ".strip { transform: translateX(3px) }": "another picture",
    ".scene.shown { background: #555 }": "another picture",
    ".scene.shown .graphic { transform: translateX(3px) }": "moved: div.graphic",
    ".scene.shown .graphic rect { height: 9px }": "moved: rect",
    ".scene.shown .frame:first-child { visibility: hidden }": "other letters in .scene.shown h2",
    ".scene.shown .panel > * { visibility: hidden }": "nothing drawn",
    ".scene.shown { display: none }": "no panel",
    ".scene.shown .number::before { content: '1' }": "other letters in .scene.shown .figure .number",
    ".scene.shown .map text { letter-spacing: 4px }": "other letters in .scene.shown .panel svg text",
    ".scene.shown .verdict > span { color: transparent !important }": "other letters in .scene.shown .verdict",
    # What is not greyed: the tokens of a panel, a figure, a tile and its letters, an edge, a colour of the law.
    ".panel { --warning: #f0c000 !important; --critical: #ff6b5e !important }": "a coloured edge",
    ".scene.shown .number { color: #f2f4f5 !important }": "keeps its ink",
    ".scene.shown .map rect { fill: #40586e !important }": "rect in rgb(64, 88, 110)",
    ".scene.shown .map text { fill: #f2f4f5 !important }": "keeps its ink",
    ".scene.shown .panel::before { background: #ff6b5e !important }": "a coloured edge",
    ".scene.shown .panel { box-shadow: inset 0 0 0 9px #00cc00 }": "colour within",
    ".lost { display: none !important }": "no .lost is shown",
    ".lost { opacity: 0.2 }": "an opacity of 0.2",
    ".lost { transform: translateY(-100px) }": "outside the screen",
    ".lost { z-index: -1 !important }": "covered by",
    ".lost { background: none !important }": "contrast",
    ".lost { color: #a08000 !important }": "contrast",
    ".lost { font-size: 30px !important }": "letters of",
    ".lost { text-indent: 1100px }": "off the screen",
    # What takes no pointer is not found by asking what stands at a point, only by the pixels.
    "body::after { content: ''; position: fixed; inset: 0; z-index: 99; background: #1b1f24; pointer-events: none }":
        "its box is",
}  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with standing_wall(promised(critical(recorded()))) as (address, _):
        yield address


def test_every_planted_difference_is_told_and_nothing_else(address: str, page: Page) -> None:
    page.route("**/live?*", lambda route: route.abort("connectionrefused"))
    page.goto(f"{address}/wall/aula")
    hold_still(page, "112")
    before = last_picture(page)
    again = last_picture(page)
    assert altered(before.photograph, again.photograph, *MAY_CHANGE) + moved(before.drawn, again.drawn) == []
    page.evaluate(LOSE)
    assert wrong_when_lost(page, before) == []
    for style, told in PLANTED.items():
        tag = page.add_style_tag(content=style)
        assert told in " ".join(wrong_when_lost(page, before)), style
        tag.evaluate("tag => tag.remove()")
