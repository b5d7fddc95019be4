"""From a commit, a line in the queue log, a row in the case table and an MQTT message until an open wall shows it."""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard import clock
from dashboard.store import changes, measurements
from dashboard.store.database import open_database, writing
from dashboard.store.measurements import Measurement
from layouts.format import number
from tests.journeys.conftest import CHROMIUM, FLAGS, System
from tests.journeys.three_sources import MOSQUITTO, CaseTable, River, three_sources

ROUNDS = 60
SOURCE_ROUNDS = 25
STALE_AFTER = "5m"
Tell = Callable[[int], str]
"""Tells a source something new in round n, and returns the words by which the panel shows it."""
WATCH = """() => {
  const frame = document.querySelector('[data-panel="%s"]');
  window.painted = [];
  const note = () => window.painted.push([Date.now(), frame.textContent]);
  new MutationObserver(() => requestAnimationFrame(note))
    .observe(frame, { childList: true, subtree: true, characterData: true });
}"""


def run() -> list[str]:
    """All figures on SQLite, one screen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        three_sources(Path(folder), f"sqlite:///{folder}/store.db", STALE_AFTER, MOSQUITTO is not None) as all_of,
        sync_playwright() as playwright,
    ):
        system, cases, river = all_of
        system.call(0)
        cases.add(1, "KEBAKARAN")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        try:
            page.goto(f"{system.address}/wall/aula")
            time.sleep(5)
            waits = [_source_to_painted(page, *measured) for measured in _sources(system, cases, river)]
            return [*waits, _commit_to_painted(system, page)]
        finally:
            browser.close()


def _sources(system: System, cases: CaseTable, river: River) -> Iterator[tuple[str, str, Tell]]:
    """What is measured, the panel that shows it, and how round n is told."""

    def line(n: int) -> str:
        system.call(n, wait_s=4 + n)
        return number(4 + Decimal(n) / 2, 1)

    def row(n: int) -> str:
        cases.add(n + 1, "BANJIR")
        return f"· {n + 1}"

    def message(n: int) -> str:
        river.set(200 + n)
        return number(Decimal(200 + n) / 100, 2)

    yield "line in queue_log", "tile~calls112.asa~aula.cell", line
    yield "row in case table", "table~calls112.open_incidents~aula.cell", row
    if MOSQUITTO is not None:
        yield "MQTT message", "river~river.level~aula.cell", message


def _commit_to_painted(system: System, page: Page) -> str:
    """The worker rests, so that only our commits change the picture."""
    system.stop("worker")
    page.evaluate(WATCH % "tile~calls112.asa~aula.cell")
    engine = open_database(system.environment["DATABASE_URL"])
    waits = []
    for n in range(ROUNDS):
        with writing(engine) as connection:
            now = clock.now() + timedelta(milliseconds=1)
            measurements.append(connection, [_measurement(n, now)])
            changes.announce(connection, ["measurements"], now)
        waits.append(_painted_after(page, time.time()))
    engine.dispose()
    return _report("commit to painted, 1 screen", waits, "p95 <= 0.5 s")


def _source_to_painted(page: Page, what: str, panel: str, tell: Tell) -> str:
    """Each round says something new and waits until the panel shows exactly that."""
    page.evaluate(WATCH % panel)
    waits = []
    for n in range(1, SOURCE_ROUNDS + 1):
        start = time.time()
        waits.append(_painted_after(page, start, tell(n)))
    return _report(f"{what} to painted", waits, "p95 <= 5 s")


def _painted_after(page: Page, start: float, words: str = "") -> float:
    """Seconds from `start` until a frame in which the panel contained `words` was painted."""
    first = "([t, words]) => window.painted.find(([at, text]) => at >= t && text.includes(words))"
    asked = [start * 1000 - 1, words]
    page.wait_for_function(f"asked => !!({first})(asked)", arg=asked, timeout=10_000)
    at, _ = page.evaluate(first, asked)
    time.sleep(0.25)
    return max(0.0, float(at) / 1000 - start)


def _report(name: str, waits: list[float], promise: str) -> str:
    waits = sorted(waits)
    p50, p95 = (waits[math.ceil(p * len(waits)) - 1] for p in (0.5, 0.95))
    return f"{name}: n {len(waits)}, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms (promise {promise})"


def _measurement(n: int, now: object) -> Measurement:
    return Measurement(
        indicator="calls112.asa", value=Decimal(n) / 7, unit="detik", band="", status="normal", n=n + 1, data_time=now,  # type: ignore[arg-type]
        known_at=now, missing="", detail={}, simulated=True,  # type: ignore[arg-type]
    )  # fmt: skip


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
