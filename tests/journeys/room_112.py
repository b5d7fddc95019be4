"""A whole system in one process, fed with 112 data in which names, numbers and texts were planted."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from unittest.mock import patch

from dash import Dash
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access import passwords
from dashboard.alerts.push_key import new_private
from dashboard.briefings.compose import Order
from dashboard.briefings.rounds import Rounds
from dashboard.clock import week_start, wib
from dashboard.ingestion.duplicates import DuplicateSearch
from dashboard.ingestion.reconcile import reconcile_now
from dashboard.ingestion.run import run_once
from dashboard.store import ingestion_log, people
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.recount import recount_all
from dashboard.worker import Worker
from datasources import registry
from layouts import application, hooks
from layouts.board import Board
from layouts.briefing.office import office
from tests.forms import posted
from tests.keys import KEYS

PASSWORD = "kopi senja di trawas 17"
NOW = datetime(2026, 11, 27, 5, tzinfo=UTC)
NAME, OFFICER, NUMBER, ADDRESS = "Sulastri Handayani", "Bambang Wicaksono", "081298765432", "Gang Melati 7"
TEXT = "tetangga berteriak minta tolong sejak maghrib"
RARE = "RUMAH PAK SUWITO KEMALINGAN"
"""A category that somebody typed as a sentence: the desk must see it to map it, nobody else."""
PERSONAL = (NAME, "Sulastri", OFFICER, "Bambang", NUMBER, NUMBER[1:], ADDRESS, TEXT, "maghrib")
SECRET = "rahasia-bersama-yang-cukup-panjang-112"
SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "{folder}/queue_log"
stale_after = "5m"

[sources.kasus]
reader = "calls112.case_list"
title = "Daftar kasus"
owner = "Diskominfo"
path = "{folder}/kasus.csv"
stale_after = "5m"
columns = {{ id = "No", received = "Masuk", arrived = "Tiba", closed = "Selesai", category = "Kategori", \
kecamatan = "Kecamatan", opd = "OPD", class = "Kelas", caller = "Telepon" }}

[sources.kiriman]
reader = "calls112.webhook"
title = "Kiriman tiket"
owner = "Diskominfo"
stale_after = "1d"
secret = "{secret}"
event_time = "pada"
columns = {{ id = "tiket.nomor", received = "tiket.masuk", category = "tiket.kategori", caller = "tiket.telepon" }}
"""
HEADINGS = "No;Masuk;Tiba;Selesai;Kategori;Kecamatan;OPD;Kelas;Telepon;Nama Pelapor;Alamat;Keterangan;Petugas"


@dataclass
class Room:
    """The store, and the ways to look at it."""

    engine: Engine
    sources: list[registry.ConfiguredSource]
    values: settings.Settings

    @cached_property
    def app(self) -> Dash:
        """The web application on this store; nothing in it watches for changes, for there are no more."""
        with patch.object(application, "open_database", lambda _: self.engine), patch.object(Board, "_watch"):
            return application.build(self.values)

    @property
    def server(self) -> Flask:
        """Its server."""
        return self.app.server

    def client(self, name: str = "") -> FlaskClient:
        """A browser; signed in as somebody, or as nobody."""
        made = self.server.test_client()
        if name:
            assert posted(made, "/masuk", nama=name, sandi=PASSWORD).status_code == 303
        return made

    def paper(self) -> bytes:
        """The weekly briefing of this moment."""
        press, post = office(self.values, self.sources)
        week = week_start(NOW)
        Rounds(self.engine, tuple(self.sources), press, post, patience=timedelta(0)).compute(week)
        with reading(self.engine) as connection:
            edition = press.compose(connection, Order(week, NOW))
        return press.render(edition)


def opened(folder: Path, database_url: str, more: str = "") -> Room:
    """Everything that happens between a source and the store, once, at NOW; `more` tables of sources.toml."""
    _write_sources(folder, more)
    values = settings.load({**KEYS, "VAR": str(folder), "SOURCES": str(folder / "sources.toml"),
                            "WALL_PAIRING": "terbuka",
                            "VAPID_KEY": new_private(), "VAPID_CONTACT": "mailto:pusat@contoh.id",
                            "DATABASE_URL": database_url})  # fmt: skip
    engine = open_database(database_url)
    metadata.create_all(engine)
    sources = list(registry.load(folder / "sources.toml", dict(KEYS)))
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in sources])
        _people(connection)
    for source in sources:
        if source.id != "kiriman":
            run_once(engine, source)
    receiver = Flask("penerima")
    hooks.register(receiver, engine, sources)
    _send_events(receiver.test_client())
    DuplicateSearch().run(engine, NOW)
    recount_all(engine)
    for source in sources:
        reconcile_now(engine, source.id, NOW)
    Worker(engine, sources).measure_changed(NOW)
    return Room(engine, sources, values)


