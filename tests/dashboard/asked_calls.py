"""Calls in a store and questions asked of it: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine

from dashboard.clock import WIB
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep
from dashboard.store.notes import add_note
from dashboard.store.recount import recount_all
from datasources.calls112.records import Call, CallClass, RecapCount
from datasources.contract import Record

MONDAY = date(2026, 11, 23)
WEEK = Filters(MONDAY, MONDAY + timedelta(days=6))


def wib(day: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment on the clock of Mojokerto, in UTC."""
    return datetime.combine(day, time(hour, minute, second), WIB).astimezone(UTC)


NOW = wib(MONDAY + timedelta(days=7), 1)
"""Monday 01.00 WIB after the week."""


def answered(enter: datetime, wait: int, talk: int | None = 60, **given: Any) -> Call:
    """An answered call that ended."""
    given = {"call_id": f"{enter:%Y%m%d%H%M%S}.{wait}", "queue": "112", **given}
    return Call(
        t_enter=enter, t_answer=enter + timedelta(seconds=wait), wait_s=wait, talk_s=talk, outcome="answered", **given
    )


def gave_up(enter: datetime, wait: int | None, outcome: Any = "abandoned", **given: Any) -> Call:
    """A call that nobody answered."""
    given = {"call_id": f"{enter:%Y%m%d%H%M%S}.x", "queue": "112", **given}
    return Call(t_enter=enter, wait_s=wait, outcome=outcome, **given)


def classified(enter: datetime, word: str, number: object = "", code: str | None = None) -> CallClass:
    """What an agent wrote a call down as."""
    return CallClass(f"{enter:%Y%m%d%H%M%S}.{number}", enter, word, code)


def recap(start: datetime, end: datetime, subject: Any, counts: Mapping[str, int]) -> list[RecapCount]:
    """One period of a recap."""
    return [RecapCount(start, end, subject, label, n, file="rekap.xlsx") for label, n in counts.items()]


def put(engine: Engine, *batches: Iterable[Record], source: str = "antrean", known_at: datetime = NOW) -> None:
    """Keep records through the keepers, each batch of one kind, and count them."""
    with writing(engine) as connection:
        for batch in batches:
            keep(connection, source, list(batch), known_at)
    recount_all(engine)


def note(engine: Engine, start: datetime, kind: Any = "perubahan definisi", text: str = "definisi baru") -> None:
    """A user's note about 112."""
    with writing(engine) as connection:
        add_note(connection, "112", start, None, kind, text, "analis", start)


def ask(engine: Engine, name: str, filters: Filters = WEEK, at: datetime = NOW) -> Answer:
    """The answer to a question, by its id."""
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, filters, at)


def row(answer: Answer, **wanted: Any) -> Mapping[str, Any]:
    """The one row whose cells are these."""
    (found,) = [r for r in answer.rows if all(r.get(key) == value for key, value in wanted.items())]
    return found
