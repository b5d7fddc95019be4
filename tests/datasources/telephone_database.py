"""A telephone system's database as it stands at a centre, on each kind of server: tables of Asterisk and of Issabel."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from datasources.contract import Record, Refused
from tests.conftest import POSTGRES, missing_service
from tests.vendor_table import MARIADB

KEY = "k" * 32
CDR = """CREATE TABLE cdr (calldate {moment}, clid VARCHAR(80), src VARCHAR(80), dst VARCHAR(80), dcontext VARCHAR(80),
    channel VARCHAR(80), dstchannel VARCHAR(80), lastapp VARCHAR(80), lastdata VARCHAR(80), duration INTEGER,
    billsec INTEGER, disposition VARCHAR(45), amaflags INTEGER, accountcode VARCHAR(20), uniqueid VARCHAR(64),
    userfield VARCHAR(255), did VARCHAR(50), recordingfile VARCHAR(255), cnum VARCHAR(80), cnam VARCHAR(80),
    {linkedid} sequence INTEGER)"""
CALL_CENTER = (
    "CREATE TABLE agent (id INTEGER PRIMARY KEY, number VARCHAR(40), name VARCHAR(250), password VARCHAR(250))",
    "CREATE TABLE {break} (id INTEGER PRIMARY KEY, name VARCHAR(250), tipo VARCHAR(1))",
    """CREATE TABLE audit (id INTEGER PRIMARY KEY, id_agent INTEGER, id_break INTEGER, datetime_init {moment},
    datetime_end {moment}, duration {clock}, ext_parked VARCHAR(10))""",
    "CREATE TABLE queue_call_entry (id INTEGER PRIMARY KEY, queue VARCHAR(50))",
    """CREATE TABLE call_entry (id INTEGER PRIMARY KEY, id_agent INTEGER, id_queue_call_entry INTEGER,
    id_contact INTEGER, callerid VARCHAR(15), datetime_init {moment}, datetime_end {moment}, duration INTEGER,
    status VARCHAR(32), transfer VARCHAR(6), datetime_entry_queue {moment}, duration_wait INTEGER,
    uniqueid VARCHAR(32), id_campaign INTEGER)""",
    """CREATE TABLE form_field (id INTEGER PRIMARY KEY, id_form INTEGER, etiqueta VARCHAR(40), value VARCHAR(250),
    tipo VARCHAR(25))""",
    """CREATE TABLE form_data_recolected_entry (id INTEGER PRIMARY KEY, id_call_entry INTEGER, id_form_field INTEGER,
    value VARCHAR(250))""",
)


@dataclass
class TelephoneDatabase:
    """A database of its own, gone after the test."""

    url: str
    engine: Engine
    schema: str = ""

    def run(self, statement: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def add(self, table: str, **cells: Any) -> None:
        name = self.engine.dialect.identifier_preparer.quote_identifier(table)
        names, marks = ", ".join(cells), ", ".join(f":{cell}" for cell in cells)
        self.run(f"INSERT INTO {name} ({names}) VALUES ({marks})", **cells)

    def make_cdr(self, linkedid: bool = True, moment: str = "") -> None:
        self.run(CDR.format(moment=moment or self._moment, linkedid="linkedid VARCHAR(64)," * linkedid))

    def make_call_center(self) -> None:
        clock = "TEXT" if self.engine.dialect.name == "sqlite" else "TIME"
        reserved = self.engine.dialect.identifier_preparer.quote_identifier("break")
        for statement in CALL_CENTER:
            self.run(statement.format(**{"moment": self._moment, "clock": clock, "break": reserved}))
        self.add("agent", id=3, number="8001", name="Wulandari", password="rahasia")
        self.add("break", id=1, name="Hold", tipo="H")
        self.add("break", id=2, name="Istirahat", tipo="B")
        self.add("queue_call_entry", id=1, queue="112")
        self.add("queue_call_entry", id=2, queue="900")

    @property
    def _moment(self) -> str:
        return {"sqlite": "TEXT", "postgresql": "TIMESTAMP"}.get(self.engine.dialect.name, "DATETIME")


@contextmanager
def telephone_database(kind: str, folder: Path) -> Iterator[TelephoneDatabase]:
    """An empty one on "sqlite", "mariadb" or "postgres"."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    if kind == "sqlite":
        engine = create_engine(f"sqlite:///{folder / name}.db")
        yield TelephoneDatabase(f"sqlite:///{folder / name}.db", engine)
        engine.dispose()
        return
    word, server = ("DATABASE", MARIADB) if kind == "mariadb" else ("SCHEMA", POSTGRES)
    admin = create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE {word} {name}"))
    except OperationalError:
        missing_service(kind)
    inside = f"{server}?options=-csearch_path%3D{name}"
    if kind == "mariadb":
        # Zero dates are refused by a strict server; those of telephone systems are not.
        inside = make_url(server).set(database=name).render_as_string(hide_password=False)
    engine = create_engine(inside, connect_args={"init_command": "SET sql_mode=''"} if kind == "mariadb" else {})
    yield TelephoneDatabase(inside, engine, f"{name}." * (kind == "postgres"))
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP {word} {name}{' CASCADE' * (kind == 'postgres')}"))
    admin.dispose()


