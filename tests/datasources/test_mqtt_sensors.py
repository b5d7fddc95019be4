"""Sensors over MQTT: nothing is acknowledged before it is kept, and a broker in trouble is said."""

from __future__ import annotations

import json
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import paho.mqtt.client as paho
import pytest
from pydantic import SecretStr

from datasources.contract import Batch, Listener, SourceUnavailable
from datasources.observation import Observation
from datasources.sensors.mqtt import MqttSensors
from tests.conftest import missing_service

HOST, PORT = "127.0.0.1", 1883


def test_it_is_a_listener_with_a_lasting_name() -> None:
    reader = MqttSensors(host=HOST, subscribe=("x",))
    assert isinstance(reader, Listener)
    assert reader.session_name() == MqttSensors(host=HOST, subscribe=("x",)).session_name()
    assert reader.session_name() != MqttSensors(host=HOST, subscribe=("y",)).session_name()


def test_a_broker_that_is_down_is_said() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SourceUnavailable, match=f"Broker MQTT 127.0.0.1:{port} tidak dapat dihubungi"):
        MqttSensors(host=HOST, port=port, subscribe=("x",)).listen(lambda batch: None, Event())


def test_a_broker_that_hangs_up_is_said() -> None:
    with socket.create_server((HOST, 0)) as server:
        Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        with pytest.raises(SourceUnavailable, match="memutus sambungan"):
            MqttSensors(host=HOST, port=server.getsockname()[1], subscribe=("x",)).listen(lambda b: None, Event())


def test_a_broker_that_refuses_the_password_is_said() -> None:
    with socket.create_server((HOST, 0)) as server:

        def refuse() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"\x20\x02\x00\x05")
                connection.recv(1024)

        Thread(target=refuse, daemon=True).start()
        reader = MqttSensors(
            host=HOST, port=server.getsockname()[1], subscribe=("x",), username="a", password=SecretStr("b")
        )
        with pytest.raises(SourceUnavailable, match="menolak: nama pengguna, kata sandi atau hak tidak diterima"):
            reader.listen(lambda b: None, Event())


def test_a_broker_that_says_nothing_is_said() -> None:
    with socket.create_server((HOST, 0)) as silent:
        port = silent.getsockname()[1]
        reader = MqttSensors(host=HOST, port=port, subscribe=("x",), timeout=timedelta(seconds=0.2))
        with pytest.raises(SourceUnavailable, match=f"Broker MQTT 127.0.0.1:{port} tersambung tetapi tidak menjawab"):
            reader.listen(lambda b: None, Event())


def test_a_topic_that_is_not_allowed_is_named() -> None:
    with socket.create_server((HOST, 0)) as server:

        def forbid() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"\x20\x02\x00\x00")
                number = connection.recv(1024)[2:4]
                connection.sendall(b"\x90\x03" + number + b"\x80")
                connection.recv(1024)

        Thread(target=forbid, daemon=True).start()
        reader = MqttSensors(host=HOST, port=server.getsockname()[1], subscribe=("rahasia/#",))
        with pytest.raises(SourceUnavailable, match="menolak: langganan rahasia/# tidak diizinkan"):
            reader.listen(lambda b: None, Event())


def test_a_subscription_that_is_confirmed_is_told_before_any_sensor_speaks() -> None:
    with socket.create_server((HOST, 0)) as server:
        told: list[Batch] = []
        stop = Event()

        def confirm() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"\x20\x02\x00\x00")
                number = connection.recv(1024)[2:4]
                assert told == [], "connected is not yet subscribed"
                connection.sendall(b"\x90\x03" + number + b"\x01")
                connection.recv(1024)

        Thread(target=confirm, daemon=True).start()

        def deliver(batch: Batch) -> None:
            told.append(batch)
            stop.set()

        MqttSensors(host=HOST, port=server.getsockname()[1], subscribe=("x",)).listen(deliver, stop)
    assert told == [Batch()]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # paho forgets to close that socket
def test_a_broker_without_tls_is_said_when_tls_is_asked_for() -> None:
    with socket.create_server((HOST, 0)) as server:

        def answer_in_plain() -> None:
            connection, _ = server.accept()
            with connection, suppress(ConnectionResetError):
                connection.recv(1024)
                connection.sendall(b"\x20\x02\x00\x00" * 4)
                connection.recv(1024)

        Thread(target=answer_in_plain, daemon=True).start()
        reader = MqttSensors(host=HOST, port=server.getsockname()[1], subscribe=("x",), tls=True)
        with pytest.raises(SourceUnavailable, match=r"Sambungan aman ke Broker MQTT .* gagal: periksa sertifikatnya"):
            reader.listen(lambda b: None, Event())


def test_a_broker_with_an_unknown_name_is_said() -> None:
    with pytest.raises(SourceUnavailable, match=r"Broker MQTT tidak-ada\.invalid:1883 tidak dapat dihubungi"):
        MqttSensors(host="tidak-ada.invalid", subscribe=("x",)).listen(lambda b: None, Event())


