"""When agents were there, from their logins and pauses: never who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from dashboard.formulas.agents_present import Spell, present
from dashboard.store.agent_spells import first_spell_at, spells_between
from dashboard.store.staffed_hours import staffed_hours

HOUR = timedelta(hours=1)


def staffed_seconds(connection: Connection, start: datetime, end: datetime) -> int | None:
    """Seconds of work of all agents in [start, end), `start` a whole hour; None when logins are not known from its
    beginning.
    """
    known_from = first_spell_at(connection)
    if known_from is None or known_from >= end or known_from > start:
        return None
    return int(staffed_hours(connection, start, end).sum(dtype=np.int64))


def staffed_per(connection: Connection, begins: Sequence[datetime], end: datetime) -> list[int | None]:
    """`staffed_seconds` from each beginning to the next, the last to `end`; beginnings whole hours in order."""
    known_from = first_spell_at(connection)
    if known_from is None or known_from >= end:
        return [None] * len(begins)
    hours = staffed_hours(connection, begins[0], end)
    sums = np.add.reduceat(hours, [(begin - begins[0]) // HOUR for begin in begins], dtype=np.int64).tolist()
    return [s if known_from <= begin else None for begin, s in zip(begins, sums, strict=True)]


def agents_by_hour(connection: Connection, start: datetime, end: datetime) -> np.ndarray | None:
    """Seconds of work in each hour of [start, end), whole hours; None when no login is known."""
    known_from = first_spell_at(connection)
    if known_from is None or known_from >= end:
        return None
    return staffed_hours(connection, start, end)


def present_now(connection: Connection, at: datetime) -> tuple[int, int] | None:
    """(agents logged in and not paused, agents paused) at a moment; None when no login was ever told."""
    if first_spell_at(connection) is None:
        return None
    now = _seconds(at)
    spells = _spells(connection, at, datetime.fromtimestamp(now + 1, UTC))
    logged_in = {spell.agent for spell in spells if spell.kind == "login"}
    working = present(spells, now, now + 1)
    return len(working), len(logged_in - set(working))


def _spells(connection: Connection, start: datetime, end: datetime) -> list[Spell]:
    """Whole seconds on one clock; the code of an agent only tells spells apart."""
    return [
        Spell(agent, kind, begin // 1000, None if over is None else over // 1000)
        for agent, kind, begin, over in spells_between(connection, start, end)
    ]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
