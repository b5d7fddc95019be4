"""Alerts: one row for each episode as it stands, and one appended line for everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from dashboard.formulas.alert_state import Alert, Event, Severity, State
from dashboard.store.database import UtcTime, id_column, metadata

alerts = Table(
    "alerts",
    metadata,
    id_column(),
    Column("rule", String(96), nullable=False),
    Column("place", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("beneath", String(16)),
    Column("severity", Integer, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("raised_at", UtcTime),
    Column("is_accepted", Boolean, nullable=False),
    Column("check_at", UtcTime),
    Column("waits_since", UtcTime),
    Column("eased_since", UtcTime),
    Column("times", Integer, nullable=False),
    Column("said", String(256), nullable=False),
    Column("cause", String(64), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("on_wall", Boolean, nullable=False, server_default=true()),
    Index("alerts_standing", "state", "rule", "place"),
    Index("alerts_by_time", "raised_at"),
)

alert_events = Table(
    "alert_events",
    metadata,
    id_column(),
    Column("alert", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("event", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("severity", Integer, nullable=False),
    Column("said", String(256), nullable=False),
    Column("by", String(128), nullable=False),
    Column("note", String(200), nullable=False),
    Index("alert_events_by_alert", "alert", "at"),
    Index("alert_events_by_time", "at"),
)

_OF_ALERT = ("state", "beneath", "severity", "since", "first_at", "raised_at", "is_accepted", "check_at",
             "waits_since", "eased_since", "times")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """An episode in the store: of which rule and place, how it stands, and the sentence that was true last.

    `cause`, `owner` and `on_wall` (counted on the wall) are the rule's when it began: the past stays as it was told.
    """

    id: int
    rule: str
    place: str
    alert: Alert
    said: str
    cause: str
    owner: str
    simulated: bool
    on_wall: bool = True


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an alert's history. `by` and `note` are a person's, and empty when a rule moved it."""

    alert: int
    at: datetime
    event: Event
    state: State
    severity: Severity
    said: str
    by: str = ""
    note: str = ""


def begin(connection: Connection, new: Kept) -> int:
    """Keep a new episode; returns its number, whatever number it came with."""
    values = {
        "rule": new.rule,
        "place": new.place,
        "said": new.said,
        "cause": new.cause,
        "owner": new.owner,
        "simulated": new.simulated,
        "on_wall": new.on_wall,
        **_columns(new.alert),
    }
    key = connection.execute(insert(alerts).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def move(connection: Connection, number: int, alert: Alert, said: str) -> None:
    """Keep how an episode stands now."""
    connection.execute(update(alerts).where(alerts.c.id == number).values(said=said, **_columns(alert)))


def drop(connection: Connection, number: int) -> None:
    """Forget a sign that went away before anybody was told; what was told is never dropped."""
    connection.execute(alerts.delete().where(alerts.c.id == number, alerts.c.raised_at.is_(None)))


def write_down(connection: Connection, happenings: Iterable[Happening]) -> None:
    """Append to the history."""
    rows = [
        {"alert": h.alert, "at": h.at, "event": h.event, "state": h.state, "severity": int(h.severity),
         "said": h.said, "by": h.by, "note": h.note}
        for h in happenings
    ]  # fmt: skip
    if rows:
        connection.execute(insert(alert_events), rows)


def standing(connection: Connection, locked: bool = False) -> list[Kept]:
    """Every episode that has not ended, signs included: the worst first, then the longest waiting.

    `locked` keeps others from moving them until the transaction ends: the rules and a person may meet at one alert.
    """
    c = alerts.c
    asked = select(alerts).where(c.state != State.CLOSED).order_by(c.severity.desc(), c.raised_at, c.id)
    return [_kept(r) for r in connection.execute(asked.with_for_update() if locked else asked)]


def one(connection: Connection, number: int, locked: bool = False) -> Kept | None:
    """An episode by its number; `locked` as in standing()."""
    asked = select(alerts).where(alerts.c.id == number)
    row = connection.execute(asked.with_for_update() if locked else asked).first()
    return None if row is None else _kept(row)


def raised_between(connection: Connection, start: datetime, end: datetime) -> list[Kept]:
    """The episodes that people were told of from `start` to `end` or that stood then, oldest first."""
    c = alerts.c
    stood = or_(c.state != State.CLOSED, c.since >= start)
    rows = connection.execute(select(alerts).where(c.raised_at < end, stood).order_by(c.raised_at, c.id))
    return [_kept(r) for r in rows]


def history(connection: Connection, number: int) -> list[Happening]:
    """What happened to one episode, oldest first."""
    e = alert_events.c
    rows = connection.execute(select(alert_events).where(e.alert == number).order_by(e.at, e.id))
    return [_happening(r) for r in rows]


def happenings_between(connection: Connection, start: datetime, end: datetime) -> list[Happening]:
    """What happened to all of them in [start, end), oldest first."""
    e = alert_events.c
    rows = connection.execute(select(alert_events).where(e.at >= start, e.at < end).order_by(e.at, e.id))
    return [_happening(r) for r in rows]


def stood_at(connection: Connection, at: datetime) -> list[tuple[Kept, Happening]]:
    """Every told alert that had not ended at a moment of the past, with the last that had happened to it then."""
    e = alert_events.c
    last = select(func.max(e.id).label("id")).where(e.at <= at).group_by(e.alert).subquery()
    rows = connection.execute(
        select(alert_events)
        .join(last, e.id == last.c.id)
        .where(and_(e.state != State.CLOSED))
        .order_by(e.severity.desc())
    )
    lines = [_happening(r) for r in rows]
    found = connection.execute(select(alerts).where(alerts.c.id.in_([line.alert for line in lines])))
    by_number = {r.id: _kept(r) for r in found}
    return [(by_number[line.alert], line) for line in lines]


def _columns(alert: Alert) -> dict[str, Any]:
    return {name: getattr(alert, name) for name in _OF_ALERT} | {"severity": int(alert.severity)}


def _kept(row: Row) -> Kept:
    values = {name: getattr(row, name) for name in _OF_ALERT}
    values |= {"state": State(row.state), "severity": Severity(row.severity)}
    values["beneath"] = State(row.beneath) if row.beneath else None
    return Kept(row.id, row.rule, row.place, Alert(**values), row.said, row.cause, row.owner, row.simulated,
                row.on_wall)  # fmt: skip


def _happening(row: Row) -> Happening:
    return Happening(row.alert, row.at, Event(row.event), State(row.state), Severity(row.severity), row.said, row.by,
                     row.note)  # fmt: skip
