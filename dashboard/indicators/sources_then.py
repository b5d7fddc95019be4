"""How each source stood at a moment of the past: the word its panels said then, and its ages to within five minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from dashboard.store import source_history, source_spells
from dashboard.store.source_history import Noted
from dashboard.store.source_states import SourceState, Told


def states_then(connection: Connection, states: Sequence[SourceState], at: datetime) -> list[SourceState]:
    """The present states turned into those of `at`. A source that was set up later is left out, as the panels did.

    Before the history of sources begins only its spells of answering are known: then failures are not told.
    """
    began = source_history.began(connection)
    if began is None or at < began:
        return _by_spells(connection, states, at)
    rows = source_history.around(connection, at)
    return [_as_noted(state, *rows[state.id], at) for state in states if state.id in rows]


def _by_spells(connection: Connection, states: Sequence[SourceState], at: datetime) -> list[SourceState]:
    answered, newest = (source_spells.last_at(connection, kind, at) for kind in ("answered", "data"))
    return [
        replace(
            s, answered_at=answered.get(s.id), newest_data_at=newest.get(s.id), asked_at=None, failures_in_row=0,
            broken_since=None, last_error="", told=Told.SPELLS,
        )
        for s in states
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tip:
    """How the source stood when its next row was written, or as it stands now: nothing changed since `heard`."""

    heard: datetime | None
    answered: datetime | None
    newest: datetime | None
    failures: int


def _as_noted(now: SourceState, held: Noted, later: Noted | None, at: datetime) -> SourceState:
    tip = (
        _Tip(now.asked_at, now.answered_at, now.newest_data_at, now.failures_in_row)
        if later is None
        else _Tip(later.heard_before, later.answered_before, later.newest_before, later.failures_before)
    )
    is_exact = tip.heard is None or tip.heard <= at
    return replace(
        now, contract=held.contract, told=Told.NOTED, asked_at=held.at, broken_since=held.broken_since,
        last_error=held.last_error, rows_total=held.rows_total, refused_total=held.refused_total,
        answered_at=tip.answered if is_exact else _answered(held, tip, at),
        newest_data_at=tip.newest if is_exact else _newest(held, tip, at),
        failures_in_row=tip.failures if is_exact else held.failures_in_row,
    )  # fmt: skip


def _answered(held: Noted, tip: _Tip, at: datetime) -> datetime | None:
    """Between two rows a source that answers does so in time: the moment itself is the nearest guess."""
    if held.failures_in_row or tip.answered is None:
        return held.answered_at
    return min(tip.answered, at)


def _newest(held: Noted, tip: _Tip, at: datetime) -> datetime | None:
    """As old as at the row, and no newer than they were before the next one.

    So the word is neither better than at the row nor worse than it was: the word of the row, which held until the next.
    """
    if held.newest_data_at is None or tip.newest is None:
        return held.newest_data_at
    return min(tip.newest, held.newest_data_at + (at - held.at))
