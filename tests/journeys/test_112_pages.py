"""112 in a real browser: every section in both themes, closed rooms, an incident from its table to the page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.settings import ROOT
from layouts.pages.calls112 import PAGE
from tests.journeys.conftest import System, prepared_system
from tests.journeys.three_sources import CASES, CaseTable

pytestmark = pytest.mark.browser

PASSWORD = "kopi senja di trawas 17"
SECTIONS = ("sekarang", "panggilan", "kejadian", "wilayah", "instansi", "data")
WAITING = ".answer-body:empty"
NEGATIVE = "[...document.querySelectorAll('svg *')].filter((e) => /^-/.test(e.getAttribute('width') || '')).length"


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, CaseTable]]:
    """A queue and a case table, and two people with accounts."""
    folder = tmp_path_factory.mktemp("calls112")
    table = CaseTable(folder / "kasus.db")
    for number in range(1, 40):
        table.add(number, ("KEBAKARAN", "POHON TUMBANG", "ULAR")[number % 3], ago_s=90_000 + 9_000 * number)
    more = CASES.format(table=folder / "kasus.db", stale_after="10m")
    system = prepared_system(folder, f"sqlite:///{folder / 'store.db'}", stale_after="10m", more_sources=more)
    for number in range(5):
        system.call(number, wait_s=number)
    for name, role in (("sari", "supervisor_112"), ("budi", "bupati")):
        command = [sys.executable, "manage.py", "user", "create", name, "--role", role]
        twice = f"{PASSWORD}\n{PASSWORD}\n".encode()
        subprocess.run(command, cwd=ROOT, env=system.environment, input=twice, check=True, capture_output=True)
    yield system, table
    for name in list(system.processes):
        system.stop(name)


def sign_in(page: Page, system: System, name: str) -> None:
    page.goto(f"{system.address}/masuk")
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#isi h1")).to_be_visible()


@pytest.mark.parametrize("theme", ["siang", "kendali"])
def test_every_section_answers_without_an_error_in_the_console(
    fed: tuple[System, CaseTable], page: Page, theme: str
) -> None:
    page.add_init_script(f"localStorage.setItem('tema', '{theme}')")
    for section in SECTIONS:
        page.goto(f"{fed[0].address}{PAGE.path}?bagian={section}")
        expect(page.locator(".part.chosen")).to_be_visible()
        expect(page.locator(WAITING)).to_have_count(0, timeout=20_000)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert page.evaluate(NEGATIVE) == 0


def test_a_section_is_opened_by_its_tab_and_its_address_can_be_handed_on(
    fed: tuple[System, CaseTable], page: Page
) -> None:
    page.goto(f"{fed[0].address}{PAGE.path}")
    expect(page.get_by_role("heading", name="Keadaan 112")).to_be_visible()
    page.get_by_role("link", name="Kejadian dan waktu tanggap").click()
    expect(page.get_by_role("heading", name="Lama tiap tahap", exact=True)).to_be_visible()
    assert page.url.endswith("?bagian=kejadian")
    expect(page.get_by_role("heading", name="Keadaan 112")).to_have_count(0)


def test_the_desk_and_the_settings_are_there_for_the_supervisor(fed: tuple[System, CaseTable], page: Page) -> None:
    sign_in(page, fed[0], "sari")
    page.get_by_text("Layanan darurat", exact=True).click()
    page.get_by_role("link", name="Meja 112").click()
    expect(page.get_by_role("heading", name="Antrean sekarang")).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0, timeout=20_000)
    page.get_by_text("Sistem", exact=True).click()
    page.get_by_role("link", name="Pengaturan").click()
    page.get_by_role("link", name="Usulan laporan ganda").click()
    expect(page.get_by_role("heading", name="Usulan laporan ganda")).to_be_visible()
    expect(page.get_by_role("link", name="Penduduk per kecamatan")).to_have_count(0)


@pytest.mark.parametrize("name", ["", "budi"])
def test_the_desk_stays_closed_to_others(fed: tuple[System, CaseTable], page: Page, name: str) -> None:
    if name:
        sign_in(page, fed[0], name)
    page.goto(f"{fed[0].address}/112/meja")
    expect(page.locator(".door")).to_be_visible()
    expect(page.get_by_role("link", name="Meja 112")).to_have_count(0)
    expect(page.locator("table")).to_have_count(0)


def test_an_incident_comes_from_the_table_to_the_page(fed: tuple[System, CaseTable], page: Page) -> None:
    page.goto(f"{fed[0].address}{PAGE.path}")
    listed = page.locator('[data-panel^="table~calls112.open_incidents"] .rows')
    fed[1].add(900, "KEBAKARAN", ago_s=1_200)
    expect(listed).to_contain_text("Kebakaran · Mojosari", timeout=20_000)
    expect(listed).to_contain_text("20\u00a0mnt")
