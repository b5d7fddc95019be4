"""Waking up when another process has committed: NOTIFY on PostgreSQL, the file's data_version on SQLite."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Engine

from dashboard.store.changes import CHANNEL

SQLITE_LOOK_S = 0.05


class Watch:
    """One watcher per process, on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._pooled: Any = engine.raw_connection()
        driver: Any = self._pooled.driver_connection
        self._driver = driver
        self._pooled.detach()
        if self._sqlite:
            self._version = self._data_version()
        else:
            driver.autocommit = True
            driver.execute(f"LISTEN {CHANNEL}")

    def wait(self, timeout_s: float) -> bool:
        """Whether something was committed within `timeout_s`; returns as soon as it was."""
        if not self._sqlite:
            return any(True for _ in self._driver.notifies(timeout=timeout_s, stop_after=1))
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            version = self._data_version()
            if version != self._version:
                self._version = version
                return True
            time.sleep(SQLITE_LOOK_S)
        return False

    def close(self) -> None:
        """Give the connection back to the system."""
        self._driver.close()

    def _data_version(self) -> int:
        return int(self._driver.execute("PRAGMA data_version").fetchone()[0])
