"""A 112 call travels from the queue log to the page, the wall and the PDF."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from dashboard.settings import ROOT
from tests.journeys.conftest import System

pytestmark = pytest.mark.browser

PAGE_PANEL = '[data-panel^="bullet~calls112.service_level~page"]'
WALL_PANEL = '[data-panel="tile~calls112.asa~aula.cell"]'


def test_a_call_reaches_page_wall_and_pdf_without_reload(system: System, page: Page, browser: object) -> None:
    page.goto(f"{system.address}/112")
    wall = page.context.new_page()
    wall.goto(f"{system.address}/wall/aula")
    system.call(1)
    expect(page.locator(PAGE_PANEL)).to_contain_text("100", timeout=5000)
    expect(page.locator(PAGE_PANEL)).to_contain_text("SIMULASI")
    expect(wall.locator(WALL_PANEL)).to_contain_text("4,0", timeout=5000)
    year, week, _ = date.today().isocalendar()  # noqa: DTZ011
    out = system.directory / "laporan.pdf"
    subprocess.run(
        [sys.executable, "manage.py", "brief", "draft", "--week", f"{year}-W{week:02d}", "--out", str(out)],
        cwd=ROOT, env=system.environment, check=True,
    )  # fmt: skip
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "SIMULASI" in text
    assert "Terjawab ≤ 15 detik" in text


def test_a_lost_source_marks_its_panels_and_a_found_one_clears_them(system: System, page: Page) -> None:
    page.goto(f"{system.address}/112")
    system.call(1)
    expect(page.locator(PAGE_PANEL)).to_contain_text("100", timeout=5000)
    hidden = system.queue_log.rename(system.directory / "elsewhere")
    expect(page.locator(f'{PAGE_PANEL} [data-freshness="terlambat"]')).to_have_count(1, timeout=15000)
    expect(page.locator(f'{PAGE_PANEL} [data-freshness="putus"]')).to_have_count(1, timeout=15000)
    expect(page.locator(PAGE_PANEL)).to_contain_text("100")
    hidden.rename(system.queue_log)
    expect(page.locator(f'{PAGE_PANEL} [data-freshness="segar"]')).to_have_count(1, timeout=10000)


def test_a_page_recovers_by_itself_when_the_server_comes_back(system: System, page: Page) -> None:
    page.goto(f"{system.address}/wall/aula")
    expect(page.locator(WALL_PANEL)).to_have_count(1)
    system.stop("web")
    expect(page.locator("[data-lost]")).to_contain_text("Sambungan ke server terputus", timeout=15000)
    system.call(2)
    system.start("web")
    expect(page.locator(WALL_PANEL)).to_contain_text("4,0", timeout=10000)
    expect(page.locator("[data-lost]")).to_be_hidden()


@pytest.mark.parametrize("width", [1920, 390])
@pytest.mark.parametrize("path", ["/", "/112", "/lingkungan", "/spbe", "/sumber"])
def test_every_page_paints_and_nothing_overflows(shared_system: System, page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{shared_system.address}{path}")
    expect(page.locator("[data-panel] .panel").first).to_be_visible(timeout=10000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_interface_for_machines_says_the_same_as_the_command(system: System) -> None:
    system.call(1)
    over_http = measured(system, "calls112.asa")
    command = [sys.executable, "manage.py", "show", "calls112.asa", "--json"]
    shown = json.loads(
        subprocess.run(command, cwd=ROOT, env=system.environment, capture_output=True, check=True).stdout
    )
    assert {**over_http, "age_s": 0} == {**shown, "age_s": 0}
    promised = "id title unit value band n data_time known_at freshness age_s source owner simulated detail"
    assert set(over_http) >= set(promised.split())


def measured(system: System, indicator: str) -> dict[str, object]:
    """What the interface says once the worker has measured."""
    for _ in range(100):
        with urllib.request.urlopen(f"{system.address}/api/v1/indicators/{indicator}", timeout=5) as answer:
            said: dict[str, object] = json.load(answer)
        if said["value"] is not None:
            return said
        time.sleep(0.1)
    pytest.fail("nothing was measured within ten seconds")
