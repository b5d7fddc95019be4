"""Messages that are sent to us: who may, how large, what of them is understood, and what is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from datasources.calls112.records import Incident
from datasources.calls112.webhook import Webhook
from datasources.contract import LARGEST_MESSAGE, Batch, Listener, NotAccepted, Receiver, Source
from datasources.privacy import caller_hash

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
SECRET = "rahasia-bersama-yang-cukup-panjang-112"
KEY = SecretStr("kunci-uji-yang-cukup-panjang")
NAME, NUMBER = "Sulastri Handayani", "081234567890"
COLUMNS = {"id": "tiket.nomor", "received": "tiket.masuk", "status": "tiket.status", "caller": "tiket.telepon",
           "category": "tiket.kategori", "closed": "tiket.selesai"}  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_receiver_is_neither_asked_nor_listened_to() -> None:
    assert isinstance(reader(), Receiver)
    assert not isinstance(reader(), Source | Listener)


def test_a_signed_event_becomes_an_incident_as_of_its_own_time() -> None:
    (incident,) = told(event("T-1", telepon=NUMBER)).records
    assert incident == Incident(
        incident_id="T-1",
        t_received=datetime(2026, 11, 23, 4, 30, tzinfo=UTC),
        category_raw="Kebakaran",
        status="diterima",
        caller_hash=caller_hash(NUMBER, KEY),
        as_of=datetime(2026, 11, 23, 4, 31, tzinfo=UTC),
    )


@pytest.mark.parametrize("items", ["", "isi.kejadian"])
def test_several_events_come_in_one_message(items: str) -> None:
    events: Any = [event("T-1"), event("T-2")]
    batch = told({"isi": {"kejadian": events}} if items else events, items=items)
    assert [r.incident_id for r in batch.records if isinstance(r, Incident)] == ["T-1", "T-2"]


def test_an_empty_list_says_nothing() -> None:
    assert told([]) == Batch()


@pytest.mark.parametrize("stamp", [str(int(NOW.timestamp())), str(int(NOW.timestamp() * 1000)),
                                   "2026-11-23T12:00:00+07:00", "2026-11-23T05:04:59Z"])  # fmt: skip
@pytest.mark.parametrize("prefix", ["sha256=", ""])
def test_the_time_is_unix_or_iso_and_the_prefix_may_be_missing(stamp: str, prefix: str) -> None:
    body = json.dumps(event("T-1")).encode()
    headers = {"x-signature": prefix + signature(stamp, body).upper(), "X-TIMESTAMP": stamp}
    assert len(reader().receive(headers, body).records) == 1


def test_names_of_headers_and_the_separator_are_configured() -> None:
    body = json.dumps(event("T-1")).encode()
    stamp = str(int(NOW.timestamp()))
    signed = hmac.new(SECRET.encode(), f"{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    options = {
        "signature_header": "X-Tanda",
        "timestamp_header": "X-Waktu",
        "separator": ":",
        "signature_prefix": "v1=",
    }
    headers = {"X-Tanda": f"v1={signed}", "X-Waktu": stamp}
    assert len(reader(**options).receive(headers, body).records) == 1


def test_the_key_of_a_message_is_what_its_sender_calls_it() -> None:
    assert reader().idempotency_key({"idempotency-key": " a-1 "}) == "a-1"
    assert reader(idempotency_header="X-Id").idempotency_key({"Idempotency-Key": "a-1"}) == ""


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"X-Signature": ""}, 401, "Kirim tanda tangan di X-Signature dan waktu di X-Timestamp."),
        ({"X-Timestamp": ""}, 401, "Kirim tanda tangan di X-Signature dan waktu di X-Timestamp."),
        ({"X-Signature": "sha256=" + "0" * 64}, 401, "Tanda tangan tidak cocok dengan waktu dan isi pesan."),
        ({"X-Signature": "é"}, 401, "Tanda tangan tidak cocok"),
        ({"X-Timestamp": "1764000001"}, 401, "Tanda tangan tidak cocok"),
    ],
)
def test_what_they_did_not_sign_is_not_accepted(change: dict[str, str], status: int, sentence: str) -> None:
    body = json.dumps(event("T-1")).encode()
    refused = not_accepted({**headers_of(body), **change}, body)
    assert (refused.status, sentence in refused.sentence) == (status, True)


def test_a_body_that_was_changed_is_not_accepted() -> None:
    body = json.dumps(event("T-1")).encode()
    assert not_accepted(headers_of(body), body.replace(b"T-1", b"T-2")).status == 401


@pytest.mark.parametrize(
    ("stamp", "sentence"),
    [
        (str(int(NOW.timestamp()) - 301), "Waktu pesan menyimpang lebih dari 5 menit; setel jam dan kirim ulang."),
        (str(int(NOW.timestamp()) + 301), "Waktu pesan menyimpang lebih dari 5 menit"),
        ("2026-11-23T12:00:00", "X-Timestamp harus detik Unix atau waktu ISO dengan zona."),
        ("12", "X-Timestamp harus detik Unix"),
        ("kemarin", "X-Timestamp harus detik Unix"),
    ],
)
def test_an_old_message_cannot_be_sent_again(stamp: str, sentence: str) -> None:
    body = json.dumps(event("T-1")).encode()
    refused = not_accepted(headers_of(body, stamp), body)
    assert (refused.status, sentence in refused.sentence) == (401, True)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 5000, b"nomor=1"])
def test_a_message_that_is_not_json_is_not_accepted(body: bytes) -> None:
    refused = not_accepted(headers_of(body), body)
    assert (refused.status, refused.sentence) == (400, "Isi pesan bukan JSON yang sah.")


def test_a_message_that_is_too_large_is_not_even_verified() -> None:
    refused = not_accepted({}, b" " * (LARGEST_MESSAGE + 1))
    assert (refused.status, refused.sentence[:34]) == (413, "Pesan lebih besar dari 1048576 bit")


@pytest.mark.parametrize(
    ("message", "reason", "place"),
    [
        (17, "tiket harus objek JSON", "pesan, kejadian 1"),
        (["a"], "tiket harus objek JSON", "pesan, kejadian 1"),
        ({"lain": NAME}, "id kosong", "pesan, kejadian 1, kolom tiket.nomor"),
        ({"tiket": {"nomor": "T-1"}}, "waktu terima kosong", "pesan, kejadian 1, kolom tiket.masuk"),
    ],
)
def test_an_unknown_shape_is_kept_as_refused(message: Any, reason: str, place: str) -> None:
    batch = told(message)
    assert batch.records == ()
    assert (reason, place) in [(note.reason[: len(reason)], note.place) for note in batch.refused]
    assert NAME not in repr(batch)


def test_a_message_without_the_list_is_refused() -> None:
    assert [note.reason for note in told({"a": 1}, items="isi").refused] == ["tidak ada kejadian di 'isi'"]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "waktu kejadian kosong"),
        ("2026-11-23 12:06", "waktu kejadian masih di depan"),
        (NAME, "waktu kejadian '•••' bukan waktu"),
        ([1], "waktu kejadian '•••' bukan waktu"),
    ],
)
def test_an_event_whose_place_in_the_order_is_unknown_is_refused(at: Any, said: str) -> None:
    batch = told([event("T-1", at=at), event("T-2")])
    assert [r.incident_id for r in batch.records if isinstance(r, Incident)] == ["T-2"]
    (note,) = batch.refused
    assert note.reason == f"{said}; tanpa waktu yang benar urutannya tidak diketahui"
    assert note.place == "pesan, kejadian 1, kolom pada"


def test_nobody_can_be_recognised_in_what_is_understood_or_refused() -> None:
    wrong = event("T-2", status=f"oleh {NUMBER}", selesai=f"{NAME}", catatan=f"{NAME} {NUMBER}")
    batch = told([event("T-1", telepon=NUMBER, pelapor=NAME), wrong, {"nama": NAME}, event(None, masuk=NUMBER), NAME])
    assert len(batch.refused) >= 4
    for secret in (NAME, "Sulastri", NUMBER, NUMBER[1:]):
        assert secret not in repr(batch)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"secret": "x" * 31}, "terlalu pendek; isi sedikitnya 32 karakter acak"),
        ({"max_skew": timedelta(minutes=6)}, "less than or equal to 5 minutes"),
        ({"max_bytes": LARGEST_MESSAGE + 1}, "less than or equal to 1048576"),
        ({"event_time": ""}, "at least 1 character"),
    ],
)
def test_a_mistake_in_the_options_is_said_without_the_secret(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as wrong:
        reader(**options)
    assert "xxxx" not in str(wrong.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters()),
    lambda children: (
        st.lists(children) | st.dictionaries(st.sampled_from(["tiket", "nomor", "masuk", "pada"]), children)
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_signed_is_understood_or_refused_and_can_be_kept(message: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        batch = told(message)
    assert batch.records or batch.refused or message == []
    repr(batch).encode()


def reader(**options: Any) -> Webhook:
    base = {"columns": COLUMNS, "caller_key": KEY, "secret": SECRET, "event_time": "pada"}
    return Webhook.model_validate({**base, **options})


def told(message: Any, **options: Any) -> Batch:
    body = json.dumps(message).encode()
    return reader(**options).receive(headers_of(body), body)


def not_accepted(headers: dict[str, str], body: bytes) -> NotAccepted:
    with pytest.raises(NotAccepted) as refused:
        reader().receive(headers, body)
    return refused.value


def signature(stamp: str, body: bytes) -> str:
    return hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def headers_of(body: bytes, stamp: str = "") -> dict[str, str]:
    stamp = stamp or str(int(NOW.timestamp()))
    return {"X-Timestamp": stamp, "X-Signature": "sha256=" + signature(stamp, body)}


def event(number: str | None, at: Any = "2026-11-23 11:31", **change: Any) -> dict[str, Any]:
    ticket = {"nomor": number, "masuk": "2026-11-23 11:30", "kategori": "Kebakaran", "status": "DITERIMA", **change}
    return {"pada": at, "tiket": ticket}
