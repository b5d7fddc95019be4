"""The wall keeps its picture and says so, whatever server, network, power and sources do; it comes back untouched."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.clock import WIB
from dashboard.indicators.reading import Reading
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.lost_picture import MAY_CHANGE, last_picture, wrong_when_lost
from tests.journeys.photograph import altered, blank, kept, reworded, taken, unseen
from tests.journeys.still_wall import hold_still
from tests.journeys.unruly_front import Fault, UnrulyFront, unruly_front
from tests.recorded_wall import lost, promised, recorded
from tests.standing_wall import StandingBoard, standing_wall

pytestmark = pytest.mark.browser

MARKED_WITHIN_S, BACK_WITHIN_S, PICTURE_WITHIN_S = 15, 10, 60
WRITTEN_AFTER_MS = 6000
"""Chromium writes the list of its caches down after five seconds; what is in them, at once."""
FIGURE = '[data-panel="tile~calls112.asa~aula.cell"] .figure'
PICTURES: dict[Fault, str] = {
    "stopped": "server-mati", "503": "server-menolak", "hung": "server-menggantung", "slow": "server-lambat",
    "garbage": "jawaban-rusak",
}  # fmt: skip
"""The names under which `make pictures` keeps what each fault looks like."""
FAULTS = [fault for fault in get_args(Fault) if fault]
SCENE = "112"
RIVER = '.scene.shown [data-panel^="river~"]'


@pytest.fixture(scope="module")
def wall() -> Iterator[tuple[str, StandingBoard]]:
    with standing_wall() as standing:
        yield standing


def opened(page: Page, address: str) -> Page:
    page.goto(f"{address}/wall/aula")
    expect(page.locator(".scene.shown")).to_have_count(1)
    page.wait_for_function("document.documentElement.dataset.connection === 'live'")
    page.evaluate("window.sameDocument = true")
    hold_still(page, SCENE)
    return page


def asa(value: str) -> dict[str, Reading]:
    """The readings with another average speed of answer."""
    now = promised(recorded())
    return now | {"calls112.asa": replace(now["calls112.asa"], value=Decimal(value))}


def left(start: float, within_s: float) -> float:
    return max(1.0, 1000 * (start + within_s - time.monotonic()))


@pytest.mark.pictured
def test_every_fault_of_server_and_network_leaves_a_marked_picture_that_comes_back(
    wall: tuple[str, StandingBoard], browser: Browser
) -> None:
    address, board = wall
    board.put(asa("7.7"))
    with ExitStack() as held:
        fronts = {fault: held.enter_context(unruly_front(port_of(address))) for fault in FAULTS}
        pages: dict[str, Page] = {}
        for fault, front in fronts.items():
            context = browser.new_context(viewport={"width": 1920, "height": 1080}, service_workers="block")
            held.callback(context.close)
            pages[fault] = opened(context.new_page(), front.address)
        before = {fault: last_picture(page) for fault, page in pages.items()}
        broken(fronts)
        start, told = time.monotonic(), datetime.now(WIB)
        board.put(asa("8.8"))
        for fault, page in pages.items():
            mark = page.locator("[data-lost]:visible").first
            expect(mark, fault).to_contain_text("Sambungan ke server terputus", timeout=left(start, MARKED_WITHIN_S))
            assert timedelta(seconds=-2) < told - moment_in(mark.inner_text(), told) < timedelta(seconds=7), fault
            assert page.locator(FIGURE).text_content() == "7,7 detik", fault
        for fault, page in pages.items():
            after = last_picture(page)
            kept(after.photograph, PICTURES[fault])
            assert wrong_when_lost(page, before[fault], after) == [], fault
        for front in fronts.values():
            front.misbehave("")
        start = time.monotonic()
        for fault, page in pages.items():
            expect(page.locator(FIGURE), fault).to_have_text("8,8 detik", timeout=left(start, BACK_WITHIN_S))
            expect(page.locator("[data-lost]").first, fault).to_be_hidden()
            assert page.evaluate("window.sameDocument") is True, fault


def broken(fronts: dict[Fault, UnrulyFront]) -> None:
    for fault, front in fronts.items():
        front.misbehave(fault)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def moment_in(words: str, near: datetime) -> datetime:
    """'… pukul 14.05.32 WIB' as the moment of the day of `near`."""
    found = re.search(r"pukul (\d\d)\.(\d\d)\.(\d\d) WIB", words)
    assert found, words
    hour, minute, second = (int(part) for part in found.groups())
    return near.replace(hour=hour, minute=minute, second=second, microsecond=0)


@pytest.mark.pictured
def test_a_screen_that_starts_while_the_server_is_down_shows_its_last_picture(
    wall: tuple[str, StandingBoard], browser: Browser, tmp_path: Path
) -> None:
    address, board = wall
    board.put(asa("6.6"))
    start_browser = browser.browser_type.launch_persistent_context
    options: dict[str, Any] = {"executable_path": CHROMIUM, "args": FLAGS, "viewport": {"width": 1920, "height": 1080}}
    with unruly_front(port_of(address)) as front:
        with start_browser(str(tmp_path), **options) as computer:
            page = opened(computer.pages[0], front.address)
            page.wait_for_function("caches.open('dinding').then(c => c.match('/wall/aula/gambar'))", timeout=8000)
            page.wait_for_function("caches.open('dinding').then(c => c.match('/wall/aula'))", timeout=8000)
            before = last_picture(page)
            page.wait_for_timeout(WRITTEN_AFTER_MS)
            true_at = datetime.now(WIB)
        front.misbehave("stopped")
        with start_browser(str(tmp_path), **options) as computer:
            page, start = computer.pages[0], time.monotonic()
            page.goto(f"{front.address}/wall/aula")
            expect(page.locator(FIGURE)).to_have_text("6,6 detik", timeout=left(start, PICTURE_WITHIN_S))
            mark = page.locator("[data-lost]:visible").first
            expect(mark).to_contain_text("Gambar terakhir", timeout=left(start, PICTURE_WITHIN_S))
            assert abs(true_at - moment_in(mark.inner_text(), true_at)) < timedelta(seconds=30)
            hold_still(page, SCENE)
            after = last_picture(page)
            assert time.monotonic() - start < PICTURE_WITHIN_S
            kept(after.photograph, "menyala-tanpa-server")
            assert wrong_when_lost(page, before, after) == []
            assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Condensed\"')")
            board.put(asa("9.9"))
            front.misbehave("")
            expect(page.locator(FIGURE)).to_have_text("9,9 detik", timeout=BACK_WITHIN_S * 1000)
            expect(mark).to_be_hidden()


@pytest.mark.pictured
def test_a_silent_source_marks_its_own_panel_and_leaves_the_rest_of_the_picture(
    wall: tuple[str, StandingBoard], page: Page
) -> None:
    address, board = wall
    board.put(promised(recorded()))
    hold_still(opened(page, address), "lingkungan")
    places = (*MAY_CHANGE, RIVER, f"{RIVER} .staleness", ".strip .alarms")
    before = taken(page, *places)
    river = recorded()["river.level"]
    board.put(lost({"river.level": replace(river, data_time=river.at - timedelta(minutes=30))}))
    expect(page.locator(f"{RIVER} .panel")).to_have_attribute("data-freshness", "putus", timeout=8000)
    after = taken(page, *places)
    kept(after, "sumber-diam")
    assert altered(before, after, *places) + blank(after) + unseen(page, after, f"{RIVER} .staleness") == []
    assert reworded(before, after, RIVER) != []
