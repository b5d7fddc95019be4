"""How pages look in a real browser: nothing moves, nothing is cut off, everything is large enough to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from layouts.pages import PAGES
from tests.journeys.conftest import System, prepared_system

pytestmark = pytest.mark.browser

DESK, PHONE = (1920, 1080), (390, 844)
MOST_SHIFT = 0.05
SMALLEST_PX = 14
SETTLED_MS = 4000
"""Past the first filling, the stream and its second look at the late ones."""

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
FIRST_THEME = """
(function look() {
  if (!document.body) return requestAnimationFrame(look);
  window.firstTheme = document.documentElement.dataset.theme;
})();
"""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const hides = ["hidden", "clip"].includes(getComputedStyle(e).overflowX);
  return hides && e.clientWidth > 0 && e.scrollWidth > e.clientWidth && !e.closest("[data-theme-switch]");
}).map((e) => `${e.tagName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`)"""
TEXTS = """(root) => {
  const found = [], walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
    if (!words || e.closest("title, desc, script, style, .explore") || !e.getClientRects().length) continue;
    const turned = e.ownerSVGElement && e.getScreenCTM(), scale = turned ? Math.hypot(turned.a, turned.b) : 1;
    const name = e.closest(".state, .fresh-word") ? "status" : e.closest(".number") ? "figure" : "text";
    found.push([parseFloat(getComputedStyle(e).fontSize) * scale, name, words]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One system with a few calls, for the tests that only look."""
    folder = tmp_path_factory.mktemp("looks")
    made = prepared_system(folder, f"sqlite:///{folder / 'store.db'}", stale_after="10m")
    for number in range(5):
        made.call(number, wait_s=number)
    yield made
    for name in list(made.processes):
        made.stop(name)


def opened(page: Page, system: System, path: str, size: tuple[int, int]) -> Page:
    """The page at that size, drawn, with its shifts being watched from the start."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"{system.address}{path}")
    expect(page.locator("#isi h1").first).to_be_visible(timeout=10000)
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", [one.path for one in PAGES])
def test_nothing_on_a_page_moves_scrolls_sideways_or_is_cut_off(
    looked_at: System, page: Page, path: str, size: tuple[int, int]
) -> None:
    opened(page, looked_at, path, size).wait_for_timeout(SETTLED_MS)
    assert page.evaluate("window.shifted") < MOST_SHIFT
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/", "/112"])
def test_a_drawing_that_comes_later_finds_its_place_kept(
    looked_at: System, page: Page, path: str, size: tuple[int, int]
) -> None:
    page.route("**/_dash-update-component", without_drawings)
    opened(page, looked_at, path, size).wait_for_timeout(SETTLED_MS)
    assert page.evaluate("window.shifted") < MOST_SHIFT


def without_drawings(route: Route) -> None:
    """The page as it is sent while the store does not answer."""
    answer = route.fetch()
    body = answer.text()
    if "_pages_content" in body:
        body = re.sub(r'"markup":"(?:[^"\\]|\\.)*"', '"markup":""', body)
    route.fulfill(response=answer, body=body)


def test_the_watch_for_shifts_sees_one(looked_at: System, page: Page) -> None:
    opened(page, looked_at, "/", DESK)
    page.evaluate("document.querySelector('.grid').style.marginTop = '200px'")
    page.wait_for_function(f"window.shifted > {MOST_SHIFT}", timeout=5000)


def test_every_panel_is_sent_with_its_drawing(looked_at: System, page: Page) -> None:
    sent: list[str] = []
    page.on("response", lambda answer: sent.append(answer.text()) if "_dash-update-component" in answer.url else None)
    opened(page, looked_at, "/", DESK).wait_for_timeout(500)
    content = next(json.loads(body)["response"] for body in sent if "_pages_content" in body)
    frames = list(frames_in(content))
    assert len(frames) >= 9
    assert [frame["panel"] for frame in frames if 'class="panel' not in frame["markup"]] == []


def frames_in(sent: Any) -> Iterator[dict[str, str]]:
    """The properties of every frame for a panel, wherever it stands in a layout."""
    children = sent.values() if isinstance(sent, dict) else sent if isinstance(sent, list) else ()
    if isinstance(sent, dict) and sent.get("panel"):
        yield sent
    for child in children:
        yield from frames_in(child)


@pytest.mark.parametrize("path", [one.path for one in PAGES])
def test_no_letter_of_a_page_is_too_small_on_a_phone(looked_at: System, page: Page, path: str) -> None:
    opened(page, looked_at, path, PHONE).wait_for_timeout(1000)
    found = page.evaluate(TEXTS, "#isi")
    assert found
    assert [text for text in found if text[0] < SMALLEST_PX - 0.05] == []


def test_the_theme_is_switched_by_keyboard_and_kept_without_a_flash(looked_at: System, page: Page) -> None:
    page.add_init_script(FIRST_THEME)
    opened(page, looked_at, "/", DESK)
    expect(page.locator("html")).to_have_attribute("data-theme", "siang")
    switch = page.get_by_role("button", name="Tema gelap")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "kendali")
    page.reload()
    expect(page.locator("[data-panel] .panel").first).to_be_visible(timeout=10000)
    assert page.evaluate("window.firstTheme") == "kendali"
    page.get_by_role("button", name="Tema terang").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "siang")


def test_every_open_page_of_a_browser_follows_the_switch(looked_at: System, page: Page) -> None:
    opened(page, looked_at, "/", DESK)
    other = opened(page.context.new_page(), looked_at, "/spbe", DESK)
    page.get_by_role("button", name="Tema gelap").click()
    expect(other.locator("html")).to_have_attribute("data-theme", "kendali")


def test_the_switch_can_be_pressed_on_a_phone(looked_at: System, page: Page) -> None:
    opened(page, looked_at, "/", PHONE)
    page.get_by_role("button", name="Tema gelap").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "kendali")
    box = page.locator("[data-theme-switch]").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 40


def test_paper_is_white_whatever_the_screen_is(looked_at: System, page: Page) -> None:
    opened(page, looked_at, "/", (794, 1123))
    page.get_by_role("button", name="Tema gelap").click()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    assert page.evaluate(CUT_OFF) == []
