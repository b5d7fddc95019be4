"""A running system on free ports, and a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from dashboard.settings import ROOT
from tests.conftest import missing_service
from tests.keys import KEYS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

SERVER_AWAY = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE", "ERR_FAILED")
"""What the browser itself says while a test has stopped the server; the last of what a service worker asks for."""


@dataclass
class System:
    """Web and worker on one store, fed by files in `directory`."""

    directory: Path
    environment: dict[str, str]
    address: str
    threads: int = 32
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def queue_log(self) -> Path:
        return self.directory / "queue_log"

    def start(self, name: str) -> None:
        port = self.address.rpartition(":")[2]
        command = {
            "worker": [sys.executable, "manage.py", "work"],
            "web": [sys.executable, "-m", "gunicorn", "app:server", "--bind", f"127.0.0.1:{port}", "--worker-class",
                    "gthread", "--threads", str(self.threads), "--graceful-timeout", "1", "--no-control-socket"],
        }[name]  # fmt: skip
        with (self.directory / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        if name == "web":
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail((self.directory / "web.log").read_text(encoding="utf-8"))

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.terminate()
        process.wait(timeout=15)

    def kill(self, name: str) -> None:
        """End a process and its children without warning, as a power cut does."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=15)

    def call(self, number: int, wait_s: int = 4, ago_s: int = 60) -> None:
        """One answered call that entered so many seconds ago."""
        now = int(time.time())
        key = f"{now}.{number}|112"
        with self.queue_log.open("a", encoding="ascii") as file:
            file.write(f"{now - ago_s}|{key}|NONE|ENTERQUEUE||628110000{number:04d}|1\n")
            file.write(f"{now - ago_s + wait_s}|{key}|PJSIP/1001|CONNECT|{wait_s}|1.1|3\n")
            file.write(f"{now - 30}|{key}|PJSIP/1001|COMPLETECALLER|{wait_s}|20|1\n")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared_system(
    directory: Path, database_url: str, stale_after: str = "4s", more_sources: str = "", pairing: str = "terbuka",
    **settings: str,
) -> System:  # fmt: skip
    """Web and worker running, with a queue log to write to, whatever other sources the TOML tells of, and settings."""
    (directory / "sources.toml").write_text(
        '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean telepon 112"\nowner = "Diskominfo"\n'
        f'path = "{directory / "queue_log"}"\nevery = "1s"\nstale_after = "{stale_after}"\nsimulated = true\n'
        f"{more_sources}",
        encoding="utf-8",
    )
    environment = {
        **os.environ, "DATABASE_URL": database_url, "VAR": str(directory), "SOURCES": str(directory / "sources.toml"),
        **KEYS, "PYTHONPATH": str(ROOT), "WALL_PAIRING": pairing, **settings,
    }  # fmt: skip
    made = System(directory, environment, f"http://127.0.0.1:{free_port()}")
    made.queue_log.touch()
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True)
    made.start("web")
    made.start("worker")
    return made


@pytest.fixture
def system(tmp_path: Path, sqlite_url: str) -> Iterator[System]:
    """A fresh system of its own for each test."""
    made = prepared_system(tmp_path, sqlite_url)
    yield made
    for name in list(made.processes):
        made.stop(name)


@pytest.fixture(scope="module")
def shared_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One system for the tests of a file that only look."""
    folder = tmp_path_factory.mktemp("system")
    made = prepared_system(folder, f"sqlite:///{folder / 'store.db'}")
    yield made
    for name in list(made.processes):
        made.stop(name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file; Playwright's event loop runs in this thread until it is closed, which other files' own
    loops could not bear.
    """
    if CHROMIUM is None:
        missing_service("Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; its test fails when it, or another of its context, shows an error in the console or asks another host."""
    with watched_page(browser, 1920, 1080) as made:
        yield made


@contextmanager
def watched_page(browser: Browser, width: int, height: int) -> Iterator[Page]:
    """A page with cookies of its own, watched as the fixture `page` says."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-US", timezone_id="America/New_York"
    )
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(_text(message)) if message.type == "error" else None)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("request", lambda r: troubles.append(r.url) if "127.0.0.1" not in r.url and ":" in r.url[:6] else None)
    yield context.new_page()
    context.close()
    assert [t for t in troubles if not any(away in t for away in SERVER_AWAY)] == []


def _text(message: ConsoleMessage) -> str:
    return f"{message.text} ({message.location.get('url')})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that fails is run once more, from its start: docs/decisions/0021-journeys-may-be-asked-twice.md."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
