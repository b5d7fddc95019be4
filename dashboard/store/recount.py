"""Counting again what a batch touched: which count belongs to which rows."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from dashboard.store import recount_due
from dashboard.store.agent_spells import SPELLS
from dashboard.store.air_recount import recount_stations
from dashboard.store.call_hours import recount_calls
from dashboard.store.class_hours import recount_classes
from dashboard.store.database import reading, writing
from dashboard.store.incident_days import recount_incidents
from dashboard.store.recount_due import Due
from dashboard.store.staffed_hours import recount_staffed

COUNTS: dict[str, Callable[[Connection, Due], None]] = {
    "calls": recount_calls,
    "call_classes": recount_classes,
    "incidents": recount_incidents,
    SPELLS: recount_staffed,
}


def recount_all(engine: Engine, air_budget_s: float | None = None) -> int:
    """Recount everything on the lists, a piece per transaction; returns the number of pieces.

    `air_budget_s` is how long stations of air may take now; the rest of them wait for the next round.
    """
    with reading(engine) as connection:
        pieces = recount_due.due(connection)
    for piece in pieces:
        with writing(engine) as connection:
            # Off the list first: a batch that is being kept now waits here or puts itself on the list again.
            recount_due.done(connection, piece)
            COUNTS[piece.what](connection, piece)
    return len(pieces) + recount_stations(engine, air_budget_s)
