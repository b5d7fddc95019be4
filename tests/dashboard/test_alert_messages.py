"""What people are told: once, in time, bundled, and never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import Engine

from dashboard.alerts.bundling import LISTED, bundle
from dashboard.alerts.channel import EVERYBODY, Channel, NotHandedOver
from dashboard.alerts.evaluate import evaluate
from dashboard.alerts.rule import WHOLE, AlertRule, Look
from dashboard.alerts.sending import CLAIMED_FOR, GIVEN_UP_AFTER, pause_after, send_due
from dashboard.alerts.telling import tell
from dashboard.formulas.alert_state import BLIND, Severity, Timing
from dashboard.formulas.escalation import Step
from dashboard.formulas.message_pace import MOST_PER_HOUR
from dashboard.store import silences
from dashboard.store.alert_messages import newest_messages
from dashboard.store.database import reading, writing
from tests.builders import NOW

MINUTE = timedelta(minutes=1)
STEPS = (Step(timedelta(0), "petugas"), Step(15 * MINUTE, "kepala OPD"))
KRITIS, WASPADA, WELL = Severity.KRITIS, Severity.WASPADA, Severity.NONE


@dataclass
class Phone:
    """A channel that remembers what it took, and refuses as long as it is told to."""

    refusals: int = 0
    took: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, subject: str, body: str, key: str) -> str:
        if self.refusals:
            self.refusals -= 1
            raise NotHandedOver("server menolak (451)")
        self.took.append((subject, body, key))
        return ""


def rule(seen: dict[str, Severity | None], **given: object) -> AlertRule:
    values = {"id": "air", "title": "Air", "cause": "cuaca dan air", "owner": "BPBD", "action": "Buka pintu air.",
              "timing": Timing(), "steps": STEPS, **given}  # fmt: skip
    look = {place: Look(s, f"Air {place or 'naik'}") for place, s in seen.items()}
    return AlertRule(look=lambda rule, picture: look, **values)  # type: ignore[arg-type]


def live(engine: Engine, minute: float, rules: Sequence[AlertRule], channels: Sequence[Channel]) -> int:
    """One round of the worker."""
    at = NOW + minute * MINUTE
    with writing(engine) as connection:
        happened = evaluate(connection, rules, {}, [], at)
        tell(connection, {r.id: r for r in rules}, happened, at)
        return bundle(connection, channels, at, "https://pusat")


def everybody(phone: Phone) -> list[Channel]:
    return [Channel("telegram", (EVERYBODY,), (EVERYBODY,), phone)]


def sent(engine: Engine, phone: Phone, at: datetime) -> list[str]:
    """The subjects a channel took by then."""
    with time_machine.travel(at, tick=False):
        send_due(engine, everybody(phone), at)
    return [subject for subject, _, _ in phone.took]


def test_an_alert_is_told_once_and_its_end_to_those_who_heard_of_it(engine: Engine) -> None:
    phone = Phone()
    for minute, seen in [(0, KRITIS), (1, KRITIS), (3, KRITIS), (5, WELL)]:
        live(engine, minute, [rule({WHOLE: seen})], everybody(phone))
    assert sent(engine, phone, NOW + 5 * MINUTE) == ["[KRITIS] Air naik", "[KRITIS] Air naik"]
    assert "selesai: Air naik" in phone.took[1][1]
    assert "https://pusat/peringatan" in phone.took[0][1]


def test_a_lost_source_and_its_return_are_each_one_message(engine: Engine) -> None:
    phone = Phone()
    for minute, seen in [(0, KRITIS), (5, BLIND), (60, BLIND), (65, KRITIS)]:
        live(engine, minute, [rule({WHOLE: seen}, steps=STEPS[:1])], everybody(phone))
    sent(engine, phone, NOW + 70 * MINUTE)
    assert [body.splitlines()[1].partition("KRITIS, ")[2] for _, body, _ in phone.took] == [
        "Air naik", "data terputus: Air naik", "data kembali: Air naik",
    ]  # fmt: skip


def test_what_nobody_accepts_climbs_to_the_next_rung_once(engine: Engine) -> None:
    phone = Phone()
    heads = Channel("surel", ("kepala OPD",), ("BPBD",), phone)
    for minute in (0, 14, 15, 16, 40):
        live(engine, minute, [rule({WHOLE: KRITIS})], [heads])
    with time_machine.travel(NOW + 40 * MINUTE, tick=False):
        assert send_due(engine, [heads], NOW + 40 * MINUTE) == 1
    assert "belum ada yang menerima: Air naik" in phone.took[0][1]


def test_a_storm_is_a_few_messages_and_names_every_critical_alert(engine: Engine) -> None:
    """10,000 changes of band in an hour over a hundred places, as fast as they come."""
    phone = Phone()
    critical: set[str] = set()
    for n in range(200):
        seen: dict[str, Severity | None] = {}
        for place in range(50):
            severity = KRITIS if (n + place) % 40 == 0 else WASPADA if (n + place) % 2 else WELL
            seen[f"pos {place}"] = severity
            critical |= {f"pos {place}"} if severity is KRITIS else set()
        live(engine, n * 0.3, [rule(seen)], everybody(phone))
    live(engine, 63, [rule({})], everybody(phone))
    for n in range(20):
        sent(engine, phone, NOW + (64 + n) * MINUTE)
    told = "\n".join(body for _, body, _ in phone.took)
    assert len(phone.took) <= 2 * MOST_PER_HOUR
    assert len(phone.took) < 220
    assert {place for place in critical if f"Air {place}" not in told} == set()
    assert critical


def test_a_long_message_lists_some_and_counts_the_rest(engine: Engine) -> None:
    phone = Phone()
    live(engine, 0, [rule({f"pos {n}": WASPADA for n in range(LISTED + 7)})], everybody(phone))
    sent(engine, phone, NOW)
    assert "dan 7 kabar lain yang tidak kritis." in phone.took[0][1]
    assert phone.took[0][0].startswith(f"[WASPADA] {LISTED + 7} kabar peringatan: Air pos 0")


def test_a_silence_holds_messages_back_and_what_still_stands_is_told_when_it_ends(engine: Engine) -> None:
    phone = Phone()
    with writing(engine) as connection:
        silences.add_silence(connection, "air", NOW, NOW + 30 * MINUTE, "uji pintu air", "Sari", NOW)
    rules = [rule({"a": WASPADA, "b": WASPADA}, steps=STEPS[:1])]
    assert live(engine, 1, rules, everybody(phone)) == 0
    assert live(engine, 20, [rule({"a": WASPADA, "b": WELL}, steps=STEPS[:1])], everybody(phone)) == 0
    live(engine, 31, [rule({"a": WASPADA}, steps=STEPS[:1])], everybody(phone))
    sent(engine, phone, NOW + 31 * MINUTE)
    assert len(phone.took) == 1
    assert "Air a (ditahan: senyap oleh Sari: uji pintu air)" in phone.took[0][1]
    assert "Air b" not in phone.took[0][1]


@pytest.mark.parametrize(("severity", "told_at_once"), [(WASPADA, 0), (KRITIS, 1)])
def test_at_night_what_is_not_critical_waits_for_the_morning(
    engine: Engine, severity: Severity, told_at_once: int
) -> None:
    phone, night = Phone(), (time(14), time(15))
    rules = [rule({WHOLE: severity}, quiet=night, steps=STEPS[:1])]
    assert live(engine, 0, rules, everybody(phone)) == told_at_once
    live(engine, 55, rules, everybody(phone))
    assert len(sent(engine, phone, NOW + 55 * MINUTE)) == 1


def test_a_refused_message_is_tried_again_under_the_same_key_and_accepted_once(engine: Engine) -> None:
    phone = Phone(refusals=2)
    live(engine, 0, [rule({WHOLE: KRITIS})], everybody(phone))
    for seconds in (0, 5, 14, 15, 60, 600):
        sent(engine, phone, NOW + timedelta(seconds=seconds))
    assert len(phone.took) == 1
    with reading(engine) as connection:
        (message,) = newest_messages(connection)
    assert (message.state, message.attempts, message.key) == ("diterima saluran", 3, phone.took[0][2])


def test_a_sender_that_dies_leaves_the_message_to_the_next(engine: Engine) -> None:
    live(engine, 0, [rule({WHOLE: KRITIS})], everybody(Phone()))

    def dies(subject: str, body: str, key: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_due(engine, [Channel("telegram", (EVERYBODY,), (EVERYBODY,), dies)], NOW)
    phone = Phone()
    assert sent(engine, phone, NOW + CLAIMED_FOR - MINUTE) == []
    assert len(sent(engine, phone, NOW + CLAIMED_FOR)) == 1


def test_after_a_day_a_message_is_given_up_and_says_why(engine: Engine) -> None:
    phone = Phone(refusals=99)
    live(engine, 0, [rule({WHOLE: KRITIS})], everybody(phone))
    sent(engine, phone, NOW + GIVEN_UP_AFTER + MINUTE)
    with reading(engine) as connection:
        (message,) = newest_messages(connection)
    assert (message.state, message.error) == ("gagal", "server menolak (451)")


def test_without_a_channel_the_message_is_kept_and_says_so(engine: Engine) -> None:
    assert live(engine, 0, [rule({WHOLE: KRITIS})], []) == 1
    with reading(engine) as connection:
        (message,) = newest_messages(connection)
    assert (message.state, message.channel) == ("tanpa saluran", "")


def test_the_pause_grows_to_ten_minutes() -> None:
    assert [pause_after(n).total_seconds() for n in (0, 1, 2, 7, 50)] == [5, 10, 20, 600, 600]