@dataclass
class Reading:
    """Fetches as the runner does, with the cursor kept as JSON."""

    reader: Any
    cursor: dict[str, Any] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    batches: int = 0

    def fetch(self, stop_after: int = 1000) -> list[Record]:
        found: list[Record] = []
        for number, batch in enumerate(self.reader.fetch(self.cursor), start=1):
            found.extend(batch.records)
            self.refused.extend(batch.refused)
            self.cursor = json.loads(json.dumps(batch.cursor))
            self.batches += 1
            if number == stop_after:
                break
        return found


def leg(**cells: Any) -> Mapping[str, Any]:
    """A row of cdr: a caller in queue 112 for thirty seconds, with everything that names him."""
    given = {
        "calldate": "2026-11-23 09:15:00", "clid": '"Siti Aminah" <081234567890>', "src": "081234567890", "dst": "112",
        "dcontext": "ext-queues", "channel": "PJSIP/telkom-0001", "dstchannel": "Local/2001@from-queue-0001",
        "lastapp": "Queue", "lastdata": "112,t,,", "duration": 30, "billsec": 30, "disposition": "ANSWERED",
        "amaflags": 3, "accountcode": "", "uniqueid": "1795400100.1", "userfield": "Siti Aminah", "did": "112",
        "recordingfile": "in-112-081234567890.wav", "cnum": "081234567890", "cnam": "Siti Aminah",
        "linkedid": "1795400100.1", "sequence": 1,
    }  # fmt: skip
    return {**given, **cells}


def entry(**cells: Any) -> Mapping[str, Any]:
    """A row of call_entry: answered after six seconds by agent 3, ninety seconds of talk."""
    given = {
        "id": 1, "id_agent": 3, "id_queue_call_entry": 1, "id_contact": 7, "callerid": "081234567890",
        "datetime_init": "2026-11-23 09:15:06", "datetime_end": "2026-11-23 09:16:36", "duration": 90,
        "status": "terminada", "transfer": None, "datetime_entry_queue": "2026-11-23 09:15:00", "duration_wait": 6,
        "uniqueid": "1795400100.1", "id_campaign": None,
    }  # fmt: skip
    return {**given, **cells}


def session(**cells: Any) -> Mapping[str, Any]:
    """A row of audit: agent 3 was logged in for eight hours."""
    given = {
        "id": 1, "id_agent": 3, "id_break": None, "datetime_init": "2026-11-23 07:00:00",
        "datetime_end": "2026-11-23 15:00:00", "duration": "08:00:00", "ext_parked": None,
    }  # fmt: skip
    return {**given, **cells}
