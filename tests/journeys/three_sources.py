"""Sources beside the queue log that a journey can feed and take away: a case table, and a sensor on its own broker."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import paho.mqtt.client as paho

from dashboard.clock import WIB
from datasources.demo.case_table import in_words
from tests.conftest import missing_service
from tests.journeys.conftest import System, free_port, prepared_system

MOSQUITTO = shutil.which("mosquitto", path="/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin")
HOST = "127.0.0.1"
TOPIC = "uji/sungai"
COLUMNS = "id INTEGER PRIMARY KEY, kejadian TEXT, kec TEXT, tanggal_terima TEXT"
CASES = """
[sources.kejadian]
reader = "calls112.vendor_database"
title = "Tabel kejadian 112"
owner = "Diskominfo"
url = "sqlite:///{table}"
every = "1s"
stale_after = "{stale_after}"
simulated = true
columns = {{ id = "id", category = "kejadian", kecamatan = "kec", received = "tanggal_terima" }}
"""
SENSOR = """
[sources.sensor]
reader = "sensors.mqtt"
title = "Sensor sungai"
owner = "BPBD"
host = "{host}"
port = {port}
subscribe = ["{topic}"]
every = "1s"
stale_after = "{stale_after}"
simulated = true
"""


class CaseTable:
    """The table `lokasi` of somebody else's application."""

    def __init__(self, file: Path) -> None:
        self._file, self._away = file, file.with_suffix(".away")
        self._run(f"CREATE TABLE lokasi ({COLUMNS})")

    def add(self, number: int, category: str, ago_s: int = 1200) -> None:
        """An open incident that was received so many seconds ago."""
        received = in_words(int(time.time()) - ago_s)
        self._run("INSERT INTO lokasi VALUES (?, ?, 'Mojosari', ?)", number, category, received)

    def stop(self) -> None:
        self._file.rename(self._away)

    def start(self) -> None:
        self._away.rename(self._file)

    def _run(self, statement: str, *values: object) -> None:
        connection = sqlite3.connect(self._file, timeout=5)
        with connection:
            connection.execute(statement, values)
        connection.close()


class River:
    """A broker, and a post on a river that sends its level every half second."""

    def __init__(self, port: int) -> None:
        self.port, self.level_cm = port, 125
        self._broker: subprocess.Popen[bytes] | None = None
        self._ended = Event()
        make: Any = paho.Client
        self._client = make(paho.CallbackAPIVersion.VERSION2)  # type: ignore[attr-defined]
        self._client.reconnect_delay_set(1, 1)
        self._client.connect_async(HOST, port)
        self._sending = Thread(target=self._send_on, daemon=True)

    def start(self) -> None:
        """Begin, or begin again."""
        if MOSQUITTO is None:
            missing_service("Mosquitto")
        self._broker = subprocess.Popen([str(MOSQUITTO), "-p", str(self.port)], stderr=subprocess.DEVNULL)
        if not self._sending.is_alive():
            self._client.loop_start()
            self._sending.start()

    def stop(self) -> None:
        """End the broker."""
        if self._broker is not None:
            self._broker.terminate()
            self._broker.wait(timeout=10)
            self._broker = None

    def close(self) -> None:
        self._ended.set()
        if self._sending.is_alive():
            self._sending.join(timeout=5)
        self._client.disconnect()
        self._client.loop_stop()
        self.stop()

    def set(self, level_cm: int) -> None:
        """Publish another level at once."""
        self.level_cm = level_cm
        self._send()

    def _send_on(self) -> None:
        while not self._ended.wait(0.5):
            self._send()

    def _send(self) -> None:
        if self._client.is_connected():
            said = {"station": "POS-01", "time": datetime.now(WIB).isoformat(), "river_level": self.level_cm / 100}
            self._client.publish(TOPIC, json.dumps(said), qos=1)


@contextmanager
def three_sources(
    directory: Path, database_url: str, stale_after: str, with_river: bool = True
) -> Iterator[tuple[System, CaseTable, River]]:
    """Web and worker with a queue log, a case table and, unless there is no broker, a sensor, all delivering."""
    cases, river = CaseTable(directory / "kasus.db"), River(free_port())
    toml = CASES.format(table=directory / "kasus.db", stale_after=stale_after)
    if with_river:
        river.start()
        toml += SENSOR.format(host=HOST, port=river.port, topic=TOPIC, stale_after=stale_after)
    system = prepared_system(directory, database_url, stale_after, toml)
    try:
        yield system, cases, river
    finally:
        for name in list(system.processes):
            system.stop(name)
        river.close()
