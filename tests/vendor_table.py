"""Somebody else's 112 table, on each kind of database it may stand in."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.conftest import POSTGRES, missing_service

MARIADB = os.environ.get("TEST_MARIADB", "mariadb+pymysql://root@127.0.0.1:3306/test")
CREATE = """CREATE TABLE {table} (id INTEGER PRIMARY KEY, lat_long VARCHAR(200), kec VARCHAR(20),
    kejadian VARCHAR(100), tanggal_terima VARCHAR(60), tanggal_selesai VARCHAR(60), {name} VARCHAR(60))"""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("mariadb", marks=pytest.mark.mariadb),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def vendor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vendor]:
    """The vendor's table on each kind of database, dropped afterwards."""
    url = {"sqlite": f"sqlite:///{tmp_path / 'vendor 112.db'}", "mariadb": MARIADB, "postgres": POSTGRES}[request.param]
    arguments = {} if request.param == "sqlite" else {"connect_timeout": 3}
    engine = create_engine(url, connect_args=arguments)
    made = Vendor(url, engine, f"lokasi_{uuid.uuid4().hex[:8]}")
    try:
        made.run(CREATE.format(table=made.table, name=made.quoted("Nama Pelapor")))
    except OperationalError:
        missing_service(request.param)
    yield made
    made.run(f"DROP TABLE {made.table}")
    engine.dispose()


@dataclass
class Vendor:
    """Somebody else's table."""

    url: str
    engine: Engine
    table: str

    def run(self, statement: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def quoted(self, name: str) -> str:
        return self.engine.dialect.identifier_preparer.quote_identifier(name)

    def add(self, number: int, **cells: str) -> None:
        row = {
            "lat_long": "-", "kec": "-", "kejadian": "KEBAKARAN", "tanggal_terima": "20 November 2026 12:45",
            "tanggal_selesai": "20 November 2026 13:30", **cells,
        }  # fmt: skip
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        name = self.quoted("Nama Pelapor")
        self.run(f"INSERT INTO {self.table} (id, {name}, {names}) VALUES (:id, 'Siti', {marks})", id=number, **row)
