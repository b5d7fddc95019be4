"""The counts of 112 as they were at a moment: days with rows that came later are counted again, the others stay.

Needs the rows of that moment (rows_then) in the same transaction, for it counts from them by the same functions.
Incidents and hours of work are read from their rows where a day waits for its recount: of them the days are only named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, text

from dashboard.store import recount_due
from dashboard.store.agent_spells import EVERY_SOURCE, SPELLS
from dashboard.store.call_hours import call_days, call_hours, recount_calls
from dashboard.store.call_waits import call_waits
from dashboard.store.class_hours import class_days, class_hours, recount_classes
from dashboard.store.counts_again import beside, empty
from dashboard.store.database import from_ms, to_ms
from dashboard.store.recount_due import DAY, Due, wib_day
from dashboard.store.rows_then import LATER, store_itself


@dataclass(frozen=True, slots=True)
class _Counted:
    """Rows and the column by which a day is theirs; the tables counted from them, each with its moment; and how."""

    what: str
    moment: str
    tables: tuple[tuple[Table, str], ...] = ()
    recount: Callable[[Connection, Due], None] | None = None
    linked: tuple[str, ...] = ()


_LINKED = (
    "JOIN {own}.incident_links l ON l.source = r.source AND l.incident_id = r.incident_id "
    "WHERE (l.proposed_at > {at} OR l.decided_at > {at})",
    "JOIN {own}.calls c ON c.call_id = r.first_call_id WHERE (c.known_at > {at} OR c.restated_at > {at})",
)
"""What else is packed with an incident: whether it is a duplicate, and its first call. Joined, because PostgreSQL looks
through such a list again for each incident when it stands in an OR.
"""
_COUNTED = (
    _Counted("calls", "t_enter", ((call_hours, "hour"), (call_days, "day"), (call_waits, "day")), recount_calls),
    _Counted("call_classes", "at", ((class_hours, "hour"), (class_days, "day")), recount_classes),
    _Counted("incidents", "t_received", linked=_LINKED),
)


def cover_counts(connection: Connection, at: datetime) -> None:
    """Cover the counts of 112 with those of `at`."""
    own = store_itself(connection)
    _cover_list(connection, own)
    for counted in _COUNTED:
        _name_days(connection, own, counted, at)
    _name_days_of_work(connection, own, at)
    for counted in _COUNTED:
        if counted.recount is not None:
            _cover(connection, own, counted, counted.recount, at)


def _cover_list(connection: Connection, own: str) -> None:
    empty(connection, recount_due.recount_due)
    connection.execute(text(f"INSERT INTO recount_due SELECT * FROM {own}.recount_due"))  # noqa: S608


def _name_days(connection: Connection, own: str, counted: _Counted, at: datetime) -> None:
    """The day of the moment itself is among them: its later hours have rows that came later."""
    ahead = " OR ".join(f'r."{name}" > {{at}}' for name in LATER.get(counted.what, {}) if name.startswith("t_"))
    came = f"WHERE (r.known_at > {{at}} OR r.restated_at > {{at}}{' OR ' if ahead else ''}{ahead})"
    day = f'(r."{counted.moment}" + {recount_due.WIB_MS}) / {recount_due.DAY_MS}'
    until = f'r."{counted.moment}" < {to_ms(wib_day(at) + DAY)}'
    asked = " UNION ".join(
        f'SELECT r.source, {day} FROM {own}."{counted.what}" r {which.format(own=own, at=to_ms(at))} AND {until}'  # noqa: S608
        for which in (came, *counted.linked)
    )
    days: dict[str, list[datetime]] = {}
    for source, number in connection.execute(text(asked)).all():
        begins = from_ms(int(number) * recount_due.DAY_MS - recount_due.WIB_MS)
        assert begins is not None  # noqa: S101 - a number is always a moment
        days.setdefault(source, []).append(begins)
    for source, found in days.items():
        recount_due.mark_days(connection, counted.what, source, found)


def _name_days_of_work(connection: Connection, own: str, at: datetime) -> None:
    """From the first login that was still open or came later: those before it are counted for good."""
    first = connection.execute(
        text(
            f"SELECT min(start) FROM {own}.agent_spells WHERE start <= {to_ms(at)} AND "  # noqa: S608
            f'(known_at > {to_ms(at)} OR restated_at > {to_ms(at)} OR "end" > {to_ms(at)} OR "end" IS NULL)'
        )
    ).scalar()
    begun = from_ms(first)
    if begun is not None:
        recount_due.mark(connection, SPELLS, EVERY_SOURCE, begun, at)


def _cover(
    connection: Connection, own: str, counted: _Counted, recount: Callable[[Connection, Due], None], at: datetime
) -> None:
    """The counted tables as empty ones, the named days counted into them, then both together under the old names."""
    for table, _ in counted.tables:
        empty(connection, table)
    for piece in recount_due.due(connection):
        if piece.what == counted.what:
            recount(connection, piece)
    for table, moment in counted.tables:
        _together(connection, own, table, moment, counted.what, at)


def _together(connection: Connection, own: str, table: Table, moment: str, what: str, at: datetime) -> None:
    cells = ", ".join(f'm."{column.name}"' for column in table.c)
    beside(
        connection,
        table,
        f'SELECT {cells} FROM {own}.{table.name} m WHERE m."{moment}" < {to_ms(wib_day(at) + DAY)} AND NOT EXISTS '  # noqa: S608
        f"(SELECT 1 FROM recount_due d WHERE d.what = '{what}' AND d.source = m.source "
        f'AND m."{moment}" >= d.start AND m."{moment}" < d."end")',
    )
