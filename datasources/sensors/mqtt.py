"""Sensors that publish to an MQTT broker. A message is acknowledged only once it is kept."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, ClassVar

import paho.mqtt.client as paho
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from datasources.contract import Batch, SourceUnavailable
from datasources.sensors.payloads import Format, observations
from datasources.sensors.said import Fields
from datasources.sensors.units import CANONICAL, checked

LOOK_AROUND_S = 0.5
"""How soon a stop is noticed."""
KEEPALIVE_S = 30
AT_LEAST_ONCE = 1
MOST_TOGETHER, GATHER_S = 500, 0.01
"""Messages that are kept in one transaction, and how long the next one is waited for: a message alone is kept at once,
a backlog many times faster. Mosquitto sends only 20 before it wants an answer; max_inflight_messages says more.
"""
Deliver = Callable[[Batch], None]


class MqttSensors(BaseModel):
    """Listens at QoS 1 in a lasting session, so that the broker keeps messages while nobody listens.

    `fields` maps a key of the message to "parameter:unit". `client_id` names the session: two listeners with
    the same one throw each other out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    host: str = Field(min_length=1)
    port: int = Field(default=1883, gt=0, lt=65536)
    subscribe: tuple[str, ...] = Field(min_length=1)
    format: Format = "json"
    fields: dict[str, str] = Field(
        default={key: f"{key}:{CANONICAL[key]}" for key in ("pm25", "pm10", "temperature", "humidity", "river_level")},
        min_length=1,
    )
    username: str | None = None
    password: SecretStr | None = None
    tls: bool = False
    ca_file: Path | None = None
    client_id: str = ""
    timeout: timedelta = timedelta(seconds=10)

    @field_validator("fields")
    @classmethod
    def _are_measured(cls, fields: dict[str, str]) -> dict[str, str]:
        for text in fields.values():
            parameter, colon, unit = text.partition(":")
            if not colon:
                raise ValueError(f"'{text}' seharusnya 'parameter:satuan', misalnya 'pm25:ug/m3'")
            checked(parameter, unit)
        return fields

    def listen(self, deliver: Deliver, stop: Event) -> None:
        """Deliver messages in batches until `stop`, and an empty one when the broker confirms the subscription.

        What `deliver` raises ends the listening, unacknowledged: the broker sends those messages again at the next
        connection.

        Raises SourceUnavailable when the broker refuses, is out of reach or goes away.
        """
        session = _Session(self, deliver)
        try:
            session.connect()
            session.run(stop)
        finally:
            session.close()

    def measured(self) -> Fields:
        """Key of the message → (parameter, unit)."""
        return {key: checked(*text.split(":", 1)) for key, text in self.fields.items()}

    def session_name(self) -> str:
        """`client_id`, or a name that stays the same as long as broker and topics do."""
        of = f"{self.host}:{self.port} {' '.join(self.subscribe)}"
        return self.client_id or f"mcc-{zlib.crc32(of.encode()):08x}"


class _Session:
    """One connection from the first handshake to its end."""

    def __init__(self, reader: MqttSensors, deliver: Deliver) -> None:
        self._reader, self._deliver, self._fields = reader, deliver, reader.measured()
        self._where = f"Broker MQTT {reader.host}:{reader.port}"
        self._ready = False
        self._refusal = ""
        self._waiting: list[tuple[Any, Batch]] = []
        version: Any = paho.CallbackAPIVersion.VERSION2  # type: ignore[attr-defined]
        client: Any = paho.Client(version, reader.session_name(), clean_session=False, manual_ack=True)  # type: ignore
        client.connect_timeout = reader.timeout.total_seconds()
        client.on_connect, client.on_subscribe, client.on_message = self._connected, self._subscribed, self._received
        if reader.username is not None:
            client.username_pw_set(reader.username, reader.password and reader.password.get_secret_value())
        if reader.tls:
            client.tls_set_context(_trusting(reader.ca_file))
        self._client = client

    def connect(self) -> None:
        """Raises SourceUnavailable when no connection comes about."""
        try:
            self._client.connect(self._reader.host, self._reader.port, keepalive=KEEPALIVE_S)
        except ssl.SSLError:
            raise SourceUnavailable(f"Sambungan aman ke {self._where} gagal: periksa sertifikatnya.") from None
        except TimeoutError:
            raise SourceUnavailable(f"{self._where} tidak menjawab.") from None
        except OSError as error:
            raise SourceUnavailable(f"{self._where} tidak dapat dihubungi ({error.strerror or error}).") from None

    def run(self, stop: Event) -> None:
        """Serve the connection in this thread: one writer to the store, and errors reach the caller."""
        deadline = monotonic() + self._reader.timeout.total_seconds()
        while not stop.is_set():
            before = len(self._waiting)
            code = self._client.loop(timeout=GATHER_S if before else LOOK_AROUND_S)
            if len(self._waiting) == before or before >= MOST_TOGETHER or code != paho.MQTT_ERR_SUCCESS:
                self._hand_over()
            if self._refusal:
                raise SourceUnavailable(f"{self._where} menolak: {self._refusal}.")
            if code != paho.MQTT_ERR_SUCCESS:
                raise SourceUnavailable(f"{self._where} memutus sambungan.")
            if not self._ready and monotonic() > deadline:
                raise SourceUnavailable(f"{self._where} tersambung tetapi tidak menjawab.")

    def _hand_over(self) -> None:
        """Have what arrived kept, then acknowledge it."""
        together, self._waiting = self._waiting, []
        records = tuple(record for _, batch in together for record in batch.records)
        refused = tuple(refusal for _, batch in together for refusal in batch.refused)
        if records or refused:
            self._deliver(Batch(records, refused))
        for message, _ in together:
            self._client.ack(message.mid, message.qos)

    def close(self) -> None:
        """Leave politely; the session itself stays at the broker."""
        self._client.disconnect()

    def _connected(self, client: Any, userdata: Any, flags: Any, reason: Any, properties: Any) -> None:
        if reason.is_failure:
            self._refusal = f"nama pengguna, kata sandi atau hak tidak diterima ({reason})"
            return
        client.subscribe([(topic, AT_LEAST_ONCE) for topic in self._reader.subscribe])

    def _subscribed(self, client: Any, userdata: Any, mid: int, reasons: Any, properties: Any) -> None:
        refused = [t for t, r in zip(self._reader.subscribe, reasons, strict=False) if r.is_failure]
        if refused:
            self._refusal = f"langganan {', '.join(refused)} tidak diizinkan"
        elif not self._ready:
            self._deliver(Batch())  # the broker answers, though its sensors may say nothing for hours
        self._ready = True

    def _received(self, client: Any, userdata: Any, message: Any) -> None:
        said = observations(message.topic, message.payload, self._reader.format, self._fields, datetime.now(UTC))
        self._waiting.append((message, said))


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Trusts `ca_file`, or whom this machine trusts. Raises SourceUnavailable."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except FileNotFoundError:
        raise SourceUnavailable(f"Berkas sertifikat {ca_file} tidak ditemukan; periksa kunci ca_file.") from None
    except ssl.SSLError:
        raise SourceUnavailable(f"Berkas {ca_file} (ca_file) bukan sertifikat PEM; minta yang benar.") from None
    except OSError as error:
        raise SourceUnavailable(
            f"Berkas sertifikat {ca_file} tidak dapat dibaca ({error.strerror}); periksa hak bacanya."
        ) from None
