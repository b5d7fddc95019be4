"""The waste of some months added up; a month counts only where every part that is needed was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.waste_balance import WasteBalance, waste_balance
from dashboard.indicators.month_window import OLDEST, YEAR, days_in, earlier, last_whole_month, newest_of
from dashboard.store.waste import months_between
from datasources.resources.waste_records import WasteMonth

REDUCTION = ("limited_t", "reused_t", "recycled_t")
HANDLING = ("processed_t", "landfilled_t")


@dataclass(frozen=True, slots=True)
class WasteTotals:
    """Tonnes of the months that are complete; `incomplete` months are known but left out."""

    months: tuple[WasteMonth, ...]
    incomplete: tuple[WasteMonth, ...]

    @property
    def days(self) -> int:
        """Days of the months that count."""
        return sum(days_in(m.month) for m in self.months)

    @property
    def estimated(self) -> int:
        """How many of the months rest on estimates, not on a weighbridge."""
        return sum(m.weighing == "perkiraan" for m in self.months)

    def tonnes(self, *names: str) -> Decimal:
        """The sum of some fields over the months that count."""
        return sum((getattr(m, name) for m in self.months for name in names), Decimal(0))

    def per_day(self, *names: str) -> Fraction:
        """Tonnes a day over the months that count; there is at least one."""
        return Fraction(self.tonnes(*names)) / self.days

    @property
    def balance(self) -> WasteBalance | NotComputable:
        """Where it went."""
        if not self.months:
            return NotComputable("tidak ada bulan dengan semua kolom pengurangan dan penanganan terisi")
        return waste_balance(self.tonnes("generated_t"), self.tonnes(*REDUCTION), self.tonnes(*HANDLING))


def totals(months: Iterable[WasteMonth], needed: Sequence[str] = (*REDUCTION, *HANDLING)) -> WasteTotals:
    """Split months by whether every needed part was written: an empty cell is not zero."""
    given = list(months)
    whole = [m for m in given if all(getattr(m, name) is not None for name in needed)]
    return WasteTotals(tuple(whole), tuple(m for m in given if m not in whole))


def last_year(connection: Connection, at: datetime, needed: Sequence[str]) -> WasteTotals | None:
    """The twelve months that end with the newest one known; None when no month of the last eighteen is."""
    last = last_whole_month(at)
    known = months_between(connection, earlier(last, OLDEST + YEAR), last)
    newest = newest_of((m.month for m in known), at)
    if newest is None:
        return None
    return totals((m for m in known if earlier(newest, YEAR) < m.month <= newest), needed)


def newest_end(months: Sequence[WasteMonth]) -> datetime | None:
    """When the newest of some months ended."""
    return max((m.data_time for m in months), default=None)


def month_words(month: date) -> str:
    """'Mar 2026'."""
    names = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
    return f"{names[month.month - 1]} {month.year}"
