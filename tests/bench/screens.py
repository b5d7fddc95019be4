"""A wall of many screens: commit to painted, processor and bytes for each, and how soon a cold screen is whole.

One screen is a real browser; the others are open streams read as a browser reads them (listeners.py), because two
hundred browsers would measure the machine and not the server.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from queue import Queue
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from dashboard import clock
from dashboard.settings import ROOT
from dashboard.store import changes, measurements
from dashboard.store.database import open_database, writing
from dashboard.store.measurements import Measurement
from tests.bench.listeners import MARK
from tests.journeys.conftest import CHROMIUM, FLAGS, System, prepared_system
from tests.recorded_wall import ON_THE_WALL, recorded

SCREENS = tuple(int(n) for n in os.environ.get("BENCH_SCREENS", "1,10,50,200").split(","))
ROUNDS, EVERY_S = 30, 1.0
COLD_STARTS = 7
PROMISED_S = {1: 0.5, 10: 0.5, 50: 0.5, 200: 1.0}
PANEL = "tile~calls112.asa~aula.cell"
WATCH = """panel => {
  const frame = document.querySelector(`[data-panel="${panel}"]`);
  window.painted = {};
  const note = () => (painted[frame.textContent.match(/beat-([0-9]+)/)?.[1]] ??= Date.now());
  new MutationObserver(() => requestAnimationFrame(note)).observe(frame, { childList: true, subtree: true });
}"""
WHOLE = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const empty = [...document.querySelectorAll(".frame")].filter((frame) => !frame.querySelector(".panel"));
  return [performance.now(), empty.length];
}"""


def run() -> list[str]:
    """One line per number of screens, and one about a cold start."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        system = prepared_system(Path(folder), f"sqlite:///{folder}/store.db")
        system.call(0)
        _answered(system)
        for name in ("worker", "web"):
            system.stop(name)  # only our commits change the picture
        system.threads = max(SCREENS) + 16
        engine = open_database(system.environment["DATABASE_URL"])
        _fill(engine)
        system.start("web")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            return [_cold(browser, system), *(_measured(browser, system, engine, number) for number in SCREENS)]
        finally:
            browser.close()
            engine.dispose()
            system.stop("web")


def _answered(system: System) -> None:
    """Until the source has been asked: a wall of sources that never answered shows no value."""
    for _ in range(120):
        with urllib.request.urlopen(f"{system.address}/api/v1/indicators/calls112.asa", timeout=5) as answer:
            if json.load(answer)["value"] is not None:
                return
        time.sleep(0.5)


def _fill(engine: Engine) -> None:
    """Every panel of the wall with a value and its drawing."""
    now = clock.now()
    found = recorded(now)
    with writing(engine) as connection:
        measurements.append(
            connection,
            [
                Measurement(r.indicator.id, r.value, r.indicator.unit, r.band, str(r.status), r.n, r.data_time, now,
                            r.missing, r.detail, r.simulated)
                for r in (found[name] for name in ON_THE_WALL)
            ],
        )  # fmt: skip
        changes.announce(connection, ["measurements"], now)


def _cold(browser: Browser, system: System) -> str:
    """From the address until every panel is painted with its letters, each time without a cache."""
    times = []
    for _ in range(COLD_STARTS):
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{system.address}/wall/aula")
        ms, empty = page.evaluate(WHOLE)
        times.append(ms)
        page.close()
        if empty:
            return f"cold load of the wall: {empty} panels EMPTY"
    times.sort()
    return (
        f"cold load to all painted: median {times[COLD_STARTS // 2]:.0f} ms, worst {times[-1]:.0f} ms (promise 1,500)"
    )


class Streams:
    """The other screens, in a process of their own; read all the time, or it would wait for us."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self._bytes = process, Queue[int]()
        self.heard: list[tuple[str, float]] = []
        Thread(target=self._listen, daemon=True).start()

    def bytes(self) -> int:
        """What came to all of them so far."""
        assert self._process.stdin is not None
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        return self._bytes.get(timeout=30)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            word, found, rest = line.rstrip("\n").partition("\t")
            if word == "bytes":
                self._bytes.put(int(rest))
            elif found:
                self.heard.append((word, float(rest)))


@contextmanager
def _streams(system: System, page: Page, number: int) -> Iterator[Streams]:
    """So many, each asking for the panels that the real screen shows."""
    names = page.evaluate("[...new Set([...document.querySelectorAll('[data-panel]')].map(e => e.dataset.panel))]")
    path = "/live?" + "&".join(f"panel={name}" for name in names)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.listeners", system.address, path, str(number)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Streams(process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _measured(browser: Browser, system: System, engine: Engine, number: int) -> str:
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    page.goto(f"{system.address}/wall/aula")
    page.evaluate(WATCH, PANEL)
    with _streams(system, page, number - 1) as others:
        time.sleep(6)
        before, began, bytes_before = _processor_s(system), time.time(), others.bytes()
        committed = {str(n): _commit(engine, n) for n in range(ROUNDS)}
        time.sleep(2)
        took, seconds, came = _processor_s(system) - before, time.time() - began, others.bytes() - bytes_before
        painted = page.evaluate("painted")
        waits = sorted(painted[n] / 1000 - at for n, at in committed.items() if n in painted)
        heard = sorted(at - committed[n] for n, at in others.heard if n in committed)
    page.close()
    return _line(number, waits, heard, took / seconds, came / max(1, number - 1) / seconds * 3600)


def _line(number: int, waits: list[float], heard: list[float], load: float, bytes_hour: float) -> str:
    """One line of the report; a busy wall, with a change every second, is what the bytes are of."""
    said = (
        f"{number:>3} screens: painted p50 {_at(waits, 0.5):.0f}, p95 {_at(waits, 0.95):.0f} ms (n {len(waits)}, "
        f"promise p95 <= {1000 * PROMISED_S.get(number, 1):.0f}); server {100 * load / number:.2f} % of a core a screen"
    )
    if not heard:
        return said
    return f"{said}; heard p95 {_at(heard, 0.95):.0f} ms (n {len(heard)}), {bytes_hour / 1e6:.1f} MB a screen-hour"


def _at(sorted_s: list[float], share: float) -> float:
    """That quantile in ms."""
    return 1000 * sorted_s[math.ceil(share * len(sorted_s)) - 1] if sorted_s else math.nan


def _commit(engine: Engine, n: int) -> float:
    """The moment just before the commit of round n."""
    time.sleep(EVERY_S)
    now = clock.now() + timedelta(milliseconds=1)
    new = Measurement("calls112.asa", Decimal(n) / 7, "detik", f"{MARK}{n}", "normal", n + 1, now, now, "", {}, True)
    start = time.time()
    with writing(engine) as connection:
        measurements.append(connection, [new])
        changes.announce(connection, ["measurements"], now)
    return start


def _processor_s(system: System) -> float:
    """Seconds of processor that web has used, its master and workers."""
    group, total = os.getpgid(system.processes["web"].pid), 0.0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
