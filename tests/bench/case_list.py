"""A case list of 22,000 rows and 50 columns, mapped by configuration alone: seconds to read and keep it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from dashboard.ingestion.run import run_once
from dashboard.settings import ROOT
from dashboard.store import ingestion_log
from dashboard.store.calls112 import incidents
from dashboard.store.database import metadata, open_database, reading, writing
from datasources import registry
from tests.bench.case_list_of import HEADINGS, ROWS, SOURCE, write_csv, write_workbook
from tests.keys import KEYS

WEEK = "2026-W40"
WRITERS = {"kasus.csv": write_csv, "kasus.xlsx": write_workbook}


def run() -> list[str]:
    """One line for each kind of file, kept in SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        return [_measure(Path(folder), name) for name in WRITERS]


def _measure(folder: Path, name: str) -> str:
    WRITERS[name](folder / name)
    toml = folder / "sources.toml"
    toml.write_text(SOURCE.format(path=folder / name), encoding="utf-8")
    (source,) = registry.load(toml, {"CALLER_HASH_KEY": "k" * 40})
    engine = open_database(f"sqlite:///{folder / name}.db")
    metadata.create_all(engine)
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    start = time.perf_counter()
    outcome = run_once(engine, source)
    seconds = time.perf_counter() - start
    with reading(engine) as connection:
        kept = connection.execute(select(func.count()).select_from(incidents)).scalar_one()
    engine.dispose()
    reporting = _report_seconds(folder, name)
    if (kept, outcome.refused, outcome.error) != (ROWS, 0, ""):
        raise RuntimeError(f"{name}: {kept} of {ROWS} rows kept, {outcome}")
    return (
        f"case list {name}: {ROWS:,} rows x {len(HEADINGS)} columns in {seconds:.1f} s (promise <= 10 s); "
        f"manage.py report calls112 --week {WEEK} --json in {reporting:.1f} s"
    )


def _report_seconds(folder: Path, name: str) -> float:
    """The command as a person types it, with the start of Python."""
    url = f"sqlite:///{folder / name}.db"
    environment = {**os.environ, "DATABASE_URL": url, "VAR": str(folder), **KEYS}
    command = [sys.executable, "manage.py", "report", "calls112", "--week", WEEK, "--json"]
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if not json.loads(done.stdout):
        raise RuntimeError("the report says nothing")
    return seconds


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
