"""Processor time of this thread and of PostgreSQL's process that serves it: what a busy machine does not lengthen."""

from __future__ import annotations

import gc
import time
from pathlib import Path

from sqlalchemy import Connection


def spent_ms(connection: Connection) -> float:
    """Milliseconds since some moment; of PostgreSQL only where it runs on this machine (Linux)."""
    return time.thread_time() * 1000 + _served_ms(connection)


def settled() -> None:
    """As the web application does once it stands (app.py): what exists is not looked through for garbage again."""
    gc.collect()
    gc.freeze()


def yardstick_ms() -> float:
    """A hundred thousand turns of a loop, the best of five: what a figure of another machine is to be compared by."""
    times = []
    for _ in range(5):
        begun, total = time.thread_time(), 0
        for n in range(100_000):
            total += n * n
        times.append(time.thread_time() - begun)
    return min(times) * 1000


def _served_ms(connection: Connection) -> float:
    if connection.dialect.name != "postgresql":
        return 0.0
    process = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
    counted = Path(f"/proc/{process}/schedstat")
    return int(counted.read_text().split()[0]) / 1e6 if counted.exists() else 0.0
