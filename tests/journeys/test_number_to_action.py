"""From a number to what is done about it: warning, alert, phone, instruction, evidence, closed, next briefing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access import passwords
from dashboard.clock import WIB
from dashboard.settings import ROOT
from dashboard.store import people
from dashboard.store.database import open_database, writing
from tests.datasources.loopback import Loopback, serving
from tests.editions import text_of
from tests.journeys.conftest import System, prepared_system, watched_page
from tests.journeys.warned import RSS, WARNINGS, all_is_well, warn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "kopi senja di trawas 17"
PANEL = '[data-panel="warnings~weather.active_warnings~page"] .panel'
DONE = "Regu siaga di Mojosari sampai hujan reda"
EVIDENCE = "https://drive.contoh.go.id/foto-regu"
SOON_MS = 15_000


@pytest.fixture
def bmkg() -> Iterator[Loopback]:
    with serving() as site:
        all_is_well(site)
        yield site


@pytest.fixture
def room(tmp_path: Path, sqlite_url: str, bmkg: Loopback) -> Iterator[System]:
    made = prepared_system(tmp_path, sqlite_url, "10m", WARNINGS.format(address=bmkg.url(RSS)))
    hashed, now = passwords.hashed(PASSWORD), datetime.now(WIB)
    with writing(open_database(sqlite_url)) as connection:
        people.add_person(connection, "budi", "Bupati", "bupati", None, hashed, now)
        people.add_person(connection, "dewi", "Kepala BPBD", "kepala_opd", "BPBD", hashed, now)
    yield made
    for name in list(made.processes):
        made.stop(name)


def test_a_warning_becomes_an_alert_an_instruction_and_a_line_of_the_next_briefing(
    room: System, bmkg: Loopback, browser: Browser, page: Page, tmp_path: Path
) -> None:
    signed_in(page, room, "budi")
    wall = page.context.new_page()
    wall.goto(f"{room.address}/wall/aula")
    expect(page.locator(PANEL)).to_have_attribute("data-status", "normal", timeout=SOON_MS)
    expect(wall.locator('.strip [data-count="waspada"]')).to_have_count(0)
    warn(bmkg)
    expect(page.locator(PANEL)).to_have_attribute("data-status", "waspada", timeout=SOON_MS)
    expect(wall.locator('.strip [data-count="waspada"] b')).to_have_text("1", timeout=SOON_MS)
    with watched_page(browser, 390, 844) as phone:
        signed_in(phone, room, "dewi")
        accepts(phone, room)
        gives(page, room)
        expect(wall.locator('.strip [data-count="arahan"] b')).to_have_text("1", timeout=SOON_MS)
        reports(phone, room)
    page.wait_for_timeout(1_000)  # the moment below is told in whole seconds
    reported = datetime.now(WIB).strftime("%Y-%m-%dT%H:%M:%S")
    page.goto(f"{room.address}/arahan")
    page.get_by_role("button", name="Menyatakan selesai").click()
    expect(page.locator("#turn-said")).to_contain_text("Tersimpan", timeout=SOON_MS)
    expect(wall.locator('.strip [data-count="arahan"]')).to_have_count(0, timeout=SOON_MS)
    first = briefing(room, tmp_path)
    assert "1 peringatan dinyatakan, 0 di antaranya kritis; 1 masih berlaku" in first
    assert "Waspada: Peringatan dini cuaca: 1 peringatan, ada peringatan (BPBD" in first
    assert "; diterima " in first
    assert "Siagakan regu di Mojosari malam ini (BPBD, selesai)" in first
    remembers(page, room, reported)


def signed_in(page: Page, room: System, name: str) -> None:
    page.goto(f"{room.address}/masuk")
    page.locator("[name=nama]").fill(name)
    page.locator("[name=sandi]").fill(PASSWORD)
    page.locator("[name=sandi]").press("Enter")
    expect(page.locator("#isi h1")).to_be_visible(timeout=SOON_MS)


def accepts(phone: Page, room: System) -> None:
    """On a phone, in one hand: the page does not scroll sideways, and the button is large enough for a thumb."""
    phone.goto(f"{room.address}/peringatan")
    phone.locator("#alert-note").fill("regu Mojosari berangkat")
    button = phone.get_by_title("Terima: Peringatan dini cuaca")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    button.click()
    expect(phone.locator("#alert-said")).to_contain_text("Tersimpan", timeout=SOON_MS)
    expect(phone.locator("#alert-list")).to_contain_text("diterima")


def gives(page: Page, room: System) -> None:
    """The regent comes from the panel, which is chosen already; its value is noted."""
    page.goto(f"{room.address}/arahan?panel=weather.active_warnings")
    page.locator("#give-what").fill("Siagakan regu di Mojosari malam ini")
    page.locator("#give-done").fill("Regu di tempat sampai hujan reda")
    page.locator("#give-opd").fill("BPBD")
    page.locator("#give-due").fill((datetime.now(WIB) + timedelta(days=1)).date().isoformat())
    page.get_by_role("button", name="Beri arahan").click()
    expect(page.locator("#give-said")).to_contain_text("Tersimpan", timeout=SOON_MS)
    expect(page.locator("#directive-list")).to_contain_text("Dari panel: Peringatan dini cuaca: 1 peringatan")


def reports(phone: Page, room: System) -> None:
    phone.goto(f"{room.address}/arahan")
    for turn, words in (("Menerima", ""), ("Melaporkan kemajuan", DONE), ("Melaporkan selesai", DONE)):
        phone.locator("#turn-words").fill(words)
        phone.locator("#turn-evidence").fill(EVIDENCE if words else "")
        phone.get_by_role("button", name=turn).click()
        expect(phone.locator("#directive-list summary")).to_be_visible(timeout=SOON_MS)
        expect(phone.locator("#directive-list")).to_contain_text(turn.lower(), timeout=SOON_MS)
    expect(phone.locator("#directive-list")).to_contain_text("dilaporkan selesai", timeout=SOON_MS)
    phone.locator("#directive-list summary").click()
    expect(phone.get_by_role("link", name="bukti").first).to_have_attribute("href", EVIDENCE)


def remembers(page: Page, room: System, reported: str) -> None:
    """The time machine shows the moment at which the work was reported and nobody had closed it yet."""
    page.goto(f"{room.address}/arahan?at={reported}")
    expect(page.locator("div.then")).to_contain_text("Seperti diketahui")
    told = page.locator("#isi")
    expect(told).to_contain_text("Siagakan regu di Mojosari malam ini", timeout=SOON_MS)
    expect(told).to_contain_text("dilaporkan selesai")
    page.goto(f"{room.address}/peringatan?at={reported}")
    expect(told).to_contain_text("Peringatan dini cuaca", timeout=SOON_MS)
    expect(told).to_contain_text("diterima")


def briefing(room: System, folder: Path) -> str:
    """The first page of what the next edition says, as of now."""
    year, week, _ = datetime.now(WIB).isocalendar()
    out = folder / "laporan.pdf"
    command = [sys.executable, "manage.py", "brief", "--week", f"{year}-W{week:02d}", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env=room.environment, check=True, capture_output=True)
    (folder / "kata").mkdir()
    return " ".join(text_of(out.read_bytes(), folder / "kata")[0].split())
