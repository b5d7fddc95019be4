"""Declared services and their checks in a store, for tests: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep
from datasources.contract import Record
from datasources.services.records import DeclaredService, ServiceCheck

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
"""Senin, 23 November 2026 14.05 WIB."""
MINUTE = timedelta(minutes=1)
MARKS: dict[str, dict[str, Any]] = {
    "+": {"verdict": "baik", "status": 200, "response_ms": 120},
    "~": {"verdict": "lambat", "status": 200, "response_ms": 4000},
    "-": {"verdict": "gagal", "cause": "status lain", "status": 500},
    "?": {"verdict": "tidak diketahui", "cause": "jaringan sendiri terputus"},
}
MONTH = Filters(NOW.date() - timedelta(days=30), NOW.date())


def service(name: str = "portal", **given: Any) -> DeclaredService:
    defaults: dict[str, Any] = {
        "service": name, "title": name.title(), "owner": "Diskominfo", "address": f"https://{name}.go.id/",
        "declared_at": NOW - timedelta(days=400), "every_s": 60, "failures": 3, "successes": 2,
        "certificate_days": 21, "slow_after_ms": 3000,
    }  # fmt: skip
    return DeclaredService(**{**defaults, **given})


def checks(marks: str, name: str = "portal", end: datetime = NOW, **given: Any) -> list[ServiceCheck]:
    """A check a minute, the last one at `end`; a space is a check that never came."""
    first = end - (len(marks) - 1) * MINUTE
    return [
        ServiceCheck(name, first + place * MINUTE, holds_s=130, **{**MARKS[mark], **given})
        for place, mark in enumerate(marks)
        if mark != " "
    ]


def kept(engine: Engine, records: Sequence[Record], source: str = "layanan_opd", at: datetime = NOW) -> None:
    with writing(engine) as connection:
        keep(connection, source, records, at)


def measured(engine: Engine, indicator: str, at: datetime = NOW) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE[indicator].formula(connection, at)


def ask(engine: Engine, question: str, filters: Filters = MONTH, at: datetime = NOW) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[question].ask(connection, filters, at)
