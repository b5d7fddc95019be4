"""How long each TPA lasts, from its last measured volume and what came in since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.formulas.landfill_life import COVER, DENSITY, Compaction, days_left, volume_taken
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.robust_slope import Slope, robust_slope
from dashboard.indicators.month_window import YEAR, days_in, earlier, last_whole_month, newest_of
from dashboard.store.waste import flows_between
from datasources.resources.waste_records import WasteFlow

MEASURED_WITHIN = 60
"""Months back in which a measured volume is looked for."""
FEWEST_FOR_TREND = 12


@dataclass(frozen=True, slots=True)
class Outlook:
    """One TPA. Days run from the end of its newest month; `volume_m3` is what was left then, by calculation."""

    name: str
    newest: WasteFlow
    measured: WasteFlow | None
    volume_m3: Fraction | None
    compaction: Compaction
    months: tuple[WasteFlow, ...]
    by_year: Fraction | NotComputable
    by_quarter: Fraction | NotComputable
    trend: Slope | None
    gap: int = 0

    @property
    def per_day(self) -> Fraction:
        """Tonnes a day over the last twelve months that are known."""
        return _per_day(self.months)

    @property
    def estimated(self) -> int:
        """How many of those months were not weighed."""
        return sum(m.weighing == "perkiraan" for m in self.months)


def outlooks(connection: Connection, at: datetime) -> list[Outlook]:
    """Every TPA with a month of the last eighteen, the one that is full first (unknown ones last)."""
    last = last_whole_month(at)
    places: dict[str, list[WasteFlow]] = {}
    for flow in flows_between(connection, earlier(last, MEASURED_WITHIN), last, "TPA"):
        places.setdefault(flow.name, []).append(flow)
    found = [outlook(flows, at) for flows in places.values()]
    return sorted((one for one in found if one is not None), key=_urgency)


def outlook(flows: Sequence[WasteFlow], at: datetime) -> Outlook | None:
    """One TPA from its months, oldest first; None when its newest month is too old."""
    newest = newest_of((f.month for f in flows), at)
    if newest is None:
        return None
    known = [f for f in flows if f.month <= newest]
    year = tuple(f for f in known if earlier(newest, YEAR) < f.month)
    measured = next((f for f in reversed(known) if f.volume_left_m3 is not None), None)
    compaction = _compaction(known)
    since = [f for f in known if measured is not None and f.month > measured.month]
    gap = 0 if measured is None else _months_apart(measured, known[-1]) - len(since)
    volume = None if measured is None or gap else _left(measured, since, compaction)
    quarter = [f for f in year if earlier(newest, 3) < f.month]
    return Outlook(
        known[-1].name, known[-1], measured, volume, compaction, year,
        _days(volume, year, compaction, gap), _days(volume, quarter, compaction, gap), _trend(known[-24:]), gap,
    )  # fmt: skip


def _days(
    volume: Fraction | None, months: Sequence[WasteFlow], compaction: Compaction, gap: int
) -> Fraction | NotComputable:
    if gap:
        return NotComputable(f"tonase {gap} bulan sejak volume diukur belum diisi")
    return days_left(volume, _per_day(months), compaction)


def _left(measured: WasteFlow, since: Sequence[WasteFlow], compaction: Compaction) -> Fraction:
    taken = sum((volume_taken(f.tonnes, compaction) for f in since), Fraction(0))
    return Fraction(measured.volume_left_m3 or 0) - taken


def _months_apart(first: WasteFlow, last: WasteFlow) -> int:
    return (last.month.year - first.month.year) * 12 + last.month.month - first.month.month


def _per_day(months: Sequence[WasteFlow]) -> Fraction:
    return Fraction(sum((m.tonnes for m in months), Decimal(0))) / sum(days_in(m.month) for m in months)


def _compaction(known: Sequence[WasteFlow]) -> Compaction:
    """The newest figures that the officer gave; ours where he gave none, and then said so."""
    density = next((f.density for f in reversed(known) if f.density is not None), None)
    cover = next((f.cover_percent for f in reversed(known) if f.cover_percent is not None), None)
    return Compaction(
        DENSITY if density is None else density,
        COVER if cover is None else cover / 100,
        density is None or cover is None,
    )


def _trend(months: Sequence[WasteFlow]) -> Slope | None:
    """Tonnes a day and year, by the last two years."""
    if len(months) < FEWEST_FOR_TREND:
        return None
    first = months[0].month
    return robust_slope([
        ((m.month - first).days / 365.25, float(m.tonnes) / days_in(m.month)) for m in months
    ])  # fmt: skip


def _urgency(one: Outlook) -> tuple[bool, Fraction]:
    unknown = isinstance(one.by_year, NotComputable)
    return unknown, Fraction(0) if isinstance(one.by_year, NotComputable) else one.by_year
