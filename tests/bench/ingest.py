"""A million calls by file: rows per second against the database's own bulk load, and the memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from dashboard.store.calls112 import calls
from dashboard.store.database import metadata, open_database
from tests.conftest import POSTGRES
from tests.journeys.test_killed_while_ingesting import INGEST, append, prepared

CALLS = int(os.environ.get("BENCH_CALLS", "1000000"))


def run() -> list[str]:
    """One line for each database."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "queue_log"
        append(log, 0, CALLS)
        lines = [_measure(f"sqlite:///{folder}/store.db", log)]
        schema = f"bench_{uuid.uuid4().hex[:8]}"
        admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        try:
            lines.append(_measure(f"{POSTGRES}?options=-csearch_path%3D{schema}", log))
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    return lines


def _measure(url: str, log: Path) -> str:
    engine = open_database(url)
    metadata.create_all(engine)
    environment = prepared(log.parent, log, url)
    toml = Path(environment["SOURCES"])
    toml.write_text(toml.read_text(encoding="utf-8").replace("batch_lines = 90\n", ""), encoding="utf-8")
    start = time.perf_counter()
    done = subprocess.run([*INGEST, "once"], env=environment, check=True, capture_output=True, text=True)
    ours = CALLS / (time.perf_counter() - start)
    peak_mb = int(done.stdout) / 1024
    bulk = CALLS / _bulk_load(engine)
    engine.dispose()
    return (
        f"ingest {engine.dialect.name}: {ours:,.0f} calls/s, bulk load {bulk:,.0f} rows/s, ratio {ours / bulk:.2f} "
        f"(promise >= 0.25), peak memory {peak_mb:.0f} MB (promise <= 300)"
    )


def _bulk_load(engine: Engine) -> float:
    """Seconds for the same rows by the database's own way, into the same table with the same indexes."""
    columns = [c.name for c in calls.c]
    with engine.connect() as connection:
        rows = [tuple(r) for r in connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM calls")]
        connection.exec_driver_sql("DELETE FROM calls" if engine.dialect.name == "sqlite" else "TRUNCATE calls")
        connection.commit()
    driver: Any = engine.raw_connection()
    start = time.perf_counter()
    if engine.dialect.name == "sqlite":
        cursor = driver.cursor()
        cursor.execute("BEGIN")
        cursor.executemany(f"INSERT INTO calls VALUES ({', '.join('?' * len(columns))})", rows)
    else:
        with (
            driver.driver_connection.cursor() as cursor,
            cursor.copy(f"COPY calls ({', '.join(columns)}) FROM STDIN") as c,
        ):
            for row in rows:
                c.write_row(row)
    driver.commit()
    seconds = time.perf_counter() - start
    driver.close()
    return seconds


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
