"""Counts by the hour are those of the calls themselves, whatever came in which order and however often."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from dashboard import clock
from dashboard.store import call_classes, calls112, class_hours, recount_due
from dashboard.store.call_hours import call_days, call_hours
from dashboard.store.call_waits import call_waits, waits_between
from dashboard.store.calls112 import calls, keep_calls
from dashboard.store.calls_counted import CallHour, days_between, hours_between, weeks_between
from dashboard.store.database import reading, writing
from dashboard.store.recount import recount_all
from datasources.calls112.records import Call, CallClass

START = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
FOREVER = (START - timedelta(days=40), START + timedelta(days=40))

CALLS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["answered", "abandoned", "timeout", None])), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CALLS, min_size=1, max_size=4), st.booleans())
def test_counts_by_the_hour_equal_the_calls_counted_one_by_one(
    engine: Engine, batches: list[list[tuple[int, str | None]]], each: bool
) -> None:
    empty(engine)
    for batch in batches:
        made = {number: call(number, 37 * number, outcome) for number, outcome in batch}
        keep(engine, list(made.values()))
        if each:
            recount_all(engine)
    recount_all(engine)
    assert counted(engine) == counted_one_by_one(engine)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 20 * 24 * 60), max_size=15), st.integers(0, 500), st.integers(0, 500))
def test_days_and_weeks_hold_the_hours_of_a_period_that_begins_and_ends_at_any_of_them(
    engine: Engine, minutes: list[int], first: int, length: int
) -> None:
    empty(engine)
    keep(engine, [call(number, at, "answered") for number, at in enumerate(minutes)])
    recount_all(engine)
    start = START.replace(minute=0) + timedelta(hours=first)
    span = (start, start + timedelta(hours=length))
    with reading(engine) as connection:
        hours, days, weeks = (read(connection, *span) for read in (hours_between, days_between, weeks_between))
    by_day, by_week = Counter[date](), Counter[date]()
    for hour in hours:
        day = clock.wib(hour.hour).date()
        by_day[day] += hour.offered
        by_week[day - timedelta(days=day.weekday())] += hour.offered
    assert {clock.wib(d.hour).date(): d.offered for d in days} == by_day
    assert {clock.wib(w.hour).date(): w.offered for w in weeks} == by_week
    assert sum(d.talked_s for d in days) == sum(h.talked_s for h in hours) == sum(w.talked_s for w in weeks)


def test_an_end_that_comes_alone_recounts_the_hour_in_which_its_call_entered(engine: Engine) -> None:
    enter = START
    keep(engine, [Call("1", "112", t_enter=enter)])
    recount_all(engine)
    end = enter + timedelta(minutes=200)
    keep(engine, [Call("1", "112", t_end=end, wait_s=30, talk_s=11_970, outcome="answered")])
    recount_all(engine)
    with reading(engine) as connection:
        assert [(h.hour.hour, h.offered, h.answered, h.talked_s) for h in hours_between(connection, *FOREVER)] == [
            (15, 1, 1, 11_970)
        ]
        assert waits_between(connection, *FOREVER) == {"answered": {30: 1}}


def test_a_second_delivery_of_the_same_calls_counts_nothing_twice(engine: Engine) -> None:
    for _ in range(2):
        keep(engine, [call(1, 5, "abandoned"), call(2, 70, "answered")])
        recount_all(engine)
    with reading(engine) as connection:
        assert sum(h.offered for h in hours_between(connection, *FOREVER)) == 2


def test_what_is_counted_is_off_the_list_and_a_later_batch_is_on_it_again(engine: Engine) -> None:
    keep(engine, [call(1, 5, "answered")])
    assert recount_all(engine) == 1
    assert recount_all(engine) == 0
    keep(engine, [call(2, 6, "answered")])
    assert recount_all(engine) == 1


def test_years_at_once_are_counted_in_pieces_of_a_month(engine: Engine) -> None:
    keep(engine, [Call("1", "112", t_enter=START - timedelta(days=365)), Call("2", "112", t_enter=START)])
    with reading(engine) as connection:
        pieces = recount_due.due(connection)
    assert len(pieces) == 12
    assert {p.start for p in pieces[1:]} == {p.end for p in pieces[:-1]}
    recount_all(engine)
    with reading(engine) as connection:
        span = hours_between(connection, START - timedelta(days=400), START + timedelta(days=1))
    assert [h.offered for h in span] == [1, 1]


def test_waits_belong_to_the_day_in_wib(engine: Engine) -> None:
    before, after = datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC), datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    keep(
        engine,
        [Call("1", "112", before, wait_s=1, outcome="abandoned"), Call("2", "112", after, wait_s=2, outcome="timeout")],
    )
    recount_all(engine)
    with reading(engine) as connection:
        assert waits_between(connection, after - timedelta(days=1), after) == {"abandoned": {1: 1}}
        assert waits_between(connection, after, after + timedelta(days=1)) == {"timeout": {2: 1}}


@pytest.mark.parametrize(("wait_s", "short"), [(0, 1), (5, 1), (6, 0)])
def test_an_abandoned_call_is_short_up_to_five_seconds(engine: Engine, wait_s: int, short: int) -> None:
    keep(engine, [Call("1", "112", t_enter=START, wait_s=wait_s, outcome="abandoned")])
    recount_all(engine)
    with reading(engine) as connection:
        assert [h.short_abandoned for h in hours_between(connection, *FOREVER)] == [short]


def test_a_corrected_class_is_counted_once_as_what_it_is_now(engine: Engine) -> None:
    for word in ("prank", "normal"):
        with writing(engine) as connection:
            call_classes.keep_call_classes(connection, "issabel", [CallClass("1", START, word)], START)
        recount_all(engine)
    with reading(engine) as connection:
        assert class_hours.classes_between(connection, *FOREVER) == Counter({"normal": 1})


def call(number: int, minutes: int, outcome: str | None) -> Call:
    enter = START + timedelta(minutes=minutes)
    answered = outcome == "answered"
    return Call(
        str(number), "112", enter, enter + timedelta(seconds=9) if answered else None, None,
        None if outcome is None else minutes % 20, 60 if answered else None, None, outcome,  # type: ignore[arg-type]
    )  # fmt: skip


def keep(engine: Engine, made: list[Call]) -> None:
    if made:
        with writing(engine) as connection:
            keep_calls(connection, "antrean", made, START)


def empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in (calls112.calls, call_hours, call_days, call_waits, recount_due.recount_due):
            connection.execute(delete(table))


def counted(engine: Engine) -> list[CallHour]:
    with reading(engine) as connection:
        return hours_between(connection, *FOREVER)


def counted_one_by_one(engine: Engine) -> list[CallHour]:
    found: dict[datetime, Counter[str]] = {}
    with reading(engine) as connection:
        for row in connection.execute(select(calls)):
            hour = found.setdefault(row.t_enter.replace(minute=0), Counter())
            hour["offered"] += 1
            hour[row.outcome or "waiting"] += 1
            hour["short"] += row.outcome == "abandoned" and row.wait_s <= 5
            if row.outcome == "answered":
                hour.update(waited_s=row.wait_s, waited_n=1, talked_s=row.talk_s or 0, talked_n=row.talk_s is not None)
    return [
        CallHour(hour, c["offered"], c["answered"], c["abandoned"], c["short"], c["timeout"], c["unknown"],
                 c["waited_s"], c["waited_n"], c["talked_s"], c["talked_n"])
        for hour, c in sorted(found.items())
    ]  # fmt: skip
