"""What the lines of a queue_log say of each call."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from datasources.calls112.queue_log_fold import Fold
from datasources.calls112.records import Call
from datasources.privacy import caller_hash, caller_hasher

SAMPLE = Path(__file__).parent / "samples" / "queue_log"
SHARED = Path(__file__).parents[2] / "../shared/data/asterisk_samples"
KEY = b"k" * 32


def test_every_way_a_call_can_go() -> None:
    calls = {(c.call_id.split(".")[1], c.queue): c for c in folded(SAMPLE.read_bytes())}
    told = {key: (c.outcome, c.wait_s, c.talk_s, c.ring_ms, c.agent_code) for key, c in calls.items()}
    assert told == {
        ("20", "darurat"): ("answered", 21, 60, 3000, "PJSIP/2001"),
        ("30", "darurat"): ("answered", 6, 94, 3000, "PJSIP/2002"),
        ("40", "darurat"): ("timeout", 30, None, 9000, None),
        ("40", "cadangan"): ("timeout", 7, None, None, None),
        ("50", "darurat"): ("timeout", 12, None, None, None),
        ("60", "darurat"): ("abandoned", 40, None, None, None),
        ("70", "darurat"): (None, None, None, 5000, None),
        ("80", "darurat"): ("timeout", 15, None, 2000, None),
    }


def test_times_are_utc_and_the_caller_is_a_code() -> None:
    call = folded(SAMPLE.read_bytes())[0]
    assert call.t_enter == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert (call.t_answer, call.t_end) == (moment(1795400121), moment(1795400181))
    assert call.caller_hash == caller_hash("6281200000001", KEY)
    assert folded(SAMPLE.read_bytes())[1].caller_hash is None, "an anonymous caller is nobody"


def test_what_one_line_does_not_tell_is_not_known() -> None:
    (call,) = folded(b"1795400121|9.1|112|PJSIP/1|CONNECT|21|9.2|3")
    assert call == Call("9.1", "112", t_answer=moment(1795400121), wait_s=21, ring_ms=3000, outcome="answered",
                        agent_code="PJSIP/1")  # fmt: skip


def test_a_caller_sent_back_to_the_same_queue_is_one_call_since_the_first_time() -> None:
    call = folded(SAMPLE.read_bytes())[-1]
    assert (call.t_enter, call.t_end) == (moment(1795400800), moment(1795400846))


@pytest.mark.parametrize(
    ("line", "entered"), [("CONNECT|21|9.2|3", None), ("ABANDON|1|1|21", None), ("RINGNOANSWER|5000", 1795400100)]
)
def test_who_entered_in_an_earlier_batch_is_told_anew_only_where_nothing_else_has_a_moment(
    line: str, entered: int | None
) -> None:
    fold = Fold(caller_hasher(KEY), None, [("9.1", "112", 1795400100, 0)])
    fold.add([f"1795400121|9.1|112|PJSIP/1|{line}".encode()])
    (call,) = fold.calls()
    assert call.t_enter == (entered and moment(entered))


def test_only_the_named_queues_are_read() -> None:
    assert {c.queue for c in folded(SAMPLE.read_bytes(), queues=("cadangan",))} == {"cadangan"}


def test_a_restart_of_asterisk_ends_the_waiting_of_all() -> None:
    fold = Fold(caller_hasher(KEY), None, [("1.1", "112", 1795400000, 0)])
    fold.add([b"1795400100|2.2|112|NONE|ENTERQUEUE||0812|1", b"1795400200|NONE|NONE|NONE|QUEUESTART|"])
    assert fold.waiting() == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("1795400121|9.1|112", "baris hanya berisi 3 kolom; yang benar waktu|callid|antrean|agen|peristiwa"),
        ("kemarin|9.1|112|NONE|ENTERQUEUE||0812|1", "waktu '•••' bukan detik Unix"),
        ("12|9.1|112|NONE|ENTERQUEUE||0812|1", "waktu '12' bukan detik Unix"),
        ("1795400121|9.1|112|P/1|CONNECT|dua|9.2|3", "yang benar CONNECT|tunggu (detik)|kanal|dering (detik)"),
        ("1795400121|9.1|112|P/1|CONNECT|-1|9.2|3", "'CONNECT|-1|9.2|3' tidak lengkap atau bukan bilangan"),
        ("1795400121|9.1|112|P/1|COMPLETEAGENT|4", "yang benar COMPLETEAGENT|tunggu (detik)|bicara (detik)"),
        ("1795400121|9.1|112|NONE|ABANDON|1|1", "yang benar ABANDON|posisi|posisi awal|tunggu (detik)"),
        ("1795400121|9.1|112|P/1|ATTENDEDTRANSFER|4|5", "yang benar ATTENDEDTRANSFER|"),
        ("1795400121|9.1|112|NONE|ABANDON|1|1|99999999", "bukan bilangan yang wajar"),
        ("1795400121||112|NONE|ENTERQUEUE||0812|1", "callid, antrean atau peristiwa 'ENTERQUEUE'"),
        ("1795400121|9.1|112|NONE|ENTERQ1795400122|9.2", "peristiwa '•••' bukan yang ditulis Asterisk"),
    ],
)
def test_a_damaged_line_is_refused_with_its_place(line: str, sentence: str) -> None:
    fold = Fold(caller_hasher(KEY), None)
    fold.add([b"1795400010|NONE|112|PJSIP/2001|ADDMEMBER|", line.encode(), b""], "queue_log", 41)
    (refused,) = fold.refused
    assert sentence in refused.reason
    assert refused.place == "queue_log, baris 42"
    assert fold.calls() == ()


def test_a_refused_line_shows_no_number() -> None:
    fold = Fold(caller_hasher(KEY), None)
    fold.add([b"x|9.1|112|NONE|ENTERQUEUE||6281200000001|1", b"\x00\x00\x00 6281200000001"])
    assert len(fold.refused) == 2
    assert not any("81200000001" in r.raw + r.reason or "\x00" in r.raw for r in fold.refused)


def test_the_published_sample_gives_its_published_figures() -> None:
    if not SHARED.exists():
        pytest.skip("the constructed sample of twelve calls is not beside the project")
    expected = json.loads((SHARED / "expected.json").read_text())
    calls = folded((SHARED / "queue_log_sample.txt").read_bytes())
    answered = [c for c in calls if c.outcome == "answered"]
    waits = [c.wait_s or 0 for c in answered]
    talks = [c.talk_s for c in answered if c.talk_s is not None]
    assert len(calls) == expected["offered"]
    assert len(answered) == expected["answered"]
    assert sum(c.outcome == "abandoned" for c in calls) == expected["abandoned"]
    assert sum(c.outcome == "timeout" for c in calls) == expected["timeout"]
    assert sum(c.t_end is None for c in calls) == expected["in_progress"]
    assert Fraction(sum(waits), len(waits)) == Fraction(expected["asa_s"])
    assert Fraction(sum(talks), len(talks)) == Fraction(expected["aht_talk_s"])
    assert len({c.caller_hash for c in calls}) == expected["unique_callers"]


def folded(content: bytes, queues: tuple[str, ...] | None = None) -> tuple[Call, ...]:
    fold = Fold(caller_hasher(KEY), queues)
    fold.add(content.split(b"\n"))
    assert fold.refused == []
    return fold.calls()


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