@pytest.mark.mqtt
def test_a_published_message_is_delivered(reader: MqttSensors) -> None:
    with listening(reader) as kept:
        publish(reader, plain(pm25=12.5))
        wait_for(lambda: len(kept) == 1)
    assert kept[0].cursor == {}
    assert kept[0].records[0].value == Decimal("12.5")  # type: ignore[attr-defined]


@pytest.mark.mqtt
def test_a_message_sent_twice_has_one_natural_key(reader: MqttSensors) -> None:
    with listening(reader) as kept:
        publish(reader, plain(pm25=12.5), times=2)
        wait_for(lambda: len(records(kept)) == 2)
    assert len({natural_key(record) for record in records(kept)}) == 1


@pytest.mark.mqtt
def test_bad_json_is_delivered_as_refused_and_the_next_message_follows(reader: MqttSensors) -> None:
    with listening(reader) as kept:
        publish(reader, b"{")
        publish(reader, plain(pm25=1))
        wait_for(lambda: len(records(kept)) == 1)
    assert [r.place for b in kept for r in b.refused] == [reader.subscribe[0]]


@pytest.mark.mqtt
def test_a_backlog_is_kept_many_messages_at_a_time(reader: MqttSensors) -> None:
    with listening(reader):
        pass
    for value in range(40):
        publish(reader, plain(pm25=value))
    with listening(reader) as kept:
        wait_for(lambda: len(records(kept)) == 40)
    assert len(kept) < 20


@pytest.mark.mqtt
def test_what_could_not_be_kept_comes_again(reader: MqttSensors) -> None:
    def failing(batch: Batch) -> None:
        if batch.records:
            raise RuntimeError("the store is away")

    def a_little_later() -> None:
        sleep(0.3)
        publish(reader, plain(pm25=7))

    publisher = Thread(target=a_little_later, daemon=True)
    publisher.start()
    with pytest.raises(RuntimeError, match="the store is away"):
        reader.listen(failing, Event())
    publisher.join(timeout=5)
    with listening(reader) as kept:
        wait_for(lambda: len(kept) == 1)
        sleep(0.3)
    assert [b.records[0].value for b in kept] == [7]  # type: ignore[attr-defined]
    with listening(reader) as again:
        sleep(0.5)
    assert again == []


@pytest.mark.mqtt
def test_what_was_sent_while_nobody_listened_is_delivered(reader: MqttSensors) -> None:
    with listening(reader):
        pass
    publish(reader, plain(pm25=3))
    with listening(reader) as kept:
        wait_for(lambda: len(kept) == 1)


@pytest.mark.mqtt
def test_stopping_takes_less_than_two_seconds(reader: MqttSensors) -> None:
    started = monotonic()
    with listening(reader):
        pass
    assert monotonic() - started < 2


@pytest.fixture
def reader() -> Iterator[MqttSensors]:
    """A topic and a session of its own; the session is removed from the broker afterwards."""
    try:
        socket.create_connection((HOST, PORT), timeout=2).close()
    except OSError:
        missing_service("The MQTT broker")
    name = uuid.uuid4().hex[:12]
    made = MqttSensors(host=HOST, port=PORT, subscribe=(f"uji/{name}",), client_id=f"uji-{name}")
    yield made
    with client(made.client_id, clean=True):
        pass


@contextmanager
def listening(reader: MqttSensors) -> Iterator[list[Batch]]:
    """What was told, once the broker has confirmed the subscription."""
    kept: list[Batch] = []
    stop, confirmed = Event(), Event()

    def deliver(batch: Batch) -> None:
        if batch == Batch():
            confirmed.set()
        else:
            kept.append(batch)

    thread = Thread(target=reader.listen, args=(deliver, stop), daemon=True)
    thread.start()
    assert confirmed.wait(timeout=5)
    yield kept
    stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()


@contextmanager
def client(name: str, clean: bool) -> Iterator[Any]:
    made: Any = paho.Client(paho.CallbackAPIVersion.VERSION2, name, clean_session=clean)  # type: ignore
    made.connect(HOST, PORT)
    made.loop_start()
    wait_for(made.is_connected)
    yield made
    made.disconnect()
    made.loop_stop()


def publish(reader: MqttSensors, payload: bytes, times: int = 1) -> None:
    with client("", clean=True) as publisher:
        for _ in range(times):
            publisher.publish(reader.subscribe[0], payload, qos=1).wait_for_publish(timeout=5)


def wait_for(true: Callable[[], bool], seconds: float = 5) -> None:
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, "it did not come"
        sleep(0.01)


def records(kept: list[Batch]) -> list[Observation]:
    return [record for batch in kept for record in batch.records]  # type: ignore[misc]


def natural_key(o: Observation) -> tuple[object, ...]:
    return o.station, o.parameter, o.averaging, o.observed_at


def plain(**values: Any) -> bytes:
    return json.dumps({"station": "PDG-01", "time": "2026-11-24T10:00:00+07:00", **values}).encode()
