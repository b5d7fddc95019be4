"""Instructions (arahan): each as it stands, and one appended line for every turn it took."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    Text,
    func,
    insert,
    or_,
    select,
    update,
)

from dashboard.formulas.directive_course import Stage, Turn
from dashboard.store.database import UtcTime, id_column, metadata

directives = Table(
    "directives",
    metadata,
    id_column(),
    Column("what", String(300), nullable=False),
    Column("done_means", String(300), nullable=False),
    Column("indicator", String(96), nullable=False),
    Column("as_it_stood", String(256), nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("opd", String(64), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("asked_due_at", UtcTime),
    Column("given_by", String(128), nullable=False),
    Column("giver", BigInteger, nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("stage", String(32), nullable=False),
    Column("since", UtcTime, nullable=False),
    Index("directives_open", "stage", "due_at"),
    Index("directives_by_opd", "opd", "given_at"),
)

directive_turns = Table(
    "directive_turns",
    metadata,
    id_column(),
    Column("directive", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("turn", String(32), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("by", String(128), nullable=False),
    Column("words", Text, nullable=False),
    Column("evidence", String(500), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Index("directive_turns_by_directive", "directive", "at"),
    Index("directive_turns_by_time", "at"),
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One instruction. `as_it_stood` is the panel in words at `seen_at`; `giver` is the number of a person."""

    id: int
    what: str
    done_means: str
    indicator: str
    as_it_stood: str
    seen_at: datetime
    opd: str
    due_at: datetime
    asked_due_at: datetime | None
    given_by: str
    giver: int
    given_at: datetime
    stage: Stage
    since: datetime

    def is_overdue(self, at: datetime) -> bool:
        """Whether its day is over and it is not reported done: then it is the giver's turn."""
        return self.stage.is_open and self.stage is not Stage.REPORTED_DONE and at > self.due_at


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """One line of the history."""

    directive: int
    at: datetime
    turn: Turn
    stage: Stage
    by: str
    words: str
    evidence: str
    due_at: datetime


def add_directive(connection: Connection, new: Directive) -> int:
    """Keep a new one; returns its number, whatever number it came with."""
    values = {name: getattr(new, name) for name in Directive.__dataclass_fields__ if name != "id"}
    key = connection.execute(insert(directives).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def move_directive(
    connection: Connection, number: int, stage: Stage, since: datetime, due_at: datetime, asked: datetime | None
) -> None:
    """Keep where it stands now."""
    values = {"stage": stage, "since": since, "due_at": due_at, "asked_due_at": asked}
    connection.execute(update(directives).where(directives.c.id == number).values(values))


def add_turn(connection: Connection, turn: TurnTaken) -> None:
    """Append to the history."""
    values = {name: getattr(turn, name) for name in TurnTaken.__dataclass_fields__}
    connection.execute(insert(directive_turns).values(values))


def directive(connection: Connection, number: int, locked: bool = False) -> Directive | None:
    """One by its number; `locked` keeps others from moving it until the transaction ends."""
    asked = select(directives).where(directives.c.id == number)
    row = connection.execute(asked.with_for_update() if locked else asked).first()
    return None if row is None else _directive(row)


def directives_of(
    connection: Connection, opd: str | None = None, closed_since: datetime | None = None
) -> list[Directive]:
    """The open ones, and those that ended since a moment; the earliest due first. `opd` narrows to one agency."""
    c = directives.c
    is_open = c.stage.not_in([Stage.DONE, Stage.WITHDRAWN])
    wanted = is_open if closed_since is None else or_(is_open, c.since >= closed_since)
    asked = select(directives).where(wanted).order_by(c.due_at, c.id)
    return [_directive(r) for r in connection.execute(asked if opd is None else asked.where(c.opd == opd))]


def stood_at(connection: Connection, at: datetime, ended_since: datetime) -> list[tuple[Directive, TurnTaken]]:
    """Each that was open at a moment of the past, or had ended since another, with its last turn until then."""
    t = directive_turns.c
    last = select(func.max(t.id).label("id")).where(t.at <= at).group_by(t.directive).subquery()
    wanted = or_(t.stage.not_in([Stage.DONE, Stage.WITHDRAWN]), t.at >= ended_since)
    rows = connection.execute(select(directive_turns).join(last, t.id == last.c.id).where(wanted))
    turns = {row.directive: _turn(row) for row in rows}
    found = connection.execute(select(directives).where(directives.c.id.in_(turns)).order_by(directives.c.id))
    return [(_directive(row), turns[row.id]) for row in found]


def turns_of(connection: Connection, number: int) -> list[TurnTaken]:
    """The whole history of one, oldest first."""
    c = directive_turns.c
    rows = connection.execute(select(directive_turns).where(c.directive == number).order_by(c.at, c.id))
    return [_turn(r) for r in rows]


def directives_at(connection: Connection, at: datetime) -> list[Directive]:
    """Those that were open at a moment of the past, each at the stage and with the day it had then; earliest due first.

    Its turns are never rewritten, so they tell; a day that was only asked for is not yet the day.
    """
    c = directive_turns.c
    turns: dict[int, list[TurnTaken]] = {}
    for row in connection.execute(select(directive_turns).where(c.at <= at).order_by(c.at, c.id)):
        turns.setdefault(row.directive, []).append(_turn(row))
    kept = [_directive(r) for r in connection.execute(select(directives).where(directives.c.given_at <= at))]
    then = [_as_then(one, turns[one.id]) for one in kept if one.id in turns]
    return sorted((one for one in then if one.stage.is_open), key=lambda one: (one.due_at, one.id))


def _as_then(one: Directive, turns: list[TurnTaken]) -> Directive:
    stage = turns[-1].stage
    since = next(t.at for i, t in enumerate(turns) if all(later.stage is stage for later in turns[i:]))
    due = next((t.due_at for t in reversed(turns) if t.turn in (Turn.GIVE, Turn.GRANT_TIME)), one.due_at)
    asked = turns[-1].due_at if turns[-1].turn is Turn.ASK_TIME else None
    return replace(one, stage=stage, since=since, due_at=due, asked_due_at=asked)


def _directive(row: Row) -> Directive:
    values = {name: getattr(row, name) for name in Directive.__dataclass_fields__}
    return Directive(**{**values, "stage": Stage(row.stage)})


def _turn(row: Row) -> TurnTaken:
    values = {name: getattr(row, name) for name in TurnTaken.__dataclass_fields__}
    return TurnTaken(**{**values, "turn": Turn(row.turn), "stage": Stage(row.stage)})
