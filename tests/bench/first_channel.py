"""From what BMKG publishes until a first channel has accepted the alert and an open wall has painted it."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.waits import percentile
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.first_channel import Waits, alarm

ROUNDS = 12


def run() -> list[str]:
    """All figures on SQLite, one screen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        alarm(Path(folder), f"sqlite:///{folder}/store.db") as raised,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        try:
            page.goto(f"{raised.system.address}/wall/aula")
            time.sleep(5)
            waits = []
            for number in range(1, ROUNDS + 1):
                waits.append(raised.measured(page, number))
                time.sleep(1 + number % 4 / 4)  # so that rounds of a second do not all meet at the same place
                raised.forget(page)
        finally:
            browser.close()
    return _lines(waits)


def _lines(waits: list[Waits]) -> list[str]:
    return [
        "the rule weather.active_warnings has no waiting; the clock starts as its source, asked each second, publishes",
        _line("published to alert active", [w.alert for w in waits]),
        _line("published to first channel accepting", [w.first for w in waits], "<= 30 s"),
        _line("published to webhook and mail accepting", [w.both for w in waits], "<= 30 s"),
        _line("alert active to first channel", [w.first - w.alert for w in waits]),
        _line("published to alarm painted on the wall", [w.wall for w in waits], "<= 5 s"),
        _line("alert active to alarm painted on the wall", [max(0.0, w.wall - w.alert) for w in waits], "<= 5 s"),
    ]


def _line(name: str, seconds: list[float], promise: str = "") -> str:
    told = f" (promise {promise})" if promise else ""
    return f"{name}: n {len(seconds)}, median {percentile(seconds, 50):.2f} s, worst {max(seconds):.2f} s{told}"


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
