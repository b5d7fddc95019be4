"""A million calls by file: rows per second against the database's own bulk load, and the memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from dashboard.store.calls112 import calls
from dashboard.store.database import metadata, open_database
from tests.bench.postgres_schema import postgres_schema
from tests.journeys.test_killed_while_ingesting import INGEST, append, prepared

CALLS = int(os.environ.get("BENCH_CALLS", "1000000"))
ROUNDS = 2
"""The best of each counts: what else runs on the machine disturbs one round more than the other."""
COLUMNS = ", ".join(c.name for c in calls.c)
Load = Callable[[Any], None]


def run() -> list[str]:
    """One line for each database."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "queue_log"
        append(log, 0, CALLS)
        os.sync()  # else its 150 MB are written while the ingest waits for its own commits
        sqlite = [_round(f"sqlite:///{folder}/{n}.db", log) for n in range(ROUNDS)]
        lines = [_report("sqlite", sqlite)]
        with postgres_schema() as url:
            if url:
                lines.append(_report("postgresql", [_round(url, log) for _ in range(ROUNDS)]))
    return lines


Rates = dict[str, float]
"""Rows per second of each way of loading, of the ingest as "ours"; "peak_mb" beside them."""


def _report(database: str, rounds: Sequence[Rates]) -> str:
    best = {name: max(rates[name] for rates in rounds) for name in rounds[0]}
    ours, peak_mb = best.pop("ours"), best.pop("peak_mb")
    bulk = [f"bulk load of {name} {rate:,.0f} rows/s, ratio {ours / rate:.2f}" for name, rate in best.items()]
    return (
        f"ingest {database}: {CALLS:,} calls at {ours:,.0f}/s; {'; '.join(bulk)} (promise >= 0.25); "
        f"peak memory {peak_mb:.0f} MB (promise <= 300); best of {len(rounds)}, load {os.getloadavg()[0]:.1f}"
    )


def _round(url: str, log: Path) -> Rates:
    engine = open_database(url)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    environment = prepared(log.parent, log, url)
    toml = Path(environment["SOURCES"])
    toml.write_text(toml.read_text(encoding="utf-8").replace("batch_lines = 90\n", ""), encoding="utf-8")
    done = subprocess.run([*INGEST, "once"], env=environment, check=True, capture_output=True, text=True)
    peak_kb, seconds = done.stdout.split()
    rates = {name: CALLS / _seconds_of(engine, load) for name, load in _bulk_loads(engine).items()}
    engine.dispose()
    return {"ours": CALLS / float(seconds), "peak_mb": int(peak_kb) / 1024, **rates}


def _bulk_loads(engine: Engine) -> dict[str, Load]:
    """The database's own ways to take the same rows into the same table with the same indexes, in one transaction.

    Both start from what is ready in memory: neither reads a file, hashes a number or looks for a known key.
    """
    with engine.connect() as connection:
        rows = [tuple(r) for r in connection.exec_driver_sql(f"SELECT {COLUMNS} FROM calls")]
        text: list[bytes] = []
        if engine.dialect.name == "postgresql":
            driver: Any = connection.connection.driver_connection
            with driver.cursor() as cursor, cursor.copy(f"COPY calls ({COLUMNS}) TO STDOUT") as copied:
                text = [bytes(block) for block in copied]
    assert len(rows) == CALLS, f"only {len(rows)} of {CALLS} calls were kept"
    if not text:
        insert = f"INSERT INTO calls VALUES ({', '.join('?' * len(rows[0]))})"
        return {"ready tuples": lambda cursor: cursor.executemany(insert, rows)}
    size = max(1, len(text) // 1000)
    blocks = [b"".join(text[n : n + size]) for n in range(0, len(text), size)]
    return {
        "ready tuples": lambda cursor: _copy(cursor, lambda c: [c.write_row(row) for row in rows]),
        "ready text": lambda cursor: _copy(cursor, lambda c: [c.write(block) for block in blocks]),
    }


def _copy(cursor: Any, write: Callable[[Any], object]) -> None:
    with cursor.copy(f"COPY calls ({COLUMNS}) FROM STDIN") as copy:
        write(copy)


def _seconds_of(engine: Engine, load: Load) -> float:
    driver: Any = engine.raw_connection()
    cursor = driver.cursor()
    cursor.execute("DELETE FROM calls" if engine.dialect.name == "sqlite" else "TRUNCATE calls")
    driver.commit()
    start = time.perf_counter()
    if engine.dialect.name == "sqlite":
        cursor.execute("BEGIN")
    load(cursor)
    driver.commit()
    seconds = time.perf_counter() - start
    driver.close()
    return seconds


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
