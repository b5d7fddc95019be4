"""The time machine of one application: which moments there are, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Engine

from dashboard.clock import wib
from dashboard.exploring.asking import Asked, Desk
from dashboard.exploring.filters import NAMED, Filters, last_days
from dashboard.exploring.known_then import can_be_put_back
from dashboard.exploring.question import Question
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading
from dashboard.store.measurements import first_known
from layouts.access.door import DESK, door
from layouts.board import Board
from layouts.exploring.audience import may_ask, narrowed
from layouts.exploring.filter_bar import DEFAULT
from layouts.exploring.place import answer_id, body, foot
from layouts.time_machine.about import about
from layouts.time_machine.moment import asked_moment
from layouts.time_machine.past import Past

MACHINE = "mojokerto.time_machine"

Ask = Callable[[Question, Filters], Asked]
ListThen = Callable[[Engine, datetime], Any]


class TimeMachine:
    """`lists` are lists that a callback fills today, by id, each with the function that makes it as of a moment."""

    def __init__(self, engine: Engine, board: Board, desk: Desk, lists: Mapping[str, ListThen]) -> None:
        self._engine, self._board, self._desk, self._lists = engine, board, desk, lists

    def moment(self, text: object, now: datetime) -> datetime:
        """The moment asked for. Raises NoSuchMoment."""
        with reading(self._engine) as connection:
            first = first_known(connection)
        return asked_moment(text, now, first)

    def past(self, at: datetime) -> Past:
        """The panels as of a moment."""
        return self._board.past(at)

    @contextmanager
    def lists(self, at: datetime, page: Any = None) -> Iterator[Mapping[str, Callable[[], Any]]]:
        """The lists and answers of a page as of a moment, by the id of what a callback fills, made when one is met.

        The store of then is put together for the first answer that needs it and let go at the end.
        """
        with ExitStack() as opened:
            then = cache(lambda: opened.enter_context(self._desk.then(at)))
            answers = {
                str(answer_id(q.id)): partial(self._answer, q, at, then, page) for q in QUESTIONS.values() if _stands(q)
            }
            yield answers | {name: partial(make, self._engine, at) for name, make in self._lists.items()}

    def _answer(self, question: Question, at: datetime, then: Callable[[], Ask], page: Any) -> Any:
        """The answer over the twelve weeks before a moment, which is what a page asks first."""
        if not may_ask(question):
            return door(question.title, DESK)
        filters = about(page, narrowed(question, last_days(NAMED[DEFAULT], wib(at).date())))
        asked = self._desk.ask(question, filters, at) if question.as_known else then()(question, filters)
        return [*body(asked), foot(asked)]


def _stands(question: Question) -> bool:
    return question.as_known or can_be_put_back(question)