def _people(connection: object) -> None:
    hashed = passwords.hashed(PASSWORD)
    for name, role, opd in (
        ("sari", "supervisor_112", None), ("budi", "bupati", None), ("ani", "analis", None),
        ("eko", "koordinator", None),
        ("dewi", "kepala_opd", "Damkar"), ("joko", "kepala_opd", "Dinkes"),
    ):  # fmt: skip
        people.add_person(connection, name, name.title(), role, opd, hashed, NOW)  # type: ignore[arg-type]


def _write_sources(folder: Path, more: str) -> None:
    tables = f"{SOURCES}{more}".format(folder=folder, secret=SECRET)
    (folder / "sources.toml").write_text(tables, encoding="utf-8")
    (folder / "queue_log").write_text("".join(_calls()), encoding="utf-8")
    (folder / "kasus.csv").write_text("\n".join([HEADINGS, *_cases()]), encoding="utf-8")


def _calls() -> list[str]:
    lines = []
    for number in range(40):
        entered, key = int((NOW - timedelta(minutes=30 * number + 7)).timestamp()), f"{number}.1"
        lines.append(f"{entered}|{key}|112|NONE|ENTERQUEUE|{NAME}|{NUMBER}|1\n")
        if number % 5:
            lines.append(f"{entered + 4}|{key}|112|PJSIP/1001|CONNECT|4|{key}|3\n")
            lines.append(f"{entered + 60}|{key}|112|PJSIP/1001|COMPLETECALLER|4|56|1\n")
        else:
            lines.append(f"{entered + 20}|{key}|112|NONE|ABANDON|1|1|20\n")
    return [*reversed(lines), f"rusak|{NUMBER}|112|{NAME}|ENTERQUEUE|{TEXT}\n"]


def _cases() -> list[str]:
    rows = []
    for number in range(30):
        received = wib(NOW - timedelta(hours=5 * number + 1))
        moments = ";".join((received + timedelta(minutes=m)).strftime("%d/%m/%Y %H:%M") for m in (0, 11, 50))
        category, opd = ("Kebakaran", "Damkar") if number % 2 else ("KDRT", "Dinkes")
        rest = f"normal;{NUMBER};{NAME};{ADDRESS};{TEXT};{OFFICER}"
        rows.append(f"T-{number};{moments};{category};Pacet;{opd};{rest}")
    odd = f"{wib(NOW - timedelta(hours=2)):%d/%m/%Y %H:%M}"
    rows.append(f"T-98;{odd};;;{RARE};Trowulan;Polres;normal;{NUMBER};{NAME};{ADDRESS};{TEXT};{OFFICER}")
    rows.append(f"T-99;{NUMBER};{NAME};{TEXT};{ADDRESS};{OFFICER};{NAME};{TEXT};{NUMBER};{NAME};{ADDRESS};{TEXT};x")
    return rows


def _send_events(client: FlaskClient) -> None:
    """One good event, one that is no ticket, one that is not signed: all of them full of what is nobody's business."""
    extra = {"nama": NAME, "telepon": NUMBER, "keterangan": TEXT, "alamat": ADDRESS}
    at = f"{wib(NOW - timedelta(hours=3)):%Y-%m-%d %H:%M}"
    good = {"pada": at, "tiket": {"nomor": "W-1", "masuk": at, "kategori": "Kebakaran", **extra}}
    bad = {"pada": NUMBER, "tiket": {"nomor": NAME, "masuk": TEXT, **extra}}
    for event, signed in ((good, True), (bad, True), (good, False)):
        body = json.dumps(event).encode()
        stamp = str(int(NOW.timestamp()))
        signature = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Timestamp": stamp, "X-Signature": f"sha256={signature if signed else '0' * 64}"}
        client.post("/hooks/kiriman", data=body, headers={**headers, "Idempotency-Key": stamp + str(signed)})
