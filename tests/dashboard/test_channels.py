"""channels.toml, the services behind it, and the heart that beats outwards."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine

from dashboard.alerts.apprise_channel import IDEMPOTENCY
from dashboard.alerts.channel import NotHandedOver
from dashboard.alerts.channels import load
from dashboard.alerts.heartbeat import Heartbeat
from dashboard.alerts.sending import send_due
from dashboard.indicators.catalogue.alerts import undelivered
from dashboard.store.alert_messages import Message, newest_messages, put
from dashboard.store.database import reading, writing
from datasources.toml_file import Misconfigured
from tests.builders import NOW


@dataclass
class Receiver:
    """A webhook on loopback that answers with these statuses in turn, the last one for ever, after a pause."""

    statuses: list[int]
    pause_s: float = 0
    got: list[tuple[str, str]] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator[str]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.got.append((self.headers.get(IDEMPOTENCY, ""), body["title"]))
                time.sleep(receiver.pause_s)
                status = receiver.statuses.pop(0) if len(receiver.statuses) > 1 else receiver.statuses[0]
                self.send_response(status)
                self.end_headers()

            do_GET = do_POST

            def log_message(self, format: str, *args: object) -> None:
                """Nothing to say."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"json://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def written(folder: Path, text: str) -> Path:
    file = folder / "channels.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_channel_serves_whom_it_is_for(tmp_path: Path) -> None:
    file = written(tmp_path, '[channels.bpbd]\naddress = "${GATE}"\nto = ["petugas"]\nowners = ["BPBD"]\n')
    (channel,) = load(file, {"GATE": "json://127.0.0.1:9/"})
    assert (channel.id, channel.serves("petugas", "BPBD")) == ("bpbd", True)
    assert not channel.serves("petugas", "DLH")
    assert not channel.serves("bupati", "BPBD")
    assert load(None, {}) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "isi hanya tabel [channels.<id>], sedikitnya satu"),
        ('[channels.A]\naddress = "json://x"', "id 'A' harus huruf kecil"),
        ('[channels.a]\naddress = "${TIDAK_ADA}"', "kunci address memakai ${TIDAK_ADA}, tetapi setelan"),
        ('[channels.a]\nto = ["petugas"]', "kunci address belum ada"),
        ('[channels.a]\naddress = "wa://rahasia"', "alamat saluran tidak dikenal; contohnya smtp://"),
        ('[channels.a]\naddress = "json://x"\nuntuk = "petugas"', "kunci untuk tidak dikenal"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_sentence_and_no_secret(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        load(written(tmp_path, text), {})
    assert sentence in str(refused.value)
    assert "channels.toml" in str(refused.value)
    assert "rahasia" not in str(refused.value).replace("(rahasia)", "")


def test_a_webhook_gets_the_message_with_its_key(tmp_path: Path) -> None:
    receiver = Receiver([200])
    with receiver.listening() as address:
        (channel,) = load(written(tmp_path, f'[channels.a]\naddress = "{address}"\n'), {})
        channel.hand_over("[KRITIS] Air naik", "isi", "k" * 32)
    assert receiver.got == [("k" * 32, "[KRITIS] Air naik")]


@pytest.mark.parametrize(
    ("receiver", "sentence"),
    [(Receiver([503]), "saluran menolak (503)"), (Receiver([200], pause_s=1.5), "saluran tidak menjawab atau menolak")],
    ids=["refuses", "hangs"],
)
def test_a_service_that_refuses_or_hangs_is_said(tmp_path: Path, receiver: Receiver, sentence: str) -> None:
    with receiver.listening() as address:
        (channel,) = load(written(tmp_path, f'[channels.a]\naddress = "{address}"\ntimeout_s = 1\n'), {})
        with pytest.raises(NotHandedOver) as refused:
            channel.hand_over("Air naik", "isi", "k" * 32)
    assert str(refused.value) == sentence


def test_a_service_that_took_it_and_then_failed_sees_the_same_key_twice(engine: Engine, tmp_path: Path) -> None:
    receiver = Receiver([500, 200])
    message = Message("k" * 32, "petugas", "BPBD", "a", "Air naik", "isi", 2, NOW)
    with receiver.listening() as address, writing(engine) as connection:
        channels = load(written(tmp_path, f'[channels.a]\naddress = "{address}"\n'), {})
        put(connection, message)
        connection.commit()
        for seconds in (0, 10, 20):
            with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
                send_due(engine, channels, NOW + timedelta(seconds=seconds))
    assert receiver.got == [("k" * 32, "Air naik")] * 2
    with reading(engine) as connection:
        (kept,) = newest_messages(connection)
    assert (kept.state, kept.attempts) == ("diterima saluran", 2)


def test_a_channel_that_fails_is_an_indicator_that_raises_an_alert(engine: Engine) -> None:
    with writing(engine) as connection:
        put(connection, Message("k" * 32, "petugas", "BPBD", "gone", "Air naik", "isi", 2, NOW))
    with time_machine.travel(NOW, tick=False):
        send_due(engine, [], NOW)
    with reading(engine) as connection:
        assert undelivered(connection, NOW + timedelta(minutes=4)).value == 0
        found = undelivered(connection, NOW + timedelta(minutes=5))
    assert (found.value, found.band) == (Decimal(1), "Ada yang tidak terkirim")
    assert found.detail["rows"][0]["value"] == "saluran gone tidak ada lagi"


def test_the_heart_beats_once_a_minute_and_its_failure_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    receiver = Receiver([503, 503, 200])
    with receiver.listening() as address:
        heart = Heartbeat(address.replace("json", "http"))
        beats = [heart.beat(NOW + timedelta(seconds=s)) for s in (0, 30)]
    assert beats == [False, False]
    assert not Heartbeat("").beat(NOW)
    dead = Heartbeat("http://127.0.0.1:9/")
    assert [dead.beat(NOW + timedelta(minutes=n)) for n in range(3)] == [False] * 3
    assert caplog.text.count("does not answer") == 2
