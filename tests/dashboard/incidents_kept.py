"""A store with incidents in it, and questions asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.store import calls112, ingestion_log
from dashboard.store.database import reading, writing
from dashboard.store.import_findings import ImportFinding, set_findings
from dashboard.store.incident_links import IncidentLink, decide, propose
from dashboard.store.recount import recount_all
from datasources.calls112.records import Call, Incident

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
"""Senin, 23 November 2026 12.00 WIB."""
TODAY = date(2026, 11, 23)
TWO_WEEKS = Filters(date(2026, 11, 10), TODAY)
PACET, SOOKO = "35.16.03", "35.16.13"
HASH, SECRET_ID = "b7" * 32, "K-RAHASIA-17"
_numbers: Iterator[int] = count(1)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def incident(received: datetime = NOW - timedelta(days=2), **given: Any) -> Incident:
    """A fire in Pacet two days ago; stages are given as minutes after receipt (arrived=12)."""
    moments = {
        f"t_{name}": received + minutes(given.pop(name))
        for name in ("created", "dispatched", "acknowledged", "enroute", "arrived", "closed", "reopened")
        if name in given
    }
    defaults: dict[str, Any] = {
        "incident_id": f"{SECRET_ID}-{next(_numbers)}",
        "category_raw": "KEBAKARAN",
        "kecamatan_code": PACET,
        "opd": "BPBD",
        "caller_hash": HASH,
    }
    return Incident(t_received=received, **{**defaults, **moments, **given})


def keep(engine: Engine, incidents: Sequence[Incident], calls: Sequence[Call] = (), source: str = "kasus") -> None:
    with writing(engine) as connection:
        ingestion_log.register(connection, [source, "antrean"])
        calls112.keep_incidents(connection, source, incidents, NOW)
        if calls:
            calls112.keep_calls(connection, "antrean", calls, NOW)
    if calls:
        recount_all(engine)


def ask(engine: Engine, question: str, filters: Filters = TWO_WEEKS, at: datetime = NOW) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[question].ask(connection, filters, at)


def cells(answer: Answer, *keys: str) -> list[tuple[Any, ...]]:
    """The cells of those columns, row by row."""
    return [tuple(row.get(key) for key in keys) for row in answer.rows]


def link(engine: Engine, later: Incident, first: Incident, state: Any = "diusulkan") -> None:
    with writing(engine) as connection:
        propose(connection, [IncidentLink("kasus", later.incident_id, "kasus", first.incident_id, 5, None)], NOW)
        if state != "diusulkan":
            decide(connection, "kasus", later.incident_id, state, "sari", NOW)


def typed_by_hand(engine: Engine, source: str = "kasus") -> None:
    """What reconciliation says of a source whose minutes heap on 00 and 30."""
    found = ImportFinding("waktu diketik tangan", "", 80, "Delapan dari sepuluh menit 00 atau 30.")
    with writing(engine) as connection:
        set_findings(connection, source, [found], NOW)
