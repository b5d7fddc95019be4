"""Indicators of a masterplan with their targets by year and quarter, and what was reached. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.masterplan_records import Undated, year_start
from datasources.resources.record_days import day_start

Direction = Literal["naik", "turun", "rentang"]
Period = Literal["tahunan", "TW1", "TW2", "TW3", "TW4"]


@dataclass(frozen=True, slots=True)
class PlanIndicator(Undated):
    """What a programme is judged by. `live`: the indicator of this application that tells its value by itself.

    `baseline` is the value before the programme began, in the indicator's unit; it is shown and judges nothing.
    """

    topic: ClassVar[str] = "masterplan_indicators"

    code: str
    programme: str
    name: str
    kind: Literal["baseline", "output", "outcome", "impact"]
    unit: str
    direction: Direction
    formula: str | None
    live: str | None
    file: str = ""
    baseline: Decimal | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class TargetYear:
    """The targets of a year as shortest decimals, '40' or '40..60'; who set them by what, and why they were changed."""

    topic: ClassVar[str] = "masterplan_targets"

    indicator: str
    year: int
    annual: str | None
    q1: str | None
    q2: str | None
    q3: str | None
    q4: str | None
    set_by: str
    basis: str
    reason: str | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The beginning of the year."""
        return year_start(self.year)


@dataclass(frozen=True, slots=True)
class Realisation:
    """What was reached in a period, measured on a day, by whose report."""

    topic: ClassVar[str] = "masterplan_realisations"

    indicator: str
    year: int
    period: Period
    value: Decimal
    measured_on: date
    reported_by: str
    verified_by: str | None
    evidence: str | None
    note: str | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day it was measured."""
        return day_start(self.measured_on)
