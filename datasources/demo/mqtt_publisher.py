"""Five simulated sensors that publish to an MQTT broker on this machine, when there is one."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from datasources.demo.air import SENSORS, Sensor, read
from datasources.demo.faults import sensor_time, spoilt
from datasources.demo.world import HOUR, WIB_HOURS, dice

HOST, PORT = "127.0.0.1", 1883
AT_LEAST_ONCE = 1
BACKLOG_S, BACKLOG_STEP_S = 30 * HOUR, 600
"""What the sensors kept while nobody listened, and how far apart those readings lie."""
BACKLOG_SENT_AFTER_S = (10, 300)
"""After connecting: soon, and once more for a listener who subscribes for the first time later."""
RETRY_S = (5, 60)
WIB = timezone(timedelta(hours=WIB_HOURS))


class SensorPublisher:
    """Publishes what is due at each tick; without a broker it says so once and goes on trying quietly."""

    def __init__(self, seed: str, topic: str, host: str = HOST, port: int = PORT) -> None:
        self._seed, self._topic, self._where = seed, topic, f"{host}:{port}"
        self._said_absent = False
        self._ticked: int | None = None
        self._connected_at: int | None = None
        make: Any = paho.Client
        self._client = make(CallbackAPIVersion.VERSION2, client_id=f"mcc-demo-{os.getpid()}")
        self._client.on_connect_fail = self._absent
        self._client.reconnect_delay_set(*RETRY_S)
        self._client.connect_async(host, port)
        self._client.loop_start()

    def tick(self, now: int) -> int:
        """Publish the readings due up to the Unix second `now`; returns how many messages."""
        if not self._client.is_connected():
            self._connected_at = None
            return 0
        if self._connected_at is None:
            self._connected_at = self._ticked = now
            print(f"Simulasi: {len(SENSORS)} sensor mengirim ke broker MQTT {self._where}.", flush=True)
        due = [(s, t) for s in SENSORS for t in range((self._ticked or now) + 1, now + 1) if is_due(self._seed, s, t)]
        if any((self._ticked or now) < self._connected_at + after <= now for after in BACKLOG_SENT_AFTER_S):
            due = backlog(now) + due
        self._ticked = now
        for sensor, moment in due:
            payload = json.dumps(message(self._seed, sensor, moment))
            self._client.publish(f"{self._topic}/{sensor.id}", payload, qos=AT_LEAST_ONCE)
        return len(due)

    def close(self) -> None:
        """Leave the broker."""
        self._client.disconnect()
        self._client.loop_stop()

    def _absent(self, client: Any, userdata: Any) -> None:
        if not self._said_absent:
            self._said_absent = True
            print(f"Simulasi: broker MQTT {self._where} tidak ada; sensor dicoba terus tanpa pesan lagi.", flush=True)


def is_due(seed: str, sensor: Sensor, moment: int) -> bool:
    """Whether the sensor sends at this Unix second: once in every 30 to 60 seconds."""
    period = dice(seed, "jeda", sensor.id).randint(30, 60)
    return moment % period == 0


def backlog(now: int) -> list[tuple[Sensor, int]]:
    """Sensors and Unix seconds of the readings before `now` that were kept."""
    newest = now // BACKLOG_STEP_S * BACKLOG_STEP_S
    return [(s, t) for t in range(newest - BACKLOG_S, newest, BACKLOG_STEP_S) for s in SENSORS]


def message(seed: str, sensor: Sensor, moment: int) -> dict[str, Any]:
    """The JSON of one reading, with the time as the sensor's own clock has it."""
    written = datetime.fromtimestamp(sensor_time(sensor.id, moment), UTC).astimezone(WIB)
    return {
        "station": sensor.id, "name": sensor.name, "time": written.isoformat(),
        "lat": sensor.lat, "lon": sensor.lon, **spoilt(sensor.id, moment, read(seed, sensor, moment)),
    }  # fmt: skip
