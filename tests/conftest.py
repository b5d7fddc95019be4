"""Databases, sources and clocks for every test."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from dashboard.store.database import metadata, open_database
from dashboard.store.tables import TABLES

assert TABLES
POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


def missing_service(name: str) -> None:
    """Skip on a machine that lacks a service; on CI its absence is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is required on CI and does not answer")
    pytest.skip(f"{name} does not answer on this machine")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A schema of its own in the test database, empty, dropped afterwards."""
    with postgres_schema() as url:
        yield url


@contextmanager
def postgres_schema() -> Iterator[str]:
    schema = f"t_{uuid.uuid4().hex[:12]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        missing_service("PostgreSQL")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database without a table: each test of the store runs on both kinds."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of an empty store as a file to copy: making them for each test cost more than most tests."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    made = open_database(f"sqlite:///{file}")
    metadata.create_all(made)
    made.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_store() -> Iterator[str]:
    """The tables of a store, made once; each test empties those that the test before has filled."""
    with postgres_schema() as url:
        made = open_database(url)
        metadata.create_all(made)
        made.dispose()
        yield url


@pytest.fixture
def sqlite_store_url(sqlite_store: Path, sqlite_url: str) -> str:
    shutil.copy(sqlite_store, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def postgres_store_url(postgres_store: str) -> str:
    admin = create_engine(postgres_store, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(EMPTY)
    admin.dispose()
    return postgres_store


EMPTY = """DO $$
DECLARE name text; filled boolean;
BEGIN
  SET LOCAL lock_timeout = '10s';
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || quote_ident(name) || ')' INTO filled;
    CONTINUE WHEN NOT filled;
    EXECUTE 'ALTER TABLE ' || quote_ident(name) || ' DISABLE TRIGGER USER';
    EXECUTE 'TRUNCATE ' || quote_ident(name) || ' CASCADE';
    EXECUTE 'ALTER TABLE ' || quote_ident(name) || ' ENABLE TRIGGER USER';
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() LOOP
    EXECUTE 'ALTER SEQUENCE ' || quote_ident(name) || ' RESTART';
  END LOOP;
END $$"""
"""Empties the tables that hold rows, the append-only ones too; all counters begin again."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """An empty store on each kind of database."""
    return str(request.getfixturevalue(f"{request.param}_store_url"))


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """An empty store."""
    made = open_database(store_url)
    yield made
    made.dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Why a journey had to be asked twice: a second success is no reason to forget the first failure."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext[-2000:])
