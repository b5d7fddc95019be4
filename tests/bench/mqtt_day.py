"""A day of 200 sensors over MQTT, one reading a minute, compressed: a broker killed twice, and faults of every kind."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from threading import Event
from typing import Any
from unittest.mock import patch

import paho.mqtt.client as paho
from sqlalchemy import Engine, select

from dashboard.ingestion import schedule
from dashboard.store import ingestion_log
from dashboard.store.database import metadata, open_database, reading, writing
from dashboard.store.observations import observations
from datasources.registry import ConfiguredSource, load
from datasources.sensors import mqtt

MOSQUITTO = which("mosquitto") or next((p for p in ("/usr/sbin/mosquitto",) if Path(p).exists()), None)
START = datetime(2026, 11, 20, 17, tzinfo=UTC)
FAULT_EVERY = 100
"""One message in a hundred is wrong."""
SOURCE = "sensor_hari"
AT_LEAST_ONCE = 1
WRITTEN_AFTER_S = 2
FAULTS = ("rusak", "satuan", "depan", "mustahil", "tanpa_stasiun")


@dataclass
class Day:
    """What was sent: keys of good readings and how many bad messages, by what the broker acknowledged.

    `acknowledged` are the readings whose message our client acknowledged to the broker: these are promised.
    `at_the_broker` are those that the broker had acknowledged to the sensor and our client had not yet to the broker
    when it was killed hard. Mosquitto answers before it writes its queue down, so only its disk knows what becomes of
    them.
    """

    engine: Engine
    acknowledged: set[tuple[str, datetime]] = field(default_factory=set)
    at_the_broker: set[tuple[str, datetime]] = field(default_factory=set)
    sent: int = 0
    good: set[tuple[str, datetime]] = field(default_factory=set)
    bad: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    seconds: float = 0.0
    kills: int = 0

    def kept(self) -> set[tuple[str, datetime]]:
        """(station, moment) of every reading in the store."""
        c = observations.c
        with reading(self.engine) as connection:
            rows = connection.execute(select(c.station, c.observed_at).where(c.parameter == "pm25"))
            return {(station, at) for station, at in rows}

    def quarantined(self) -> list[str]:
        """The reason of each different bad message."""
        with reading(self.engine) as connection:
            return [one.reason for one in ingestion_log.quarantined(connection, SOURCE, limit=1_000_000)]


class Broker:
    """A mosquitto of our own that writes its queue down at every change, as a broker for sensors should."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\n"
            f"persistence_location {folder}/\nautosave_on_changes true\nautosave_interval 1\n"
            "max_inflight_messages 500\nmax_queued_messages 0\nuser root\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert MOSQUITTO is not None
        self._process = subprocess.Popen([MOSQUITTO, "-c", str(self._config)], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("mosquitto did not start")

    def kill(self, hard: bool) -> None:
        """SIGKILL when `hard`, as when the power goes; SIGTERM otherwise."""
        assert self._process is not None
        self._process.kill() if hard else self._process.terminate()
        self._process.wait(timeout=20)


class Fleet:
    """Sensors that keep a message until the broker has acknowledged it, and send it again after a new connection."""

    def __init__(self, port: int) -> None:
        self._sent = self._answered = 0
        version: Any = paho.CallbackAPIVersion.VERSION2  # type: ignore[attr-defined]
        self.client: Any = paho.Client(version, "armada", clean_session=False)
        self.client.max_queued_messages_set(0)
        self.client.max_inflight_messages_set(500)
        self.client.reconnect_delay_set(1, 1)
        self.client.on_publish = self._count
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()

    def send(self, topic: str, payload: bytes) -> None:
        self._sent += 1
        self.client.publish(topic, payload, qos=AT_LEAST_ONCE)

    def _count(self, client: Any, userdata: Any, mid: int, reason: Any, properties: Any) -> None:
        self._answered += 1

    def waiting(self) -> int:
        """Messages that the broker has not acknowledged yet."""
        return self._sent - self._answered

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@contextmanager
def a_day(url: str, folder: Path, sensors: int, minutes: int) -> Iterator[Day]:
    """Play the day through the real reader and runner; yields when everything acknowledged could have been kept."""
    engine = open_database(url)
    metadata.create_all(engine)
    broker = Broker(folder)
    broker.start()
    source = _source(folder, broker.port)
    with writing(engine) as connection:
        ingestion_log.register(connection, [SOURCE])
    day, stop = Day(engine), Event()
    noting = ExitStack()
    noting.enter_context(_acknowledging(day))
    threads = schedule.start(engine, [source], stop, lambda: None)
    _wait(lambda: _is_answered(engine), 30)
    fleet = Fleet(broker.port)
    try:
        began = time.monotonic()
        _play(day, fleet, broker, sensors, minutes)
        _wait(lambda: fleet.waiting() == 0, 120)
        day.seconds = _wait_until_still(day) - began
        yield day
    finally:
        fleet.close()
        stop.set()
        for thread in threads:
            thread.join(timeout=10)
        noting.close()
        broker.kill(hard=False)
        engine.dispose()


@contextmanager
def _acknowledging(day: Day) -> Iterator[None]:
    """Write down each reading once its message is acknowledged: what raises before that is not."""
    hand_over = mqtt._Session._hand_over

    def noted(session: Any) -> None:
        told = list(session._waiting)
        hand_over(session)
        day.acknowledged.update((r.station, r.observed_at) for _, batch in told for r in batch.records)

    with patch.object(mqtt._Session, "_hand_over", noted):
        yield


def _play(day: Day, fleet: Fleet, broker: Broker, sensors: int, minutes: int) -> None:
    dice = random.Random(112)
    messages = list(_messages(dice, sensors, minutes))
    for place, (topic, payload, key, fault) in enumerate(messages):
        if place in (len(messages) // 3, 2 * len(messages) // 3):
            hard = day.kills == 1
            if hard:
                _wait(lambda: fleet.waiting() == 0, 60)
                time.sleep(WRITTEN_AFTER_S)
            broker.kill(hard)
            if hard:
                day.at_the_broker = day.good - day.acknowledged
            day.kills += 1
            time.sleep(0.5)
            broker.start()
        fleet.send(topic, payload)
        day.sent += 1
        if fault:
            day.bad[fault] = day.bad.get(fault, 0) + 1
        elif key in day.good:
            day.duplicates += 1
        else:
            day.good.add(key)
        while fleet.waiting() > 2000:
            time.sleep(0.01)


def _messages(
    dice: random.Random, sensors: int, minutes: int
) -> Iterator[tuple[str, bytes, tuple[str, datetime], str]]:
    """Out of order within five minutes; one good message in two hundred comes twice."""
    listed = []
    for minute in range(minutes):
        for sensor in range(sensors):
            number = minute * sensors + sensor
            fault = FAULTS[number // FAULT_EVERY % len(FAULTS)] if number % FAULT_EVERY == 0 else ""
            at = START + timedelta(minutes=minute)
            listed.append((minute + dice.uniform(0, 5), f"s{sensor:03}", at, fault, number))
            if not fault and number % 200 == 7:
                listed.append((minute + dice.uniform(0, 5), f"s{sensor:03}", at, "", number))
    for _, station, at, fault, number in sorted(listed):
        yield f"hari/{station}", _payload(station, at, fault, number), (station, at), fault


def _payload(station: str, at: datetime, fault: str, number: int) -> bytes:
    if fault == "rusak":
        return b'{"station": "' + station.encode() + b'", "time": ' + str(number).encode()
    message: dict[str, Any] = {"station": station, "time": at.isoformat(), "pm25": 10 + number % 37 / 2}
    if fault == "satuan":
        message |= {"units": {"pm25": "ppm"}, "pm25": number}
    if fault == "depan":
        message["time"] = (datetime.now(UTC) + timedelta(days=1, seconds=number)).isoformat()
    if fault == "mustahil":
        message["pm25"] = -1 - number
    if fault == "tanpa_stasiun":
        message = {**message, "station": "", "number": number}
    return json.dumps(message).encode()


def _source(folder: Path, port: int) -> ConfiguredSource:
    file = folder / "sources.toml"
    file.write_text(
        f'[sources.{SOURCE}]\nreader = "sensors.mqtt"\ntitle = "Hari"\nowner = "DLH"\nhost = "127.0.0.1"\n'
        f'port = {port}\nsubscribe = ["hari/#"]\nclient_id = "hari"\nevery = "1s"\nstale_after = "1m"\n'
        '[sources.sensor_hari.fields]\npm25 = "pm25:ug/m3"\n'
    )
    (source,) = load(file, {})
    return source


def _is_answered(engine: Engine) -> bool:
    with reading(engine) as connection:
        return ingestion_log.state_rows(connection)[SOURCE].answered_at is not None


def _wait_until_still(day: Day) -> float:
    """Until nothing more came for five seconds; when the last came."""
    before, since = (-1, -1), time.monotonic()
    while time.monotonic() - since < 5:
        with reading(day.engine) as connection:
            row = ingestion_log.state_rows(connection)[SOURCE]
        now = (row.rows_total, row.refused_total)
        if now != before:
            before, since = now, time.monotonic()
        time.sleep(0.2)
    return since


def _wait(true: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("it did not come")
        time.sleep(0.05)


def run() -> list[str]:
    """One line; SENSORS and MINUTES make the day shorter."""
    if MOSQUITTO is None:
        return ["MQTT day: no mosquitto on this machine"]
    sensors, minutes = int(os.environ.get("BENCH_SENSORS", "200")), int(os.environ.get("BENCH_MINUTES", "1440"))
    with (
        tempfile.TemporaryDirectory() as name,
        a_day(f"sqlite:///{name}/store.db", Path(name), sensors, minutes) as day,
    ):
        lost = day.good - day.kept()
        ours = len(lost & day.acknowledged)
        bad = sum(day.bad.values())
        return [
            f"MQTT day: {day.sent:,} messages of {sensors} sensors, {day.kills} kills, {day.duplicates} duplicates, "
            f"{bad} bad of which {len(day.quarantined())} in quarantine; of {len(day.acknowledged):,} that we "
            f"acknowledged {ours} are lost (promise 0); of {len(day.at_the_broker):,} that only the broker had when it "
            f"was killed {len(lost)}; {day.sent / day.seconds:,.0f} messages/s"
        ]


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
