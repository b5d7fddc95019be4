"""The worker is killed without warning while it ingests, again and again: no call is lost, none is doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from dashboard.settings import ROOT
from dashboard.store import calls112, ingestion_log
from dashboard.store.database import metadata, open_database, reading
from tests.keys import KEYS

KILLS = 50
CALLS_PER_ROUND = 4000
"""About ten of the smallest batches."""
START = 1_790_000_000
"""A million calls later is still in the past."""
INGEST = [sys.executable, str(Path(__file__).with_name("ingest_forever.py"))]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_kills_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    metadata.create_all(engine)
    log = tmp_path / "queue_log"
    environment = prepared(tmp_path, log, database_url)
    dice = random.Random(112)
    written = kills_amid_rows = 0
    for _ in range(KILLS):
        written = append(log, written, CALLS_PER_ROUND)
        killed_after_its_first_batch(environment, engine, dice.uniform(0, 0.05))
        kills_amid_rows += read_bytes(engine) < log.stat().st_size
    subprocess.run([*INGEST, "once"], env=environment, check=True)
    with reading(engine) as connection:
        total = connection.execute(select(func.count()).select_from(calls112.calls)).scalar_one()
        ended = connection.execute(
            select(func.count()).where(calls112.calls.c.outcome == "answered", calls112.calls.c.talk_s == 30)
        ).scalar_one()
    engine.dispose()
    assert (total, ended) == (written, written)
    assert kills_amid_rows >= KILLS // 2, "most kills came too late to prove anything"


def killed_after_its_first_batch(environment: dict[str, str], engine: Engine, seconds: float) -> None:
    """Let a worker start and read on, and kill it so long after it kept something; rows are left unread."""
    before, deadline = read_bytes(engine), time.monotonic() + 30
    with subprocess.Popen(INGEST, env=environment) as worker:
        try:
            while read_bytes(engine) == before:
                assert worker.poll() is None, "the worker ended by itself"
                assert time.monotonic() < deadline, "the worker kept nothing"
                time.sleep(0.002)
            time.sleep(seconds)
        finally:
            worker.kill()


def read_bytes(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(ingestion_log.cursor_of(connection, "antrean").get("offset", 0))


def append(log: Path, first: int, count: int) -> int:
    with log.open("a", encoding="ascii") as file:
        for n in range(first, first + count):
            t = START + n * 3
            call = f"{t}.{n}|112"
            file.write(f"{t}|{call}|NONE|ENTERQUEUE||6281{n:09d}|1\n")
            file.write(f"{t + 4}|{call}|PJSIP/1001|CONNECT|4|{t}.9|3\n")
            file.write(f"{t + 34}|{call}|PJSIP/1001|COMPLETECALLER|4|30|1\n")
    return first + count


def prepared(directory: Path, log: Path, database_url: str) -> dict[str, str]:
    (directory / "sources.toml").write_text(
        '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean"\nowner = "Diskominfo"\n'
        f'path = "{log}"\nevery = "1s"\nstale_after = "1m"\nbatch_lines = 90\n',
        encoding="utf-8",
    )
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "VAR": str(directory),
        "SOURCES": str(directory / "sources.toml"),
        **KEYS,
        "PYTHONPATH": str(ROOT),
    }
