"""The worker is killed without warning while it ingests, again and again: no call is lost, none is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard.settings import ROOT
from dashboard.store import calls112
from dashboard.store.database import metadata, open_database, reading

KILLS = 50
CALLS_PER_ROUND = 400
START = 1_795_000_000
INGEST = [sys.executable, str(Path(__file__).with_name("ingest_forever.py"))]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_kills_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    metadata.create_all(engine)
    log = tmp_path / "queue_log"
    environment = prepared(tmp_path, log, database_url)
    dice = random.Random(112)
    kills = written = 0
    while kills < KILLS:
        written = append(log, written, CALLS_PER_ROUND)
        with subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("ingest_forever.py"))], env=environment
        ) as p:
            time.sleep(dice.uniform(0.5, 1.1))
            p.send_signal(signal.SIGKILL)
            kills += 1
    subprocess.run([*INGEST, "once"], env=environment, check=True)
    with reading(engine) as connection:
        total = connection.execute(select(func.count()).select_from(calls112.calls)).scalar_one()
        ended = connection.execute(
            select(func.count()).where(calls112.calls.c.outcome == "answered", calls112.calls.c.talk_s == 30)
        ).scalar_one()
    engine.dispose()
    assert (total, ended) == (written, written)


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
        "SECRET_KEY": "s" * 40,
        "CALLER_HASH_KEY": "c" * 40,
        "PYTHONPATH": str(ROOT),
    }
