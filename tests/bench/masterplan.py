"""A masterplan of 6 dimensions, 120 programmes, 600 indicators and 5 years: import, import again, and its page."""

from __future__ import annotations

import logging
import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from dashboard import clock
from dashboard.ingestion.run import run_once
from dashboard.settings import load
from dashboard.store import ingestion_log
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.row_revisions import row_revisions
from dashboard.store.tables import TABLES
from datasources import registry
from datasources.demo.masterplan_rows import Example
from datasources.demo.masterplan_workbook import write_workbook
from datasources.registry import ConfiguredSource
from layouts.application import build
from layouts.pages.masterplan import SECTIONS
from tests.bench.postgres_schema import postgres_schema
from tests.dash_payload import send

assert TABLES
PROGRAMMES, INDICATORS_EACH = 120, 5
IMPORT_S, PAGE_MS = 5, 300
ROUNDS = 5
SOURCE = """
[sources.masterplan]
reader = "resources.masterplan"
title = "Masterplan (CONTOH)"
owner = "Bappeda"
path = "{path}"
stale_after = "5m"
simulated = true
"""
KEYS = {"SECRET_KEY": secrets.token_hex(32), "CALLER_HASH_KEY": secrets.token_hex(32)}


def run() -> Iterator[str]:
    """For each database the import, the import again, and every section of the page."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        workbook = folder / "masterplan.xlsx"
        write_workbook(
            workbook, Example("bench", clock.wib(clock.now()).date(), PROGRAMMES, INDICATORS_EACH), slips=False
        )
        (folder / "sources.toml").write_text(SOURCE.format(path=workbook), encoding="utf-8")
        for url in filter(None, (f"sqlite:///{folder / 'store.db'}", stack.enter_context(postgres_schema()))):
            yield from _measured(url, folder, workbook)


def _measured(url: str, folder: Path, workbook: Path) -> Iterator[str]:
    engine = open_database(url)
    metadata.create_all(engine)
    (source,) = registry.load(folder / "sources.toml", KEYS)
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    first, own, rows = _imported(engine, source)
    yield (f"{engine.dialect.name}: import of {rows:,} rows {first:.1f} s, own processor {own:.1f} s "
           f"(promise <= {IMPORT_S} s)")  # fmt: skip
    _touched(workbook)
    again, own, _ = _imported(engine, source)
    with reading(engine) as connection:
        changed = connection.execute(select(func.count()).select_from(row_revisions)).scalar()
    yield f"{engine.dialect.name}: the same again {again:.1f} s, own processor {own:.1f} s; rows changed: {changed}"
    yield from _pages(url, folder, engine.dialect.name)
    engine.dispose()


def _imported(engine: Engine, source: ConfiguredSource) -> tuple[float, float, int]:
    """Seconds on the clock and of our own processor, and rows kept."""
    began, worked = time.perf_counter(), time.process_time()
    outcome = run_once(engine, source)
    assert not outcome.error, outcome.error
    return time.perf_counter() - began, time.process_time() - worked, outcome.rows


def _touched(workbook: Path) -> None:
    """Other bytes that say the same: a note on a sheet that nobody reads."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    book.create_sheet("Catatan")["A1"] = "dibuka lagi"
    book.save(workbook)


def _pages(url: str, folder: Path, name: str) -> Iterator[str]:
    environment = {**KEYS, "DATABASE_URL": url, "VAR": str(folder), "SOURCES": str(folder / "sources.toml")}
    os.environ.update(environment)
    try:
        client = build(load()).server.test_client()
        # Its watcher outlives the schema that is dropped below it, and would say so.
        logging.getLogger("layouts.board").setLevel(logging.CRITICAL)
        for section in SECTIONS:
            figures = _timed(lambda: _opened(client, section.name, [name for name, _ in section.questions]))  # noqa: B023
            yield f"{name}: page, section {section.name}: {figures} (promise <= {PAGE_MS} ms)"
    finally:
        for key in environment:
            os.environ.pop(key, None)


def _timed(ask: Callable[[], Any]) -> str:
    """The first time, when nothing is remembered, and the times after it; all questions one after the other."""
    wall, own = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        wall.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - worked) * 1000)
    return (f"first {wall[0]:.0f} ms (own processor {own[0]:.0f}), "
            f"then {statistics.median(wall[1:]):.0f} ms ({statistics.median(own[1:]):.0f})")  # fmt: skip


def _opened(client: FlaskClient, section: str, questions: list[str]) -> None:
    """The layout of the page with its live panels, and every question of the section."""
    today = date.today()  # noqa: DTZ011
    filters = f"{today.replace(month=1, day=1)}~{today}~"
    outputs: list[tuple[Any, str]] = [("_pages_content", "children"), ("_pages_store", "data")]
    inputs = [("_pages_location", "pathname", "/masterplan"), ("_pages_location", "search", f"?bagian={section}")]
    assert send(client, outputs, inputs).status_code == 200
    for question in questions:
        body = {"type": "answer", "question": question}
        places = [
            ({"type": kind, "question": question}, "children") for kind in ("answer", "answer-foot", "answer-links")
        ]
        sent = send(client, places, [("filters", "data", filters), (body, "id", body)], ("question",))
        assert sent.status_code == 200


if __name__ == "__main__":
    for line in run():
        print(line, flush=True)
