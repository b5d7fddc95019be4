"""A family of questions asked before and after the store changed, and asked again for the moment before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.known_then import store_then
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading
from tests.dashboard.noted_rows import note_from, noted_at


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, its own notes included."""
    return [dict(row) for row in answer.rows], answer.n, answer.data_time, answer.missing, list(answer.marks)


def ask_now(engine: Engine, names: Sequence[str], filters: Filters, at: datetime) -> dict[str, Answer]:
    with reading(engine) as connection:
        return {name: QUESTIONS[name].ask(connection, filters, at) for name in names}


def differing_from_then(
    engine: Engine,
    names: Sequence[str],
    then: datetime,
    first: Callable[[Engine], None],
    later: Callable[[Engine], None],
    filters: Filters | None = None,
) -> set[str]:
    """Asserts that `names` are answered as they were before `later`; the questions whose answer of today differs."""
    chosen = filters or last_days(366, then.date())
    note_from(engine, then - timedelta(days=400))
    with noted_at(engine, then - timedelta(hours=1)):
        first(engine)
    given = ask_now(engine, names, chosen, then)
    with noted_at(engine, then + timedelta(hours=5)):
        later(engine)
    now = ask_now(engine, names, chosen, then)
    with store_then(engine, then) as store:
        again = {name: store.ask(QUESTIONS[name], chosen) for name in names}
    for name in names:
        assert said(again[name]) == said(given[name]), name
        assert set(given[name].notes) <= set(again[name].notes), name
        assert not any("tidak dicatat" in note for note in again[name].notes), name
    return {name for name in names if said(now[name]) != said(given[name])}
