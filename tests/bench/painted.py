"""From the commit of a measurement, and from a line in the queue log, until it is painted on an open wall."""

from __future__ import annotations

import math
import sys
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard import clock
from dashboard.store import changes, measurements
from dashboard.store.database import open_database, writing
from dashboard.store.measurements import Measurement
from tests.journeys.conftest import CHROMIUM, FLAGS, System, prepared_system

ROUNDS = 60
WATCH = """() => {
  const frame = document.querySelector('[data-panel="%s"]');
  window.painted = [];
  new MutationObserver(() => requestAnimationFrame(() => window.painted.push(Date.now())))
    .observe(frame, { childList: true, subtree: true, characterData: true });
}"""


def run() -> list[str]:
    """Both figures on SQLite, one screen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        system = prepared_system(Path(folder), f"sqlite:///{folder}/store.db")
        system.call(0)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        try:
            page.goto(f"{system.address}/wall/aula")
            time.sleep(5)
            return [_line_to_painted(system, page), _commit_to_painted(system, page)]
        finally:
            browser.close()
            for name in list(system.processes):
                system.stop(name)


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


def _line_to_painted(system: System, page: Page) -> str:
    page.evaluate(WATCH % "tile~calls112.asa~aula.cell")
    waits = []
    for n in range(1, ROUNDS // 2):
        system.call(n, wait_s=4 + n)
        waits.append(_painted_after(page, time.time()))
    return _report("line in queue_log to painted, asked every 1 s", waits, "p95 <= 5 s")


def _painted_after(page: Page, start: float) -> float:
    page.wait_for_function("t => window.painted.some(p => p >= t)", arg=start * 1000 - 1, timeout=10_000)
    first = page.evaluate("t => window.painted.find(p => p >= t)", start * 1000 - 1)
    time.sleep(0.25)
    return max(0.0, float(first) / 1000 - start)


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
