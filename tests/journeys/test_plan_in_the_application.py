"""An OPD enters its programme without a workbook: programme, indicator, target, changed target; audit and briefing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from dashboard.access import passwords
from dashboard.clock import WIB
from dashboard.settings import ROOT
from dashboard.store import masterplan_plan, people
from dashboard.store.database import open_database, reading, writing
from datasources.resources.masterplan_workbook import write_template
from tests.datasources.resource_files import filled
from tests.editions import text_of
from tests.journeys.conftest import System, prepared_system, watched_page
from tests.journeys.test_number_to_action import PASSWORD, SOON_MS, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

YEAR = datetime.now(WIB).year
SOURCE = """
[sources.masterplan]
reader = "resources.masterplan"
title = "Masterplan"
owner = "Bappeda"
path = "{file}"
every = "1s"
stale_after = "1d"
"""
DOCUMENT = ["MP", "Masterplan kota cerdas", "masterplan", "Perbup 1/2024", YEAR - 1, YEAR + 3, date(YEAR - 1, 1, 2),
            date(YEAR - 1, 1, 2), None, "resmi", None]  # fmt: skip
FIRST, SECOND = "Target awal menurut Renja Dinkes", "Rapat evaluasi menaikkan target"


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str) -> Iterator[System]:
    file = filled(tmp_path / "masterplan.xlsx", write_template, Dokumen=[DOCUMENT])
    made = prepared_system(tmp_path, sqlite_url, "10m", SOURCE.format(file=file))
    hashed, now, engine = passwords.hashed(PASSWORD), datetime.now(WIB), open_database(sqlite_url)
    wait_for_the_document(engine)
    with writing(engine) as connection:
        people.add_person(connection, "dewi", "Kepala Dinkes", "kepala_opd", "Dinkes", hashed, now)
        people.add_person(connection, "ani", "Ani, analis", "analis", None, hashed, now)
    yield made
    for name in list(made.processes):
        made.stop(name)


def wait_for_the_document(engine: Engine) -> None:
    """Until the worker has read the workbook: who adds before that is told that there is no masterplan."""
    for _ in range(150):
        with reading(engine) as connection:
            if masterplan_plan.documents(connection):
                return
        time.sleep(0.1)
    pytest.fail("the worker did not read the workbook")


def test_a_programme_with_indicator_and_target_is_entered_changed_and_told(
    office: System, browser: Browser, page: Page, tmp_path: Path
) -> None:
    signed_in(page, office, "dewi")
    adds_a_programme(page, office)
    adds_an_indicator(page)
    sets_and_changes_a_target(page)
    with watched_page(browser, 390, 844) as phone:
        signed_in(phone, office, "dewi")
        phone.goto(f"{office.address}/masterplan/isian?lembar=target&kode=LIV-01")
        expect(phone.get_by_title(f"Ubah LIV-01-I1 {YEAR}")).to_be_visible(timeout=SOON_MS)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    with watched_page(browser, 1920, 1080) as desk:
        signed_in(desk, office, "ani")
        desk.goto(f"{office.address}/audit")
        expect(desk.locator("#isi")).to_contain_text(f"LIV-01-I1 {YEAR} TW4: 20 → 25; {SECOND}", timeout=SOON_MS)
    assert f"{YEAR} TW4: 20 → 25 puskesmas, oleh Kepala Dinkes; {SECOND}" in briefing(office, tmp_path)


def adds_a_programme(page: Page, office: System) -> None:
    page.goto(f"{office.address}/masterplan?bagian=program")
    page.get_by_role("link", name="Tambah program atau quick win").click()
    expect(cell(page, "document")).to_have_value("MP", timeout=SOON_MS)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#plan-row-said")).to_contain_text("Nama: kosong; nama program.", timeout=SOON_MS)
    cell(page, "code").fill("liv-01")
    cell(page, "name").fill("Antrean puskesmas daring")
    cell(page, "sub_dimension").select_option("prasarana kesehatan")
    cell(page, "quick_win").select_option("ya")
    saves(page)
    page.get_by_role("link", name="Lihat pada halaman programnya").click()
    expect(page.locator("h1")).to_contain_text("Antrean puskesmas daring", timeout=SOON_MS)


def adds_an_indicator(page: Page) -> None:
    page.locator(".sheets").get_by_role("link", name="Indikator").click()
    expect(cell(page, "direction")).to_have_value("naik", timeout=SOON_MS)
    cell(page, "code").fill("LIV-01-I1")
    cell(page, "name").fill("Puskesmas dengan antrean daring")
    cell(page, "unit").fill("puskesmas")
    cell(page, "baseline").fill("3")
    saves(page)
    expect(page.locator("#plan-row-list")).to_contain_text("Puskesmas dengan antrean daring", timeout=SOON_MS)


def sets_and_changes_a_target(page: Page) -> None:
    page.get_by_role("link", name="Target", exact=True).click()
    expect(cell(page, "year")).to_have_value(str(YEAR), timeout=SOON_MS)
    cell(page, "indicator").select_option("LIV-01-I1")
    cell(page, "q4").fill("20")
    cell(page, "basis").fill("Renja Dinkes")
    saves(page, FIRST)
    page.get_by_title(f"Ubah LIV-01-I1 {YEAR}").click()
    expect(cell(page, "q4")).to_have_value("20", timeout=SOON_MS)
    cell(page, "q4").fill("25")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#plan-row-said")).to_contain_text("Alasan '' 0 huruf", timeout=SOON_MS)
    saves(page, SECOND)
    page.get_by_role("link", name="Lihat pada halaman programnya").click()
    changed = page.locator("tr", has_text="20 → 25")
    expect(changed).to_contain_text("Kepala Dinkes", timeout=SOON_MS)
    expect(changed).to_contain_text(SECOND)
    expect(page.locator("#plan-page")).to_contain_text("nilai awal 3")


def saves(page: Page, reason: str = "") -> None:
    page.locator("#plan-row-reason").fill(reason)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#plan-row-said")).to_contain_text("Tersimpan", timeout=SOON_MS)


def cell(page: Page, name: str) -> Locator:
    """One field of the form; Dash writes the id of a family as JSON."""
    return page.locator(f'[id=\'{{"name":"{name}","type":"plan-cell"}}\']')


def briefing(office: System, folder: Path) -> str:
    """What the next edition says, as of now."""
    year, week, _ = datetime.now(WIB).isocalendar()
    out = folder / "laporan.pdf"
    command = [sys.executable, "manage.py", "brief", "--week", f"{year}-W{week:02d}", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env=office.environment, check=True, capture_output=True)
    (folder / "kata").mkdir()
    return " ".join(" ".join(text_of(out.read_bytes(), folder / "kata")).split())
