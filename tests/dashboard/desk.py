"""A desk: sources, their files and a store of its own, where commands of manage.py are typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

import manage
from dashboard import clock
from dashboard.store.database import metadata, open_database
from tests.keys import KEYS

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
"""Selasa, 24 November 2026 08.00 WIB."""
NUMBER, NAME = "081234567890", "Siti Aminah"
SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "{folder}/queue_log"
stale_after = "1m"

[sources.kasus]
reader = "calls112.case_list"
title = "Daftar kasus"
owner = "Diskominfo"
path = "{folder}/kasus.csv"
stale_after = "1h"
simulated = true
columns = {{ id = "id", received = "tanggal" }}

[sources.sensor]
reader = "sensors.mqtt"
title = "Sensor"
owner = "DLH"
host = "127.0.0.1"
port = 1
subscribe = ["uji/#"]
stale_after = "1m"
"""


@dataclass
class Desk:
    """A folder with sources.toml, the files of its sources and a store; `run` types a command."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str, **environment: str) -> Result:
        return CliRunner(env={**self.environment, **environment}).invoke(manage.cli, words, prog_name="manage.py")

    def calls(self, *, name: str = "queue_log", bad: int = 0, days_ago: int = 0) -> Path:
        """Two answered calls of this morning or an earlier one, and lines that cannot be."""
        start = int(NOW.timestamp()) - 600 - days_ago * 86_400
        lines = [line for number in (1, 2) for line in answered_call(start + number, number)]
        path = self.folder / name
        path.write_text("\n".join(lines + [f"rusak {NUMBER} baris {n}" for n in range(bad)]) + "\n", encoding="ascii")
        return path

    def cases(self, *rows: str, headings: str = "id;tanggal;pelapor;telepon") -> Path:
        path = self.folder / "kasus.csv"
        path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
        return path

    def engine(self) -> Engine:
        return open_database(self.environment["DATABASE_URL"])


@pytest.fixture
def desk(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    levels = {name: logging.getLogger(name).level for name in ("httpx", "alembic", "stamina")}
    (tmp_path / "sources.toml").write_text(SOURCES.format(folder=tmp_path), encoding="utf-8")
    made = Desk(tmp_path, {
        "VAR": str(tmp_path / "var"), "SOURCES": str(tmp_path / "sources.toml"), "DATABASE_URL": sqlite_url,
        **KEYS, "CONNECTIVITY_CHECK": "", "LOG_LEVEL": "",
    })  # fmt: skip
    engine = made.engine()
    metadata.create_all(engine)
    engine.dispose()
    yield made
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def only_sentence(result: Result, exit_code: int) -> str:
    """The one line on stderr; nothing else may have been printed."""
    assert isinstance(result.exception, SystemExit), result.output
    assert (result.exit_code, result.stdout) == (exit_code, "")
    (sentence,) = result.stderr.splitlines()
    assert not any(english in sentence for english in ("Error", "Usage", "Invalid", "Traceback"))
    return sentence


def answered_call(entered: int, number: int) -> list[str]:
    """The three lines of a call that was answered after four seconds."""
    key = f"{entered}.{number}|112"
    return [
        f"{entered}|{key}|NONE|ENTERQUEUE||{NUMBER}|1",
        f"{entered + 4}|{key}|PJSIP/1001|CONNECT|4|1.1|3",
        f"{entered + 34}|{key}|PJSIP/1001|COMPLETECALLER|4|30|1",
    ]
