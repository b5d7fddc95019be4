"""A masterplan as its document tells it: what is to be reached, by which programmes, who answers. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.cells import FIRST_DAY, today
from datasources.resources.record_days import day_start

Standing = Literal["resmi", "rancangan", "contoh"]
Horizon = Literal["pendek", "menengah", "panjang"]
Course = Literal["direncanakan", "berjalan", "selesai", "ditunda", "dihentikan"]


def year_start(year: int) -> datetime:
    """00.00 WIB of 1 January; of today for a year that lies ahead: a plan is known before its year."""
    return day_start(min(date(year, 1, 1), today()))


def is_over(valid_until: date | None, on: date) -> bool:
    """Whether a row with this last day has ended: it is shown, and judged no more."""
    return valid_until is not None and valid_until < on


class Undated:
    """A row of the document, which itself carries the day."""

    __slots__ = ()

    @property
    def data_time(self) -> datetime:
        """The oldest day there is: the row makes no source look fresh."""
        return day_start(FIRST_DAY)


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A document. `cap` is the highest achievement that counts, in per cent; None where it does not say."""

    topic: ClassVar[str] = "masterplan_documents"

    code: str
    title: str
    kind: str
    number: str | None
    first_year: int
    last_year: int
    established_on: date
    valid_from: date
    valid_until: date | None
    standing: Standing
    cap: Decimal | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day it was established."""
        return day_start(self.established_on)


@dataclass(frozen=True, slots=True)
class Goal(Undated):
    """A sasaran of one dimension."""

    topic: ClassVar[str] = "masterplan_goals"

    code: str
    document: str
    dimension: str
    goal: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Strategy(Undated):
    """A strategi towards a sasaran."""

    topic: ClassVar[str] = "masterplan_strategies"

    code: str
    goal: str
    strategy: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, its years and who answers for it. `supporting` OPD are separated by '; '.

    `valid_until` is the last day of a programme, action or indicator that was ended; None while it holds.
    """

    topic: ClassVar[str] = "masterplan_programmes"

    code: str
    document: str
    strategy: str | None
    sub_dimension: str
    name: str
    quick_win: bool
    horizon: Horizon
    first_year: int
    last_year: int
    opd: str
    supporting: str | None
    funding: str | None
    rpjmd_programme: str | None
    course: Course
    file: str = ""
    valid_until: date | None = None

    @property
    def data_time(self) -> datetime:
        """The beginning of its first year."""
        return year_start(self.first_year)


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A rencana aksi: what is done, by when, with which weight, and how far it is (per cent, None: not reported)."""

    topic: ClassVar[str] = "masterplan_actions"

    code: str
    programme: str
    activity: str
    output: str
    due_on: date
    opd: str
    weight: Decimal
    progress: Decimal | None
    reported_on: date | None
    evidence: str | None
    file: str = ""
    valid_until: date | None = None

    @property
    def data_time(self) -> datetime:
        """The day of the report; the oldest day there is before the first."""
        return day_start(self.reported_on or FIRST_DAY)


@dataclass(frozen=True, slots=True)
class Budget:
    """Rupiah of a programme in a year: planned (pagu), and spent (realisasi), None while nobody told."""

    topic: ClassVar[str] = "masterplan_budgets"

    programme: str
    year: int
    planned: Decimal
    spent: Decimal | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The beginning of the year."""
        return year_start(self.year)


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Who holds an office from when to when: the plan outlives them."""

    topic: ClassVar[str] = "office_holders"

    position: str
    valid_from: date
    holder: str
    opd: str | None
    valid_until: date | None
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The first day in office, or today for one who is yet to begin."""
        return day_start(min(self.valid_from, today()))
