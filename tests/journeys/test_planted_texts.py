"""What a source or a person writes is shown as text: on every page and wall, for everybody, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from dashboard.store.database import open_database
from layouts.pages import CLOSED, PAGES
from tests.datasources.loopback import serving
from tests.journeys import planted
from tests.journeys.conftest import System, prepared_system

pytestmark = pytest.mark.browser

WATCH = """
window.ran = 0; window.p = () => window.ran++;
document.addEventListener("securitypolicyviolation", (event) => window.ran++);
"""
BORN = """() => [...document.querySelectorAll('img[src="q"], [href^="javascript:" i], [onerror], [onload]')]
  .map((e) => e.outerHTML.slice(0, 200))"""
INLINE = """() => new Promise((done) => {
  document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
  const script = document.createElement("script");
  script.textContent = "window.p()";
  document.body.append(script);
})"""
SETTLED_MS = 600
WALL = ("/wall/aula",)
PEOPLE = {"": [page.path for page in PAGES], "ratu": ["/arahan"], "sari": [page.path for page, _ in CLOSED],
          "joko": ["/112/opd"]}  # fmt: skip


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Web and worker, fed with planted texts by every way in."""
    folder = tmp_path_factory.mktemp("planted")
    url = f"sqlite:///{folder / 'store.db'}"
    with serving() as site:
        made = prepared_system(folder, url, stale_after="10m", more_sources=planted.sources(folder, site))
        try:
            engine = open_database(url)
            planted.people_and_texts(engine)
            engine.dispose()
            _wait_until_measured(made)
            yield made
        finally:
            for name in list(made.processes):
                made.stop(name)


def _wait_until_measured(system: System) -> None:
    for _ in range(60):
        with urlopen(f"{system.address}/api/v1/indicators/weather.active_warnings") as answer:
            if "Hujan" in answer.read().decode():
                return
        time.sleep(0.25)


def signed_in(page: Page, system: System, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{system.address}/masuk")
    page.fill("[name=nama]", name)
    page.fill("[name=sandi]", planted.PASSWORD)
    page.get_by_role("button", name="Masuk").click()


@pytest.mark.timeout(300)
def test_planted_texts_are_read_and_never_run(system: System, page: Page) -> None:
    page.add_init_script(WATCH)
    seen: list[str] = []
    for name, paths in PEOPLE.items():
        if name:
            signed_in(page, system, name)
        for path in [*paths, *(WALL if not name else ())]:
            page.goto(f"{system.address}{path}")
            page.wait_for_timeout(SETTLED_MS)
            assert page.evaluate(BORN) == [], path
            assert page.evaluate("window.ran") == 0, path
            seen.append(page.evaluate("document.body.textContent"))
    everything = "\n".join(seen)
    for text in (planted.OWNER, planted.TITLE, planted.HEADLINE, planted.SERVICE, planted.ORDER, planted.NOTE):
        assert text.split("<")[0] + "<img src=q" in everything, text


def test_the_policy_stops_what_would_run_all_the_same(system: System, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{system.address}/masuk")
    page.evaluate("() => { window.p = () => { window.ran = true; }; }")
    stopped = page.evaluate(INLINE)
    assert stopped.startswith("script-src")
    assert page.evaluate("window.ran") is None
    page.close()
