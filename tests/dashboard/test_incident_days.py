"""Incidents packed by the day say what the incidents themselves say, whatever was kept or decided in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select

from dashboard.exploring.calls112.counted import sifted
from dashboard.exploring.calls112.counted_columns import counted_columns
from dashboard.exploring.calls112.reached_in_time import judged
from dashboard.exploring.calls112.stage_lengths import lengths
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.stages import LifeCycle, Stage, WithinLimit, stage_times, within_limit
from dashboard.store import calls112, recount_due
from dashboard.store.call_hours import call_hours
from dashboard.store.call_waits import call_waits
from dashboard.store.database import from_ms, reading, writing
from dashboard.store.incident_cases import CALL_MOMENTS, POINT, Case, cases_between
from dashboard.store.incident_columns import IncidentColumns, columns_between
from dashboard.store.incident_days import ABSENT, BLOCKS, MOMENTS, STATES, UNCOUNTED, incident_days
from dashboard.store.incident_links import IncidentLink, decide, incident_links, propose
from dashboard.store.incident_words import incident_words
from dashboard.store.meanings import codes
from dashboard.store.recount import recount_all
from datasources.calls112.records import Call, Incident
from tests.dashboard.incidents_kept import NOW, PACET, SOOKO, TWO_WEEKS, ask, incident, keep

SOURCES = ("kasus", "lain")
STAGES: tuple[Stage, ...] = ("answer", "processing", "turnout", "travel", "response", "handling", "total")
WORDS = ("category_raw", "class_raw", "opd", "kecamatan_code")
NAMES = ("source", *WORDS, "cancelled", "n_calls", "link", *POINT, *MOMENTS)
AFTER = st.none() | st.integers(-3, 40)
TOLD = st.fixed_dictionaries(
    {
        "source": st.sampled_from(SOURCES),
        "number": st.integers(0, 9),
        "minutes_ago": st.integers(0, 14 * 24 * 60),
        "ms": st.integers(0, 999),
        "category_raw": st.sampled_from(["KEBAKARAN", "MEDIS", "kata baru", "kata lain", ""]),
        "class_raw": st.sampled_from([None, "normal", "prank", "duplikat", "info"]),
        "opd": st.sampled_from([None, "", "BPBD", "Dinkes", "siapa"]),
        "kecamatan_code": st.sampled_from([None, PACET, SOOKO]),
        "cancelled": st.booleans(),
        "n_calls": st.sampled_from([None, 1, 4]),
        "lat": st.sampled_from([None, -7.6, -7.51]),
        "lon": st.sampled_from([None, 112.45, 112.5]),
        "first_call_id": st.sampled_from([None, "p0", "p1", "p2"]),
        "stages": st.fixed_dictionaries(dict.fromkeys(MOMENTS, AFTER)),
    }
)
CALLED = st.tuples(st.integers(0, 2), st.integers(0, 14 * 24 * 60), st.none() | st.integers(0, 300))
DECIDED = st.tuples(st.sampled_from(SOURCES), st.integers(0, 9), st.sampled_from(["diusulkan", "diterima", "ditolak"]))
STEPS = st.lists(
    st.tuples(st.lists(TOLD, max_size=8), st.lists(CALLED, max_size=2), st.lists(DECIDED, max_size=2), st.booleans()),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.booleans())
def test_packed_days_hold_exactly_what_the_incidents_hold(engine: Engine, steps: Any, counted_at_last: bool) -> None:
    empty(engine)
    for told, called, decided, count in steps:
        tell(engine, told, called, decided)
        if count:
            recount_all(engine)
    if counted_at_last:
        settle(engine)
    with reading(engine) as connection:
        cases = cases_between(connection, TWO_WEEKS.start, NOW, wanted=(*MOMENTS, *POINT, *CALL_MOMENTS))
        found = columns_between(connection, TWO_WEEKS.start, NOW, BLOCKS)
        classes = codes(connection, "class")
        kept, packed = sifted(cases, classes), counted_columns(connection, TWO_WEEKS, NOW, BLOCKS)
    assert Counter(rows(found)) == Counter(map(row_of, cases))
    assert Counter(rows(packed.columns)) == Counter(map(row_of, kept.cases))
    assert packed.newest == kept.newest
    assert packed.notes == kept.notes
    for stage in STAGES:
        expected = stage_times(cycles(kept.cases), stage)
        times = lengths(packed.columns, stage)
        assert list(times.times) == sorted(expected.times)
        assert (times.zero, times.negative, times.missing) == (expected.zero, expected.negative, expected.missing)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOLD, min_size=1, max_size=12))
def test_who_was_reached_in_time_is_judged_as_case_by_case(engine: Engine, told: list[dict[str, Any]]) -> None:
    empty(engine)
    tell(engine, told, [], [])
    settle(engine)
    at = NOW + timedelta(microseconds=500)
    with reading(engine) as connection:
        found = counted_columns(connection, TWO_WEEKS, at, ("arrived", "closed"))
        cases = sifted(
            cases_between(connection, TWO_WEEKS.start, at, wanted=("arrived", "closed")), codes(connection, "class")
        ).cases
    if not cases:
        return
    of_place = found.columns.having("kecamatan_code", (PACET,)).astype("int64")
    every, fires = judged(found, ["KEBAKARAN"], ["lain"], at).of_groups(of_place, 2)
    for place, of_all, of_fires in zip((False, True), every, fires, strict=True):
        here = [c for c in cases if (c.kecamatan_code == PACET) is place]
        for reached, those in ((of_all, here), (of_fires, [c for c in here if c.category_raw == "KEBAKARAN"])):
            timed = [LifeCycle(c.received, arrived=c.arrived, closed=c.closed) for c in those if c.source != "lain"]
            typed = WithinLimit(excluded=Counter({"waktu diketik tangan": len(those) - len(timed)}))
            assert reached.result == within_limit(timed, at) + typed
            assert reached.mean == stage_times(timed, "response").mean


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_every_question_is_answered_from_packed_days_as_from_incidents_that_wait_for_their_recount(
    engine: Engine, steps: Any
) -> None:
    empty(engine)
    for told, called, decided, _ in steps:
        tell(engine, told, called, decided)
    names = [q.id for q in QUESTIONS.values() if q.id.startswith("incidents112.")]
    settle(engine)
    packed = [ask(engine, name) for name in names]
    with writing(engine) as connection:
        for source in SOURCES:
            recount_due.mark(connection, "incidents", source, TWO_WEEKS.start - timedelta(days=400), NOW)
    assert [ask(engine, name) for name in names] == packed


def test_an_incident_that_moves_to_another_day_leaves_the_first(engine: Engine) -> None:
    told = incident(NOW - timedelta(days=5), incident_id="A")
    keep(engine, [told])
    settle(engine)
    keep(engine, [incident(NOW - timedelta(days=2), incident_id="A")])
    settle(engine)
    with reading(engine) as connection:
        found = columns_between(connection, NOW - timedelta(days=9), NOW)
        days = connection.execute(select(incident_days.c.day)).scalars().all()
    assert len(found) == 1
    assert days == [datetime(2026, 11, 20, 17, tzinfo=UTC)]


def test_a_call_told_after_its_incident_is_packed_with_it_even_across_midnight(engine: Engine) -> None:
    midnight = datetime(2026, 11, 20, 17, tzinfo=UTC)
    keep(engine, [incident(midnight + timedelta(minutes=1), first_call_id="p1")])
    settle(engine)
    entered = midnight - timedelta(minutes=2)
    keep(engine, [], [Call("p1", "112", t_enter=entered, t_answer=entered + timedelta(seconds=9))])
    settle(engine)
    with reading(engine) as connection:
        found = columns_between(connection, midnight, NOW, CALL_MOMENTS)
    assert [from_ms(int(found.cells[name][0])) for name in CALL_MOMENTS] == [entered, entered + timedelta(seconds=9)]


@pytest.mark.parametrize("state", ["diterima", "ditolak"])
def test_what_is_decided_about_a_duplicate_counts_at_once_and_after_the_recount(engine: Engine, state: Any) -> None:
    first, later = (incident(NOW - timedelta(days=2, minutes=m), incident_id=f"{m}") for m in (9, 4))
    keep(engine, [first, later])
    settle(engine)
    with writing(engine) as connection:
        propose(connection, [IncidentLink("kasus", later.incident_id, "kasus", first.incident_id, 5, None)], NOW)
        decide(connection, "kasus", later.incident_id, state, "sari", NOW)
    at_once = ask(engine, "incidents112.by_day")
    settle(engine)
    assert at_once == ask(engine, "incidents112.by_day")
    assert at_once.n == (1 if state == "diterima" else 2)


def test_an_old_correction_does_not_put_the_time_since_on_the_list(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=days)) for days in (900, 1)])
    with reading(engine) as connection:
        waiting = recount_due.due(connection)
    assert [piece.end - piece.start for piece in waiting if piece.what == "incidents"] == [timedelta(days=1)] * 2


def test_a_counted_period_is_answered_without_reading_an_incident(engine: Engine) -> None:
    keep(engine, [incident(arrived=9)])
    settle(engine)
    with writing(engine) as connection:
        connection.execute(delete(calls112.incidents))
    assert ask(engine, "incidents112.within_15").n == 1


def test_repeated_recounts_number_no_word_twice(engine: Engine) -> None:
    for _ in range(2):
        keep(engine, [incident(category_raw="kata baru"), incident(category_raw="kata lain")])
        settle(engine)
    with reading(engine) as connection:
        n, words = connection.execute(select(func.count(), func.count(incident_words.c.word.distinct()))).one()
    assert n == words


def tell(engine: Engine, told: Sequence[dict[str, Any]], called: Sequence[Any], decided: Sequence[Any]) -> None:
    for source in SOURCES:
        if made := [record(t) for t in told if t["source"] == source]:
            keep(engine, made, source=source)
    calls = {}
    for number, ago, wait in called:
        entered = NOW - timedelta(minutes=ago)
        answered = None if wait is None else entered + timedelta(seconds=wait)
        calls[number] = Call(f"p{number}", "112", t_enter=entered, t_answer=answered, wait_s=wait)
    with writing(engine) as connection:
        if calls:
            calls112.keep_calls(connection, "antrean", list(calls.values()), NOW)
        for source, number, state in decided:
            propose(connection, [IncidentLink(source, f"{number}", "kasus", "0", 5, None)], NOW)
            decide(connection, source, f"{number}", state, "sari", NOW)


def record(told: dict[str, Any]) -> Incident:
    given = {**told}
    received = NOW - timedelta(minutes=given.pop("minutes_ago")) + timedelta(milliseconds=given.pop("ms") - 1000)
    moments = {f"t_{name}": received + timedelta(minutes=n) for name, n in given.pop("stages").items() if n is not None}
    del given["source"]
    return Incident(incident_id=str(given.pop("number")), t_received=received, **given, **moments)


def settle(engine: Engine) -> None:
    """Until nothing waits: a recount of calls puts their incidents on the list."""
    while recount_all(engine):
        pass


def rows(found: IncidentColumns) -> list[tuple[Any, ...]]:
    cells = found.cells

    def cell(name: str, place: int) -> Any:
        value = cells[name][place].item()
        if name in WORDS:
            return found.words[value]
        if name == "n_calls":
            return None if value == UNCOUNTED else value
        if name in POINT:
            return None if value != value else value
        if name in ("received", *MOMENTS, *CALL_MOMENTS):
            return None if value == ABSENT else from_ms(value)
        return {"source": found.sources, "link": STATES}[name][value] if name != "cancelled" else value

    names = ("received", *NAMES, *CALL_MOMENTS)
    return [tuple(cell(name, place) for name in names) for place in range(len(found))]


def row_of(case: Case) -> tuple[Any, ...]:
    return tuple(getattr(case, name) for name in ("received", *NAMES, *CALL_MOMENTS))


def cycles(cases: Sequence[Case]) -> list[LifeCycle]:
    """As the questions understand a stage; "answer" is asked of what entered a queue, see life_cycle_stages."""
    return [
        LifeCycle(
            c.received, answered=c.call_answered, dispatched=c.dispatched, en_route=c.enroute, arrived=c.arrived,
            closed=c.closed,
        )
        for c in cases
    ]  # fmt: skip


def empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in (
            calls112.incidents, calls112.calls, incident_links, incident_days, recount_due.recount_due, call_hours,
            call_waits,
        ):  # fmt: skip
            connection.execute(delete(table))
