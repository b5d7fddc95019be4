"""Alerts to a mail server and a gateway that refuse, hang and answer twice: receipts, no loss, no doubles."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import time_machine
from sqlalchemy import Engine

from dashboard.alerts.channel import EVERYBODY, Channel, NotHandedOver, Post
from dashboard.alerts.channels import load
from dashboard.alerts.sending import send_due
from dashboard.exploring.filters import last_days
from dashboard.exploring.questions import QUESTIONS
from dashboard.ingestion.run import answered
from dashboard.store import ingestion_log
from dashboard.store.alert_messages import Message, newest_messages, put
from dashboard.store.database import reading, writing
from dashboard.worker import Worker
from datasources import registry
from tests.builders import NOW
from tests.dashboard.moody_servers import Gateway, MailBox
from tests.dashboard.test_scoreboard import SAMPAH

MINUTE = timedelta(minutes=1)
MESSAGES = 4


def delivered(engine: Engine, folder: Path, address: str) -> list[Message]:
    """Four messages into the outbox, and twenty minutes of a postman."""
    (folder / "channels.toml").write_text(f'[channels.a]\naddress = "{address}"\ntimeout_s = 1\n', encoding="utf-8")
    channels = load(folder / "channels.toml", {})
    with writing(engine) as connection:
        for n in range(MESSAGES):
            put(connection, Message(f"{n}" * 32, "petugas", "BPBD", "a", f"Air naik {n}", "isi", 2, NOW))
    for minute in range(20):
        with time_machine.travel(NOW + minute * MINUTE, tick=False):
            send_due(engine, channels, NOW + minute * MINUTE)
    with reading(engine) as connection:
        return sorted(newest_messages(connection), key=lambda m: m.key)


@pytest.mark.parametrize("moods", [["take"], ["refuse", "refuse", "take"], ["hang", "break", "refuse", "take"]],
                         ids=["takes", "refuses", "hangs and breaks"])  # fmt: skip
def test_a_gateway_gets_each_message_once_and_its_number_is_the_receipt(
    engine: Engine, tmp_path: Path, moods: list[str]
) -> None:
    gateway = Gateway(moods)
    with gateway.listening() as address:
        kept = delivered(engine, tmp_path, address)
    assert [m.state for m in kept] == ["diterima saluran"] * MESSAGES
    assert sorted(gateway.taken.values()) == [f"Air naik {n}" for n in range(MESSAGES)]
    assert [m.receipt for m in kept] == [f"G-{list(gateway.taken).index(m.key) + 1}" for m in kept]
    assert set(gateway.seen) == {m.key for m in kept}


@pytest.mark.parametrize("moods", [["take"], ["refuse", "take"], ["hang", "break", "refuse", "take"]],
                         ids=["takes", "refuses", "hangs and breaks"])  # fmt: skip
def test_a_mail_server_gets_each_message_under_one_id_and_its_answer_is_the_receipt(
    engine: Engine, tmp_path: Path, moods: list[str]
) -> None:
    box = MailBox(moods)
    with box.listening() as address:
        kept = delivered(engine, tmp_path, address)
    assert [m.state for m in kept] == ["diterima saluran"] * MESSAGES
    assert sorted(box.boxes.values()) == [f"Air naik {n}" for n in range(MESSAGES)]
    assert all(m.receipt.startswith("250 antre sebagai M") for m in kept)
    assert set(box.seen) == {m.key for m in kept}


def test_a_gateway_that_knows_the_key_already_has_the_message(engine: Engine, tmp_path: Path) -> None:
    class Conflict(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(409)
            self.send_header("X-Receipt", "G-77 lama")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Conflict)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    kept = delivered(engine, tmp_path, f"hook://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    assert {(m.state, m.receipt) for m in kept} == {("diterima saluran", "G-77 lama")}


def test_a_channel_without_receipts_is_said_to_be_unconfirmed(engine: Engine) -> None:
    with writing(engine) as connection:
        put(connection, Message("k" * 32, "petugas", "BPBD", "a", "Air naik", "isi", 2, NOW))
    channel = Channel("a", (EVERYBODY,), (EVERYBODY,), lambda subject, body, key: "")
    with time_machine.travel(NOW, tick=False):
        send_due(engine, [channel], NOW)
    with reading(engine) as connection:
        (row,) = QUESTIONS["alerts.messages"].ask(connection, last_days(7, NOW.date()), NOW + MINUTE).rows
    assert (row["state"], row["receipt"]) == ("diterima saluran", "belum dikonfirmasi")


def test_a_channel_that_fails_becomes_an_alert_that_another_channel_tells(engine: Engine, tmp_path: Path) -> None:
    took: list[str] = []
    (tmp_path / "sources.toml").write_text(SAMPAH.format(folder=tmp_path), encoding="utf-8")
    sources = registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": "c" * 40})

    def broken(subject: str, body: str, key: str) -> str:
        raise NotHandedOver("saluran menolak (503)")

    def works(subject: str, body: str, key: str) -> str:
        took.append(subject)
        return ""

    channels = (Channel("rusak", ("petugas",), ("BPBD",), broken),
                Channel("baik", (EVERYBODY,), ("Diskominfo",), works))  # fmt: skip
    with writing(engine) as connection:
        put(connection, Message("k" * 32, "petugas", "BPBD", "rusak", "Air naik", "isi", 2, NOW))
        ingestion_log.register(connection, [s.id for s in sources])
    worker = Worker(engine, sources, post=Post(channels, "https://pusat"))
    for minute in (0, 6, 7):
        with time_machine.travel(NOW + minute * MINUTE, tick=False):
            answered(engine, sources[0])
            send_due(engine, channels, NOW + minute * MINUTE)
            worker.measure_changed(NOW + minute * MINUTE)
            send_due(engine, channels, NOW + minute * MINUTE)
    (told,) = took
    assert "Pesan tidak terkirim: 1 pesan, ada yang tidak terkirim" in told


@pytest.mark.parametrize(
    "address",
    [
        "smtps://u:s@surel.contoh.id:465?dari=pusat@contoh.id&kepada=piket@contoh.id",
        "hooks://gerbang.contoh.id/wa?token=x",
        "tgram://123456789:abcdefghijklmnopqrstuvwxyz123456789/12345",
        "whatsapp://token@6281234567890/6281234567891",
        "mailtos://u:s@contoh.id?to=piket@contoh.id",
        "ntfys://ntfy.contoh.id/pusat",
        "jsons://gerbang.contoh.id/pesan",
    ],
)
def test_these_ways_are_known(tmp_path: Path, address: str) -> None:
    (tmp_path / "channels.toml").write_text(f'[channels.a]\naddress = "{address}"\n', encoding="utf-8")
    assert [channel.id for channel in load(tmp_path / "channels.toml", {})] == ["a"]
