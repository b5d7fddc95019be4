"""Sources and the server fall silent: what is old says so, what is alive stays untouched, all comes back by itself."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.clock import WIB
from tests.journeys.conftest import System, prepared_system
from tests.journeys.three_sources import CaseTable, River, three_sources

pytestmark = [pytest.mark.browser, pytest.mark.mqtt]

STALE_AFTER_S = 8
MARKED_WITHIN_S = STALE_AFTER_S + 15
LOST_WITHIN_S = 2 * STALE_AFTER_S + 15
BACK_WITHIN_S = 10
LIVE_WITHIN_S = 5
BANNER_WITHIN_S = 15

CALLS = '[data-panel^="trend~calls112.offered_today"] .panel'
CASES = '[data-panel^="table~calls112.open_incidents"] .panel'
RIVER = '[data-panel^="table~river.level"] .panel'
WALL_CALLS = '[data-scene="ringkasan"] [data-panel="trend~calls112.offered_today~aula.hero"] .panel'
WALL_CASES = '[data-panel="table~calls112.open_incidents~aula.cell"] .panel'
WALL_ASA = '[data-panel="tile~calls112.asa~aula.cell"]'
PANELS = {
    "kejadian": {"calls112.open_incidents", "calls112.within_15_min", "calls112.incidents_24h"},
    "sensor": {"river.level"},
}
"""Those of the overview that rest on a source."""

WATCH_STATES = """() => {
  window.states = {};
  setInterval(() => {
    for (const panel of document.querySelectorAll(".panel[data-indicator]"))
      (window.states[panel.dataset.indicator] ??= new Set()).add(panel.dataset.freshness);
  }, 100);
}"""
AGED = """() => Object.entries(window.states)
  .filter(([, seen]) => ["terlambat", "basi", "putus"].some((s) => seen.has(s))).map(([name]) => name)"""
OVERFLOW = "panel => panel.scrollHeight - panel.clientHeight"
WATCH_TEXT = """selector => {
  const frame = document.querySelector(selector);
  window.shown = [];
  new MutationObserver(() => window.shown.push(frame.querySelector(".figure")?.textContent.trim()))
    .observe(frame, { childList: true, subtree: true });
}"""


Away = Callable[[Page, Browser], AbstractContextManager[None]]


@contextmanager
def hidden(page: Page, browser: Browser) -> Iterator[None]:
    """Another tab stands in front of it. Playwright keeps its pages visible, so the page is told."""
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    yield
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")


@contextmanager
def frozen(page: Page, browser: Browser) -> Iterator[None]:
    """The browser tells the page that it will be frozen, and that it goes on."""
    page.evaluate("document.dispatchEvent(new Event('freeze'))")
    yield
    page.evaluate("document.dispatchEvent(new Event('resume'))")


@contextmanager
def stopped(page: Page, browser: Browser) -> Iterator[None]:
    """The tab gets no processor at all, without a word; what the network brings waits for it."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [process["id"] for process in found if process["type"] == "renderer"]
    for renderer in renderers:
        os.kill(renderer, signal.SIGSTOP)
    yield
    for renderer in renderers:
        os.kill(renderer, signal.SIGCONT)


@pytest.fixture
def sources(tmp_path: Path, sqlite_url: str) -> Iterator[tuple[System, CaseTable, River]]:
    with three_sources(tmp_path, sqlite_url, f"{STALE_AFTER_S}s") as made:
        made[0].call(1)
        made[1].add(1, "KEBAKARAN")
        yield made


@pytest.fixture
def opened(sources: tuple[System, CaseTable, River], page: Page) -> tuple[Page, Page]:
    """The overview and a wall, with a value from each source on both."""
    address = sources[0].address
    wall = page.context.new_page()
    wall.goto(f"{address}/wall/aula")
    page.goto(address)
    for place in (CALLS, CASES, RIVER):
        expect(page.locator(place)).to_have_attribute("data-freshness", "segar", timeout=15000)
    expect(page.locator(RIVER)).to_contain_text("1,25")
    wall.keyboard.press(" ")  # the scene stays: what is looked at is in the first one, however slow the machine is
    for one in (page, wall):
        one.evaluate("window.sameDocument = true")
    return page, wall


@pytest.mark.slow
@pytest.mark.parametrize(("name", "place"), [("kejadian", CASES), ("sensor", RIVER)])
def test_the_panels_of_a_silent_source_age_and_no_others(
    sources: tuple[System, CaseTable, River], opened: tuple[Page, Page], name: str, place: str
) -> None:
    source: CaseTable | River = sources[1] if name == "kejadian" else sources[2]
    panel = opened[0].locator(place)
    opened[0].evaluate(WATCH_STATES)
    source.stop()
    start = time.monotonic()
    expect(panel).to_have_attribute("data-freshness", "terlambat", timeout=left(start, MARKED_WITHIN_S))
    expect(panel.locator(".staleness b:visible")).to_have_text("Data terlambat")
    expect(panel).to_have_attribute("data-freshness", "putus", timeout=left(start, LOST_WITHIN_S))
    expect(panel.locator(".staleness b:visible")).to_have_text("Putus")
    expect(panel.locator(".since")).to_have_text(re.compile(r"terakhir benar \d\d\.\d\d WIB"))
    expect(panel.locator(".age")).to_have_text("baru saja" if name == "sensor" else re.compile(r"\d+\smnt"))
    source.start()
    expect(panel).to_have_attribute("data-freshness", "segar", timeout=BACK_WITHIN_S * 1000)
    assert set(opened[0].evaluate(AGED)) == PANELS[name]


