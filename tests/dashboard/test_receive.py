"""What is sent to us is kept where it arrives: once, whatever is repeated, and said in the answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, func, select

from dashboard import clock
from dashboard.ingestion import check, schedule
from dashboard.ingestion.receive import Answer, receive
from dashboard.store import changes, ingestion_log, received
from dashboard.store.call_classes import call_classes
from dashboard.store.calls112 import incidents
from dashboard.store.database import metadata, reading, writing
from datasources.calls112.webhook import Webhook
from datasources.registry import ConfiguredSource

SECRET = "rahasia-bersama-yang-cukup-panjang-112"
NAME, NUMBER = "Sulastri Handayani", "081234567890"
COLUMNS = {"id": "nomor", "received": "masuk", "status": "status", "category": "kategori", "caller": "telepon"}


def test_a_signed_event_is_kept_counted_and_announced(engine: Engine) -> None:
    answer = send(engine, event("T-1"))
    assert answer == Answer(200, "Diterima: 1 kejadian, ditolak 0 bagian.")
    assert statuses(engine) == {"T-1": "diterima"}
    with reading(engine) as connection:
        state = ingestion_log.state_rows(connection)["tiket"]
        assert set(changes.revisions(connection)) == {"incidents"}
    assert (state.rows_total, state.refused_total, state.failures_in_row) == (1, 0, 0)
    assert state.answered_at is not None


def test_the_class_of_an_event_is_no_second_event(engine: Engine) -> None:
    columns = {**COLUMNS, "class": "jenis"}
    assert send(engine, event("T-1", jenis="Prank"), columns=columns).sentence == (
        "Diterima: 1 kejadian, ditolak 0 bagian."
    )
    with reading(engine) as connection:
        assert connection.execute(select(call_classes.c.class_raw)).scalars().all() == ["Prank"]


def test_an_event_of_tomorrow_is_no_event_yet(engine: Engine) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 5, tzinfo=UTC), tick=False):
        answer = send(engine, event("T-1", masuk="2026-11-24 12:00"))
    assert answer == Answer(200, "Diterima: 0 kejadian, ditolak 1 bagian.")


def test_events_out_of_order_end_in_the_newest(engine: Engine) -> None:
    now = clock.now()
    for minutes, status in ((1, "selesai"), (9, "diterima"), (5, "diproses")):
        send(engine, event("T-1", status=status, pada=(now - timedelta(minutes=minutes)).isoformat()))
    assert statuses(engine) == {"T-1": "selesai"}


def test_a_message_that_is_repeated_is_kept_once(engine: Engine) -> None:
    send(engine, event("T-1"), key="a")
    assert send(engine, event("T-1"), key="a") == Answer(200, "Pesan ini sudah diterima sebelumnya.")
    with reading(engine) as connection:
        assert ingestion_log.state_rows(connection)["tiket"].rows_total == 1


def test_a_key_used_for_another_message_loses_neither(engine: Engine) -> None:
    for number in ("T-1", "T-2"):
        send(engine, event(number), key="a")
    assert set(statuses(engine)) == {"T-1", "T-2"}


def test_the_key_of_one_source_is_not_that_of_another(engine: Engine) -> None:
    send(engine, event("T-1"), key="a")
    assert send(engine, event("T-1"), key="a", source="lain").sentence.startswith("Diterima: 1 kejadian")


def test_a_message_that_was_not_kept_is_not_remembered(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with engine.begin() as connection:
        incidents.drop(connection)
    assert send(engine, event("T-1"), key="a") == Answer(503, "Pesan belum dapat disimpan; kirim ulang sebentar lagi.")
    assert "could not be kept" in caplog.text
    with engine.begin() as connection:
        incidents.create(connection)
    assert send(engine, event("T-1"), key="a").sentence == "Diterima: 1 kejadian, ditolak 0 bagian."


def test_keys_are_forgotten_after_seven_days(engine: Engine) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 5, tzinfo=UTC), tick=False) as now:
        send(engine, event("T-1"), key="a")
        now.shift(timedelta(days=7, seconds=1))
        send(engine, event("T-2"), key="b")
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(received.received)).scalar() == 1


@pytest.mark.parametrize(
    ("headers", "body", "status", "sentence"),
    [
        ({}, b"{}", 401, "Kirim tanda tangan di X-Signature dan waktu di X-Timestamp."),
        ({"X-Signature": "0", "X-Timestamp": "1"}, b"{}", 401, "Tanda tangan tidak cocok dengan waktu dan isi pesan."),
        ({}, b" " * 200_000, 413, "Pesan lebih besar dari 100000 bita; kirim lebih sedikit sekaligus."),
        (None, b"{", 400, "Isi pesan bukan JSON yang sah."),
    ],
)  # fmt: skip
def test_what_is_not_accepted_writes_nothing(
    engine: Engine, headers: dict[str, str] | None, body: bytes, status: int, sentence: str
) -> None:
    answer = receive(engine, receiver(), signed(body) if headers is None else headers, body)
    assert answer == Answer(status, sentence)
    with reading(engine) as connection:
        assert ingestion_log.state_rows(connection) == {}


def test_an_unknown_shape_is_answered_200_and_stands_in_quarantine(engine: Engine) -> None:
    assert send(engine, [17, {"a": 1}]) == Answer(200, "Diterima: 0 kejadian, ditolak 3 bagian.")
    with reading(engine) as connection:
        reasons = {q.reason for q in ingestion_log.quarantined(connection, "tiket")}
    assert any("tiket harus objek JSON" in reason for reason in reasons)


def test_nobody_can_be_recognised_in_the_store_the_answer_or_the_log(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = event("T-2", masuk=f"{NAME} {NUMBER}", catatan=NAME)
    said = [send(engine, m, key=f"{NAME} {NUMBER}") for m in (event("T-1", telepon=NUMBER, nama=NAME), wrong, NAME)]
    said.append(receive(engine, receiver(), {"X-Signature": NAME, "X-Timestamp": NUMBER}, NAME.encode()))
    with reading(engine) as connection:
        kept = repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert "T-1" in kept
    for secret in (NAME, "Sulastri", NUMBER, NUMBER[1:], SECRET):
        assert secret not in kept
        assert secret not in repr(said)
        assert secret not in caplog.text


def test_the_same_message_twice_at_once_is_one_incident(engine: Engine) -> None:
    with writing(engine) as connection:
        ingestion_log.register(connection, ["tiket"])
    answers: list[Answer] = []
    begin = threading.Barrier(4)

    def sender(status: str) -> None:
        begin.wait()
        answers.append(send(engine, event("T-1", status=status), key=status))

    threads = [threading.Thread(target=sender, args=(s,)) for s in ("diterima", "diterima", "diproses", "diproses")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert [answer.status for answer in answers] == [200] * 4
    assert statuses(engine) == {"T-1": "diproses"}


def test_a_receiver_gets_no_thread_of_its_own(engine: Engine) -> None:
    assert schedule.start(engine, [receiver()], Event(), lambda: None) == []


def test_checking_a_receiver_says_where_to_send() -> None:
    report = check.check(receiver())
    assert report.answered
    assert list(report.lines()) == ["tiket: menerima kiriman di POST /hooks/tiket; tidak ada yang dapat ditanya."]


def receiver(source: str = "tiket", columns: dict[str, str] = COLUMNS) -> ConfiguredSource:
    reader = Webhook.model_validate(
        {"columns": columns, "caller_key": "k" * 40, "secret": SECRET, "event_time": "pada", "max_bytes": 100_000}
    )
    return ConfiguredSource(
        id=source, reader_name="calls112.webhook", title="Tiket 112", owner="Diskominfo", every=timedelta(minutes=5),
        stale_after=timedelta(hours=6), silent_after=None, licence="", attribution="", simulated=False, reader=reader,
    )  # fmt: skip


def send(
    engine: Engine, message: Any, key: str = "", source: str = "tiket", columns: dict[str, str] = COLUMNS
) -> Answer:
    body = json.dumps(message).encode()
    return receive(engine, receiver(source, columns), {**signed(body), "Idempotency-Key": key}, body)


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(clock.now().timestamp()))
    signature = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": signature}


def event(number: str, **given: Any) -> dict[str, Any]:
    return {"nomor": number, "masuk": "2026-11-22 14:05", "status": "diterima", "kategori": "Kebakaran",
            "pada": "2026-11-22 14:06", **given}  # fmt: skip


def statuses(engine: Engine) -> dict[str, str | None]:
    with reading(engine) as connection:
        return {r.incident_id: r.status for r in connection.execute(select(incidents))}
