"""A small masterplan with defaults, kept as the runner keeps it: one programme on schedule, one late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dashboard.store.people import Person
from datasources.resources.masterplan_indicator_records import PlanIndicator, Realisation, TargetYear
from datasources.resources.masterplan_records import ActionItem, Budget, OfficeHolder, PlanDocument, Programme

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
FILE = "masterplan.xlsx"
D = Decimal
ANALYST = Person(1, "sari", "Sari, analis", "analis")
HEAD = Person(2, "budi", "Kepala Dinkes", "kepala_opd", "Dinkes")


def document(code: str = "MP", **given: Any) -> PlanDocument:
    """An official masterplan for five years."""
    of = PlanDocument(code, f"Masterplan {code}", "masterplan", "Perbup 1/2024", 2024, 2028, date(2024, 1, 2),
                      date(2024, 1, 2), date(2028, 12, 31), "resmi", None, FILE)  # fmt: skip
    return replace(of, **given)


def programme(code: str, opd: str = "Dinkes", **given: Any) -> Programme:
    """A programme of health that is at work."""
    of = Programme(code, "MP", None, "prasarana kesehatan", f"Program {code}", False, "menengah", 2024, 2028, opd, None,
                   "APBD", None, "berjalan", FILE)  # fmt: skip
    return replace(of, **given)


def action(code: str, of: str, due: date, done: int | None, **given: Any) -> ActionItem:
    """An action of weight 1."""
    told = None if done is None else date(2026, 10, 1)
    item = ActionItem(code, of, f"Kegiatan {code}", "Keluaran", due, "Dinkes", D(1), None if done is None else D(done),
                      told, None, FILE)  # fmt: skip
    return replace(item, **given)


def indicator(code: str, of: str, direction: Any = "naik", live: str | None = None, unit: str = "%") -> PlanIndicator:
    """An output in per cent."""
    return PlanIndicator(code, of, f"Indikator {code}", "output", unit, direction, None, live, FILE)


def aims(code: str, annual: str | None = "40", year: int = 2026, **given: Any) -> TargetYear:
    """The same target for the year and each of its quarters."""
    of = TargetYear(code, year, annual, annual, annual, annual, annual, "Bappeda", "Lampiran", None, FILE)
    return replace(of, **given)


def reached(code: str, value: str, period: Any = "TW3", year: int = 2026, **given: Any) -> Realisation:
    """What was reached, told on 5 October 2026."""
    of = Realisation(code, year, period, D(value), date(2026, 10, 5), "Dinkes", None, None, None, FILE)
    return replace(of, **given)


def budget(of: str, planned: int = 100_000_000, spent: int | None = 40_000_000, year: int = 2026) -> Budget:
    """A year's money."""
    return Budget(of, year, D(planned), None if spent is None else D(spent), FILE)


def holder(position: str, name: str, since: date, until: date | None = None, opd: str | None = None) -> OfficeHolder:
    """Somebody in office."""
    return OfficeHolder(position, since, name, opd, until, FILE)


def small_plan(*more: Any) -> list[Any]:
    """P-1 of Dinkes on schedule with four indicators of which two can be computed, P-2 of DLH late; and more rows."""
    told = [
        document(),
        programme("P-1"), programme("P-2", "DLH", sub_dimension="proteksi lingkungan"),
        action("A-1", "P-1", date(2025, 6, 30), 100), action("A-2", "P-1", date(2027, 6, 30), 20),
        action("B-1", "P-2", date(2026, 3, 31), 60),
        indicator("I-1", "P-1"), indicator("I-2", "P-1", "turun"), indicator("I-3", "P-1"), indicator("I-4", "P-1"),
        aims("I-1"), aims("I-2", "20"), aims("I-3", "0"), aims("I-4"),
        reached("I-1", "36"), reached("I-2", "24"), reached("I-3", "5"),
        budget("P-1"), *more,
    ]  # fmt: skip
    return sorted(told, key=lambda record: str(record.topic))  # a file tells sheet by sheet


def other(records: Sequence[Any], old: Any, new: Any) -> list[Any]:
    """The same file with one row replaced."""
    return [new if record == old else record for record in records]