@pytest.mark.slow
@pytest.mark.postgres
def test_a_source_that_answers_and_has_nothing_new_stays_fresh(tmp_path: Path, postgres_url: str, page: Page) -> None:
    system = prepared_system(tmp_path, postgres_url)
    try:
        system.call(1)
        page.goto(system.address)
        expect(page.locator(CALLS)).to_have_attribute("data-freshness", "segar", timeout=15000)
        page.evaluate(WATCH_STATES)
        time.sleep(STALE_AFTER_S)
        assert page.evaluate(AGED) == []
    finally:
        for name in list(system.processes):
            system.stop(name)


@pytest.mark.slow
def test_pages_age_without_a_server_and_recover_untouched(
    sources: tuple[System, CaseTable, River], opened: tuple[Page, Page]
) -> None:
    system, (page, wall) = sources[0], opened
    system.call(2, ago_s=40)
    expect(page.locator(CALLS)).to_contain_text("2", timeout=LIVE_WITHIN_S * 1000)
    expect(page.locator(f"{CALLS} .age")).to_have_text("baru saja")
    raised = wall.locator(".strip [data-count]").all_inner_texts()
    killed, start = datetime.now(WIB), time.monotonic()
    system.kill("web")
    for one in opened:
        banner = one.locator("[data-lost]:visible")
        expect(banner).to_contain_text("Sambungan ke server terputus", timeout=left(start, BANNER_WITHIN_S))
        assert timedelta(0) <= killed - moment_in(banner.inner_text(), killed) <= timedelta(seconds=6)
    panels = (page.locator(CALLS), page.locator(RIVER), wall.locator(WALL_CASES), wall.locator(WALL_CALLS))
    for panel in panels:
        expect(panel).to_have_attribute("data-freshness", "terlambat", timeout=left(start, MARKED_WITHIN_S))
    for panel in panels:
        expect(panel).to_have_attribute("data-freshness", "putus", timeout=left(start, LOST_WITHIN_S))
        expect(panel.locator(".staleness b:visible")).to_have_text("Putus")
    assert [cut for panel in panels[2:] if (cut := panel.evaluate(OVERFLOW)) > 1] == []
    expect(page.locator(f"{CALLS} .age")).to_have_text("1\u00a0mnt", timeout=20000)
    expect(wall.locator("[data-oldest]")).to_have_text(re.compile(r"data ≤ \d+\smnt"))
    expect(wall.locator('[data-aged="putus"]')).to_be_visible()
    assert wall.locator(".strip [data-count]").all_inner_texts() == raised
    system.call(3, ago_s=40)
    system.start("web")
    start = time.monotonic()
    for panel in panels:
        expect(panel).to_have_attribute("data-freshness", "segar", timeout=left(start, BACK_WITHIN_S))
    for one in opened:
        expect(one.locator("[data-lost]")).to_be_hidden()
        assert one.evaluate("window.sameDocument") is True
    expect(page.locator(f"{CALLS} .figure")).to_contain_text("3", timeout=LIVE_WITHIN_S * 1000)


def left(start: float, within_s: float) -> float:
    """Milliseconds that are left of a promise that runs since `start`."""
    return max(1.0, 1000 * (start + within_s - time.monotonic()))


def moment_in(words: str, near: datetime) -> datetime:
    """'… pukul 14.05.32 WIB' as the moment nearest before `near`."""
    found = re.search(r"pukul (\d\d)\.(\d\d)\.(\d\d) WIB", words)
    assert found, words
    hour, minute, second = (int(part) for part in found.groups())
    moment = near.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return moment if moment <= near else moment - timedelta(days=1)


@pytest.mark.slow
@pytest.mark.parametrize("away", [hidden, frozen, stopped])
def test_a_tab_that_was_away_shows_the_newest_value_and_replays_nothing(
    system: System, page: Page, browser: Browser, away: Away
) -> None:
    system.call(1)
    page.goto(f"{system.address}/wall/aula")
    expect(page.locator(WALL_ASA)).to_contain_text("4,0", timeout=10000)
    page.evaluate(WATCH_TEXT, WALL_ASA)
    with away(page, browser):
        for number in range(2, 7):
            system.call(number, wait_s=4 + 5 * number)
            time.sleep(1.5)
    expect(page.locator(WALL_ASA)).to_contain_text("20,7", timeout=LIVE_WITHIN_S * 1000)
    assert {text.split()[0] for text in page.evaluate("window.shown")} <= {"4,0", "20,7"}


@pytest.mark.slow
def test_a_slow_tab_shows_the_newest_of_many_pictures(system: System, page: Page) -> None:
    system.call(1)
    page.goto(f"{system.address}/wall/aula")
    expect(page.locator(WALL_ASA)).to_contain_text("4,0", timeout=10000)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    for number in range(2, 7):
        system.call(number, wait_s=4 + 5 * number)
        time.sleep(0.5)
    expect(page.locator(WALL_ASA)).to_contain_text("20,7", timeout=LIVE_WITHIN_S * 1000)


def test_a_row_and_a_message_are_on_page_and_wall_within_the_promise(
    sources: tuple[System, CaseTable, River], opened: tuple[Page, Page]
) -> None:
    _, cases, river = sources
    page, wall = opened
    cases.add(2, "POHON TUMBANG", ago_s=60)
    expect(page.locator(CASES)).to_contain_text("Pohon tumbang", timeout=LIVE_WITHIN_S * 1000)
    expect(wall.locator(WALL_CASES)).to_contain_text("Pohon tumbang", timeout=LIVE_WITHIN_S * 1000)
    river.set(347)
    expect(page.locator(RIVER)).to_contain_text("3,47", timeout=LIVE_WITHIN_S * 1000)
    expect(wall.locator('[data-panel="river~river.level~aula.cell"]')).to_contain_text("3,47", timeout=5000)
    for one in opened:
        assert one.evaluate("window.sameDocument") is True
