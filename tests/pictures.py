"""Every scene of the wall in every theme as a small picture in docs/layar, taken from a demonstration of its own."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard.settings import ROOT
from layouts.theme import THEMES
from layouts.wall.screens import profiles
from tests.journeys.conftest import CHROMIUM, FLAGS, free_port
from tests.journeys.still_wall import STILL

FOLDER = ROOT / "docs" / "layar"
WALL = "dinding"
"""Its screens hold every scene, and each can be asked for alone."""
QUALITY, SCALE = 70, 0.5
SETTLE_S = int(os.environ.get("PICTURES_AFTER", "60"))
"""Seconds until the demonstration has told something of everything."""


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    with _demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(bypass_csp=True)
        for number, screen in enumerate(profiles()[WALL].screens, start=1):
            _open(page, f"{address}/wall/{WALL}/{number}", *profiles()[WALL].screen_size)
            for theme in THEMES:
                _take(page, f"{screen.scenes[0].name}-{theme}", theme, SCALE)
        _open(page, f"{address}/wall/{WALL}", profiles()[WALL].width, profiles()[WALL].height)
        _take(page, WALL, profiles()[WALL].theme, SCALE / 2)
        browser.close()
    print(f"{sum(f.stat().st_size for f in FOLDER.iterdir()) / 1e6:.1f} MB in {FOLDER}")


def _open(page: Page, address: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    page.wait_for_function("document.documentElement.dataset.connection === 'live'")
    page.add_style_tag(content=STILL)


def _take(page: Page, name: str, theme: str, scale: float) -> None:
    page.evaluate("theme => (document.body.dataset.themes = JSON.stringify([[0, theme]]))", theme)
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
    page.wait_for_timeout(400)
    size = page.viewport_size or {"width": 0, "height": 0}
    session = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, **size, "scale": scale}
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))
    session.detach()


@contextmanager
def _demonstration() -> Iterator[str]:
    """Web, worker and simulated regency on free ports in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        port, demo = free_port(), free_port()
        environment = {**os.environ, "VAR": folder, "PORT": str(port), "DEMO_PORT": str(demo), "SOURCES": ""}
        with (Path(folder) / "log").open("wb") as log:
            running = subprocess.Popen(
                [sys.executable, "-m", "dashboard.launch"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait(address: str) -> None:
    """Until it answers, and then until it has something to tell."""
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            break
        except (OSError, urllib.error.URLError):
            time.sleep(1)
    time.sleep(SETTLE_S)


if __name__ == "__main__":
    main()
