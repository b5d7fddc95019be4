"""A screen is paired, controlled from a telephone and revoked; the past is shown as it was known, and stands still."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import clock
from dashboard.access import sign_in
from dashboard.store import display_beats, people
from dashboard.store.database import open_database, reading, writing
from dashboard.store.people import Person
from layouts.displays.news import REVOKED
from tests.journeys.conftest import System, prepared_system
from tests.journeys.photograph import kept, lit, taken, unseen

pytestmark = pytest.mark.browser

ASA = '[data-panel^="tile~calls112.asa"]'
PAGE_ASA = f"#isi {ASA}"
DARK_WITHIN_S = 5.0
REPLAY_ENDS_S = 2.0
"""How long before now a replay ends (assets/time_machine.js, NEAREST): younger news may still be on its way."""
WORDS = ".stage p"
"""All that a dark screen shows."""
WHY = ".revoked"
SINCE = re.compile(
    r"^Izin layar ini dicabut pada \d+ \w+ 20\d\d, \d\d\.\d\d WIB; minta petugas memasangkan kembali dengan kode ini\.$"
)


@contextmanager
def paired_walls(folder: Path, store: str) -> Iterator[System]:
    """A system whose walls must be paired."""
    made = prepared_system(folder, store, stale_after="10m", pairing="wajib")
    yield made
    for name in list(made.processes):
        made.stop(name)


@pytest.fixture
def room(tmp_path: Path, sqlite_url: str) -> Iterator[System]:
    """On SQLite; each test has its own, for it counts calls, people and screens."""
    with paired_walls(tmp_path, sqlite_url) as made:
        yield made


@pytest.fixture
def postgres_room(tmp_path: Path, postgres_url: str) -> Iterator[System]:
    """On PostgreSQL, where a revocation reaches the streams by LISTEN and NOTIFY."""
    with paired_walls(tmp_path, postgres_url) as made:
        yield made


def officer(room: System, browser: Browser) -> Page:
    """A telephone on which an analyst is signed in."""
    engine, name = open_database(room.environment["DATABASE_URL"]), f"sari{time.time_ns()}"
    with writing(engine) as connection:
        number = people.add_person(connection, name, "Sari", "analis", None, None, clock.now())
    key = sign_in.begin(engine, Person(number, name, "Sari", "analis"), clock.now())
    engine.dispose()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "mojokerto", "value": key, "url": room.address}])
    return context.new_page()


@pytest.mark.pictured
@pytest.mark.parametrize("store", ["room", pytest.param("postgres_room", marks=pytest.mark.postgres)])
def test_a_screen_shows_a_code_is_paired_told_what_to_show_and_goes_dark_when_revoked(
    request: pytest.FixtureRequest, store: str, page: Page, browser: Browser
) -> None:
    room: System = request.getfixturevalue(store)
    page.goto(f"{room.address}/wall/aula")
    expect(page.locator(WHY)).to_have_count(0)
    phone = officer(room, browser)
    phone.goto(f"{room.address}/layar")
    code = _paired(phone, page, "Aula kiri")
    assert {c["name"]: c["httpOnly"] for c in page.context.cookies()} == {"mojokerto-layar": True}
    expect(phone.locator(".screen.is-normal")).to_contain_text("Aula kiri", timeout=15000)
    _told(phone, page)
    assert _beat(room)["scene"] != ""
    phone.select_option("#screen-which", label="Aula kiri")
    phone.click("#screen-revoke")
    pressed = time.monotonic()
    expect(page.locator("[data-panel]")).to_have_count(0, timeout=1000 * DARK_WITHIN_S)
    assert time.monotonic() - pressed < DARK_WITHIN_S
    expect(page.locator(WORDS)).to_have_text(REVOKED)
    dark = taken(page, WORDS)
    kept(dark, "layar-dicabut")
    assert lit(dark, WORDS) + unseen(page, dark, WORDS) == []
    expect(page.locator(".code")).not_to_have_text(code, timeout=15000)
    kept(taken(page), "layar-minta-dipasang")
    expect(page.locator(WHY)).to_have_text(SINCE)
    assert "Sari" not in page.content()
    _paired(phone, page, "Aula kiri lagi")
    expect(page.locator(WHY)).to_have_count(0)
    phone.context.close()


def _paired(phone: Page, wall: Page, title: str) -> str:
    """The code that the screen showed before it showed the wall."""
    code = wall.locator(".code").inner_text()
    phone.fill("#screen-code", code)
    phone.fill("#screen-title", title)
    phone.click("#screen-approve")
    expect(wall.locator(".scene.shown").first).to_be_visible(timeout=10000)
    return code


def _told(phone: Page, wall: Page) -> None:
    phone.click("button[title='Sematkan Lingkungan dan bahaya di Aula kiri']")
    expect(wall.locator('.scene.shown[data-scene="lingkungan"]')).to_be_visible(timeout=5000)
    wall.reload()
    expect(wall.locator('.scene.shown[data-scene="lingkungan"]')).to_be_visible(timeout=8000)
    expect(phone.locator("button:has-text('Lanjutkan')")).to_be_visible(timeout=8000)
    phone.click("button:has-text('Berikutnya')")
    expect(wall.locator('.scene.shown[data-scene="lingkungan"]')).to_have_count(0, timeout=5000)


def test_one_glass_of_a_wall_is_chosen_on_a_telephone_and_keeps_its_own_scene(
    room: System, page: Page, browser: Browser
) -> None:
    page.goto(f"{room.address}/wall/dinding")
    phone = officer(room, browser)
    phone.goto(f"{room.address}/layar")
    _paired(phone, page, "Dinding aula")
    card = phone.locator(".screen", has_text="Dinding aula")
    expect(card.get_by_role("button", name="baris 1, kolom 2: Ringkasan")).to_be_visible(timeout=NINE_MS)
    expect(card.get_by_role("button", name="Sematkan")).to_have_count(0)
    card.get_by_role("button", name="baris 3, kolom 1").focus()
    phone.keyboard.press("Enter")
    expect(card.locator("[aria-pressed=true]")).to_have_text("baris 3, kolom 1SPBE dan layanan", timeout=NINE_MS)
    phone.wait_for_timeout(LISTED_AGAIN_MS)  # the list is drawn again meanwhile
    expect(card.locator("[aria-pressed=true]")).to_be_focused(timeout=NINE_MS)
    card.get_by_title("Sematkan Darurat 112 di Dinding aula, baris 3, kolom 1").click()
    _shows(page, {7: "112"})
    expect(card.get_by_role("button", name="baris 3, kolom 1: Darurat 112, disematkan")).to_be_visible(timeout=NINE_MS)
    page.reload()
    _shows(page, {7: "112"})
    expect(page.locator('[data-screen="7"] .scene.shown .panel')).to_have_count(5, timeout=NINE_MS)
    card.get_by_role("button", name="baris 1, kolom 1").click()
    card.get_by_title("Sematkan Udara di Dinding aula, baris 1, kolom 1").click()
    _shows(page, {1: "udara", 7: "112"})
    card.get_by_role("button", name="Lanjutkan").click()
    _shows(page, {7: "112"})
    expect(page.locator("[data-lent]")).to_have_count(1, timeout=NINE_MS)
    card.get_by_role("button", name="baris 3, kolom 1").click()
    card.get_by_role("button", name="Lanjutkan").click()
    _shows(page, {})
    expect(page.locator("[data-lent]")).to_have_count(0, timeout=NINE_MS)
    phone.context.close()


OWN = ("112", "ringkasan", "tindakan", "lingkungan", "udara", "sumber-daya", "layanan", "spbe", "masterplan")
LISTED_AGAIN_MS = 7_000
NINE_MS = 25_000
"""Nine scenes of 5760 by 3240 are drawn by a processor that has other work; nothing is promised about how soon."""


def _shows(wall: Page, others: dict[int, str]) -> None:
    """Each glass its own scene, but these."""
    for glass, own in enumerate(OWN, start=1):
        shown = wall.locator(f'[data-screen="{glass}"] .scene.shown')
        expect(shown).to_have_attribute("data-scene", others.get(glass, own), timeout=NINE_MS)


def _beat(room: System) -> dict[str, Any]:
    engine = open_database(room.environment["DATABASE_URL"])
    with reading(engine) as connection:
        beats = display_beats.last_beats(connection)
    engine.dispose()
    (beat,) = beats.values()
    return {"scene": beat.scene, "painted_ms": beat.painted_ms}


def test_the_past_is_shown_as_it_was_known_and_nothing_live_is_pushed_into_it(room: System, page: Page) -> None:
    live = page.context.new_page()
    live.goto(f"{room.address}/panel?id=calls112.asa")
    figure = '[data-panel^="bullet~calls112.asa"] .figure'
    room.call(1, wait_s=4)
    expect(live.locator(figure)).to_contain_text("4,0", timeout=40000)
    time.sleep(1.1)  # an address knows whole seconds
    then = _now()
    time.sleep(1.1)
    room.call(2, wait_s=20)
    expect(live.locator(figure)).to_contain_text("12,0", timeout=15000)
    streams: list[str] = []
    page.on("request", lambda request: streams.append(request.url) if "/live?" in request.url else None)
    page.goto(f"{room.address}/panel?id=calls112.asa&at={then}")
    expect(page.locator(".then")).to_contain_text("Seperti diketahui")
    expect(page.locator(figure)).to_contain_text("4,0")
    room.call(3, wait_s=60)
    expect(live.locator(figure)).to_contain_text("28,0", timeout=15000)
    expect(page.locator(figure)).to_contain_text("4,0")
    time.sleep(REPLAY_ENDS_S)
    page.click("[data-then-play]")
    expect(page.locator(figure)).to_contain_text("28,0", timeout=15000)
    assert streams == []
    page.click("[data-then-back]")
    expect(page.locator(".then")).to_have_count(0)
    expect(page.locator(figure)).to_contain_text("28,0")
    wall = page.context.new_page()
    wall.goto(f"{room.address}/wall/aula?at={then}")
    expect(wall.locator(".strip .then")).to_contain_text("Seperti diketahui")
    expect(wall.locator(f"{ASA} .figure")).to_contain_text("4,0")


def test_a_moment_that_cannot_be_shown_is_said_and_leads_back(room: System, page: Page) -> None:
    page.goto(f"{room.address}/112?at=besok")
    expect(page.locator(".then")).to_contain_text("'besok' bukan waktu; tulis seperti 2026-11-10T14:00 (WIB).")
    expect(page.locator("[data-panel]")).to_have_count(0)
    page.click("[data-then-back]")
    expect(page.locator("[data-panel]").first).to_be_visible()


def _now() -> str:
    return datetime.now(clock.WIB).replace(tzinfo=None).isoformat(timespec="seconds")
