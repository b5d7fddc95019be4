"""The calls of the queue that have not ended, and the callers who gave up: for the desk's own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from dashboard.store.calls112 import calls
from dashboard.store.outbound_calls import outbound_calls


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A call without an end: waiting, or talking since `answered`."""

    entered: datetime
    answered: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call that ended or was answered. `code` tells callers apart and stays inside the formula."""

    entered: datetime
    outcome: str | None
    wait_s: int | None
    code: str | None

    @property
    def ended_waiting(self) -> datetime:
        """When it was answered or given up."""
        return self.entered + timedelta(seconds=self.wait_s or 0)


def unfinished_calls(connection: Connection, since: datetime, at: datetime) -> list[Unfinished]:
    """Calls entered in [since, at] of which no end is known, oldest first."""
    c = calls.c
    rows = connection.execute(
        select(c.t_enter, c.t_answer)
        .where(c.t_enter >= since, c.t_enter <= at, c.outcome.is_(None), c.t_end.is_(None))
        .order_by(c.t_enter)
    )
    return [Unfinished(*row) for row in rows]


def attempts_between(connection: Connection, since: datetime, at: datetime) -> list[Attempt]:
    """Every call entered in [since, at], oldest first; one that is being answered counts as answered."""
    c = calls.c
    rows = connection.execute(
        select(c.t_enter, c.outcome, c.wait_s, c.caller_hash, c.t_answer)
        .where(c.t_enter >= since, c.t_enter <= at)
        .order_by(c.t_enter)
    )
    return [Attempt(r[0], r[1] or ("answered" if r[4] else None), r[2], r[3]) for r in rows]


def rung_back(connection: Connection, since: datetime, at: datetime) -> dict[str, list[tuple[datetime, bool | None]]]:
    """Code of a caller → when the centre rang and whether somebody answered, in [since, at]."""
    c = outbound_calls.c
    rows = connection.execute(
        select(c.called_hash, c.at, c.answered)
        .where(c.at >= since, c.at <= at, c.called_hash.is_not(None))
        .order_by(c.at)
    )
    found: dict[str, list[tuple[datetime, bool | None]]] = {}
    for code, rung, answered in rows:
        found.setdefault(code, []).append((rung, answered))
    return found


def ever_rung_out(connection: Connection) -> bool:
    """Whether any source tells of calls that the centre makes."""
    return connection.execute(select(outbound_calls.c.at).limit(1)).first() is not None
