"""An answer asked again for a moment of the past is the answer that was given then, or says what was changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from dashboard import clock
from dashboard.exploring.filters import Filters
from dashboard.exploring.known_then import TODAYS_WORDS, can_be_put_back, store_then
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store import recount_due
from dashboard.store.database import reading, writing
from dashboard.store.incident_links import IncidentLink, decide, propose
from dashboard.store.recount import recount_all
from datasources.calls112.records import AgentSpell, Call, Incident, OutboundCall
from tests.dashboard.asked_calls import MONDAY, answered, ask, classified, gave_up, put, recap, wib

THEN = wib(MONDAY + timedelta(days=9), 14)
LATER = THEN + timedelta(days=12)
FILTERS = Filters(MONDAY - timedelta(days=21), MONDAY + timedelta(days=9))
NAMES = sorted(name for name, question in QUESTIONS.items() if question.family == "112" and can_be_put_back(question))
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("at_midnight", [False, True])
def test_every_question_about_112_is_answered_as_it_was_then(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, at_midnight: bool
) -> None:
    then = clock.day_start(THEN) if at_midnight else THEN
    keep_history(engine, then)
    given = {name: ask(engine, name, FILTERS, then) for name in NAMES}
    told_later(engine, then)
    asked_now = {name: ask(engine, name, FILTERS, then) for name in NAMES}
    with store_then(engine, then) as store:
        assert store.changed == {}
        again = {name: store.ask(QUESTIONS[name], FILTERS) for name in NAMES}
    assert {name: said(answer) for name, answer in again.items()} == {name: said(a) for name, a in given.items()}
    differ = {name for name in NAMES if said(asked_now[name]) != said(given[name])}
    assert len(differ) > 20, "what came later would have changed hardly any answer"
    assert all(answer.rows or answer.missing for answer in given.values())


def test_rows_that_were_corrected_later_are_counted_in_the_first_sentence(engine: Engine) -> None:
    keep_history(engine, THEN)
    corrected = replace(a_fire(3), category_raw="Banjir")
    put(engine, [corrected], [answered(wib(MONDAY, 9), 99, call_id="c0")], known_at=LATER)
    with store_then(engine, THEN) as store:
        categories = store.ask(QUESTIONS["incidents112.categories"], FILTERS)
        by_day = store.ask(QUESTIONS["calls112.by_day"], FILTERS)
        classes = store.ask(QUESTIONS["calls112.classes"], FILTERS)
    assert categories.notes[0].startswith("1 baris kejadian yang sudah diketahui saat itu diubah setelahnya")
    assert by_day.notes[0].startswith("1 baris panggilan yang sudah diketahui")
    assert "1 baris panggilan" in classes.notes[0]


def test_a_row_that_is_told_again_and_says_the_same_was_not_changed(engine: Engine) -> None:
    keep_history(engine, THEN)
    keep_history(engine, LATER)
    with store_then(engine, THEN) as store:
        assert store.changed == {}


def test_a_call_that_was_waiting_then_waits_then(engine: Engine) -> None:
    waiting = Call("w", "112", t_enter=THEN - timedelta(seconds=40))
    put(engine, [waiting], known_at=THEN - timedelta(seconds=40))
    given = ask(engine, "desk112.queue_now", FILTERS, THEN)
    put(engine, [answered(waiting.t_enter or THEN, 60, call_id="w")], known_at=THEN + MINUTE)
    with store_then(engine, THEN) as store:
        again = store.ask(QUESTIONS["desk112.queue_now"], FILTERS)
        answering = store.ask(QUESTIONS["calls112.answering"], FILTERS)
    assert said(again) == said(given)
    assert again.rows
    assert answering.notes[0].startswith("1 baris panggilan")


def test_recaps_that_were_written_later_are_said_not_to_be_counted(engine: Engine) -> None:
    start, end = wib(MONDAY - timedelta(days=14)), wib(MONDAY - timedelta(days=7))
    put(engine, recap(start, end, "calls", {"masuk": 40}), known_at=LATER)
    with store_then(engine, THEN) as store:
        answer = store.ask(QUESTIONS["calls112.by_week"], FILTERS)
    assert answer.notes[0].startswith("1 angka rekap ditulis setelahnya")
    assert not answer.rows


def test_changes_from_before_changes_were_noted_are_admitted(engine: Engine) -> None:
    keep_history(engine, THEN)
    with store_then(engine, THEN) as store:
        answer = store.ask(QUESTIONS["calls112.by_day"], FILTERS)
    assert "tidak dicatat; yang diubah bernilai sekarang" in answer.notes[0]
    assert answer.notes[-1] == TODAYS_WORDS


def test_asking_of_then_leaves_no_trace_in_the_store(engine: Engine) -> None:
    keep_history(engine, THEN)
    told_later(engine, THEN)
    before = counted(engine)
    for _ in range(2):
        with store_then(engine, THEN) as store:
            store.ask(QUESTIONS["calls112.by_day"], FILTERS)
    with pytest.raises(ZeroDivisionError), store_then(engine, THEN):
        _ = 1 / 0
    assert counted(engine) == before


def test_what_was_not_recounted_yet_is_counted_of_then_all_the_same(engine: Engine) -> None:
    keep_history(engine, THEN)
    given = ask(engine, "calls112.by_day", FILTERS, THEN)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM call_days"))
        connection.execute(text("DELETE FROM call_hours"))
        recount_due.mark(connection, "calls", "antrean", FILTERS.start, THEN)
    with store_then(engine, THEN) as store:
        assert said(store.ask(QUESTIONS["calls112.by_day"], FILTERS)) == said(given)


def keep_history(engine: Engine, known_at: datetime) -> None:
    """Sixteen days of calls, incidents, classes and logins until a moment, all of them known by then."""
    days = [MONDAY + timedelta(days=n) for n in range(-7, 9)]
    put(
        engine,
        [answered(wib(day, 9 + n, n), 5 * n, call_id=f"{day}{n}") for day in days for n in range(6)],
        [gave_up(wib(day, 8, 10), 20, call_id=f"{day}x") for day in days],
        [classified(wib(day, 9 + n, n), ("normal", "prank")[n % 2], code=None) for day in days for n in range(4)],
        [AgentSpell("a1", "112", "login", wib(day, 7), wib(day, 15)) for day in days],
        [a_fire(n) for n in range(30)],
        [answered(wib(MONDAY, 9), 4, call_id="c0")],
        known_at=known_at,
    )


def told_later(engine: Engine, then: datetime) -> None:
    """What became known after the moment: rows of before and of after it, decisions, and a login that still lasts."""
    before, after = then - timedelta(hours=30), then + timedelta(hours=3)
    late = [answered(moment + n * MINUTE, 90, call_id=f"l{n}{moment}") for moment in (before, after) for n in range(9)]
    put(
        engine,
        late,
        [classified(before + n * MINUTE, "prank", number=n) for n in range(5)],
        [AgentSpell("a2", "112", "login", before, None)],
        [OutboundCall("o", before, None, True)],
        [a_fire(100 + n, received=before + n * MINUTE) for n in range(7)],
        [a_fire(200 + n, received=after + n * MINUTE) for n in range(7)],
        known_at=LATER,
    )
    with writing(engine) as connection:
        propose(connection, [IncidentLink("antrean", "k5", "antrean", "k4", 3.0, 10.0)], LATER)
        decide(connection, "antrean", "k5", "diterima", "sari", LATER)
    recount_all(engine)


def a_fire(number: int, received: datetime | None = None) -> Incident:
    """An incident of its own hour, reached and closed the same day."""
    at = received or wib(MONDAY - timedelta(days=number % 14), number % 20, 5)
    return Incident(
        f"k{number}", at, ("Kebakaran", "Kecelakaan", "aneh")[number % 3], opd="Damkar",
        kecamatan_code=("35.16.03", "35.16.13")[number % 2], lat=-7.6 - number / 500, lon=112.5, n_calls=1 + number % 3,
        t_dispatched=at + 2 * MINUTE, t_arrived=at + (9 + number % 9) * MINUTE,
        t_closed=None if number % 10 == 9 else at + 50 * MINUTE, first_call_id="c0" if number == 3 else None,
    )  # fmt: skip


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, without the sentences that only the past adds."""
    added = ("tidak dicatat; yang diubah bernilai sekarang", TODAYS_WORDS)
    notes = [note for note in answer.notes if not note.endswith(tuple(f"{end.rstrip('.')}." for end in added))]
    return [dict(row) for row in answer.rows], answer.n, answer.data_time, answer.missing, notes


def counted(engine: Engine) -> list[int]:
    names = (
        "calls",
        "incidents",
        "call_hours",
        "call_days",
        "class_hours",
        "class_days",
        "incident_days",
        "recount_due",
    )
    with reading(engine) as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names]
