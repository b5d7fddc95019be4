"""Weeks of a wall in minutes: live updates over all scenes in a real browser, and what they leave in its memory."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import cycle

from playwright.sync_api import CDPSession, Page, sync_playwright

from dashboard import clock
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.recorded_wall import ON_THE_WALL, recorded
from tests.standing_wall import StandingBoard, standing_wall

UPDATES = int(os.environ.get("SOAK_UPDATES", "20000"))
WARM = 1000
BATCH = 250
MOST_HEAP_MB, MOST_MORE = 50, 0.03
"""Promise P7, and the share by which nodes and listeners may differ: a list is longer or shorter at the moment."""
FADED_S = 0.6
"""What still fades in holds the drawing it belongs to."""
COUNT = """() => {
  window.updates = 0;
  addEventListener("mojokerto:message", ({ detail }) => (updates += Object.keys(detail.panels).length ? 1 : 0));
}"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the browser holds after its rubbish was collected."""

    updates: int
    heap_mb: float
    nodes: int
    listeners: int

    def __str__(self) -> str:
        return f"{self.updates:>6} updates: heap {self.heap_mb:6.2f} MB, {self.nodes} nodes, {self.listeners} listeners"


def run() -> list[str]:
    """The lines of the report; the last begins with 'flat' or 'GROWS'."""
    with standing_wall() as (address, board), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            errors: list[str] = []
            page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"{address}/wall/aula")
            page.evaluate(COUNT)
            return _report(list(_soaked(page, board)), errors)
        finally:
            browser.close()


def _soaked(page: Page, board: StandingBoard) -> Iterator[Taken]:
    """Measures after the warm-up and then twenty times."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    changes, due = _changes(), WARM
    while (seen := _updated(page, board, changes)) < UPDATES + WARM:
        if seen >= due:
            yield _taken(session, seen)
            due += max(BATCH, UPDATES // 20)
    yield _taken(session, seen)


def _updated(page: Page, board: StandingBoard, changes: Iterator[dict[str, Reading]]) -> int:
    """One batch of updates and the next scene; how many updates the page has had."""
    for _ in range(BATCH):
        board.put(next(changes))
        time.sleep(0.002)
    page.evaluate("mojokerto.rotation.next()")
    return int(page.evaluate("updates"))


def _changes() -> Iterator[dict[str, Reading]]:
    """Each time one indicator more has another value, word and age; raised and calm in turn."""
    base = recorded()
    for place, name in enumerate(cycle(ON_THE_WALL)):
        r = base[name]
        if r.value is None:
            continue
        status = Status.WASPADA if place % 3 == 0 and r.indicator.bands else Status.NORMAL
        known = clock.now() - timedelta(minutes=place % 200)
        yield {name: replace(r, value=Decimal(place % 997) / 7, status=status, data_time=known, known_at=clock.now())}


def _taken(session: CDPSession, updates: int) -> Taken:
    time.sleep(FADED_S)
    session.send("HeapProfiler.collectGarbage")
    found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    taken = Taken(updates, found["JSHeapUsedSize"] / 1e6, int(found["Nodes"]), int(found["JSEventListeners"]))
    print(f"  {taken}", flush=True)
    return taken


def _report(taken: list[Taken], errors: list[str]) -> list[str]:
    first, last = taken[0], taken[-1]
    grown = last.heap_mb - first.heap_mb
    more = max(last.nodes / first.nodes, last.listeners / first.listeners) - 1
    flat = grown < MOST_HEAP_MB and more <= MOST_MORE and not errors
    said = (
        f"{'flat' if flat else 'GROWS'}: {last.updates - first.updates} updates after the first {first.updates}, heap "
        f"{grown:+.2f} MB (promise < {MOST_HEAP_MB}), nodes {last.nodes - first.nodes:+d}, listeners "
        f"{last.listeners - first.listeners:+d}, {len(errors)} console errors"
    )
    return [*dict.fromkeys(errors), said]


if __name__ == "__main__":
    lines = run()
    print("\n".join(lines))
    sys.exit(0 if lines[-1].startswith("flat") else 1)
