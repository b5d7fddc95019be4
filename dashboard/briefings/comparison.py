"""What a reading is compared with: its target, and itself a week before. Never more than the numbers can carry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading

FEW = 10
"""From a base below ten a change is told in cases, never as a percentage."""
SAMPLED_UNITS = ("%", "menit", "detik")
"""Shares and mean times rest on n cases; elsewhere n counts stations, instruments or the cases themselves."""
CHANCE = Decimal("1.96") ** 2
"""Square of the normal quantile: the difference of two Poisson counts a and b has the variance a + b."""
RAISED = (Status.KRITIS, Status.WASPADA)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`difference` is value minus `reference`, in the unit of the value; `percent` of the reference where it says
    something: of counts from ten up, not of shares, indices and levels. `by_chance`: two counts of the same process
    differ as much in one week of twenty or more. `same_data`: nothing new was learned in between.
    """

    reference: Decimal
    difference: Decimal
    percent: Decimal | None = None
    by_chance: bool = False
    same_data: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the briefing with what it is compared with."""

    reading: Reading
    to_target: Comparison | None
    to_week_before: Comparison | None

    @property
    def few(self) -> bool:
        """Whether a share or a mean rests on fewer than ten cases."""
        n = self.reading.n
        return self.reading.indicator.unit in SAMPLED_UNITS and n is not None and n < FEW

    @property
    def met(self) -> bool | None:
        """Whether the unrounded value meets the target; None where nothing can be said."""
        better = self.reading.indicator.better
        if self.to_target is None or better == "none":
            return None
        gap = self.to_target.difference
        return gap >= 0 if better == "up" else gap <= 0

    @property
    def undecided(self) -> bool:
        """Whether the target lies within the 95 % interval of the value: chance alone could explain the gap."""
        interval = self.reading.detail.get("interval_95")
        if self.to_target is None or not interval:
            return False
        low, high = (Decimal(str(limit)) for limit in interval)
        return low <= self.to_target.reference <= high

    @property
    def raised(self) -> bool:
        """Whether the status asks for attention."""
        return self.reading.status in RAISED

    @property
    def gap(self) -> Decimal:
        """How far a missed target lies away, as a share of the target; 0 when it is met or there is none."""
        if self.to_target is None or self.met is not False:
            return Decimal(0)
        return abs(self.to_target.difference) / (abs(self.to_target.reference) or 1)


def compare(reading: Reading, week_before: Reading | None = None) -> Entry:
    """An entry of the briefing; a missing value is compared with nothing."""
    target = reading.indicator.target
    if reading.value is None:
        return Entry(reading, None, None)
    return Entry(
        reading,
        None if target is None else Comparison(target, reading.value - target),
        _to_earlier(reading, reading.value, week_before),
    )


def _to_earlier(reading: Reading, value: Decimal, before: Reading | None) -> Comparison | None:
    if before is None or before.value is None:
        return None
    difference = value - before.value
    counted = reading.n is not None and value == reading.n
    percent = 100 * difference / before.value if counted and before.value >= FEW else None
    by_chance = counted and difference**2 <= CHANCE * (value + before.value)
    return Comparison(before.value, difference, percent, by_chance, before.data_time == reading.data_time)


def main_points(entries: list[Entry], most: int = 3) -> list[Entry]:
    """What the first page speaks of: by severity of the status, then by distance from the target. Never noise:
    a target missed within chance, or by a share of fewer than ten cases, is no point.
    """
    spoken = [e for e in entries if not e.few and (e.raised or (e.gap > 0 and not e.undecided))]
    return sorted(spoken, key=lambda e: (_severity(e), -e.gap))[:most]


def _severity(entry: Entry) -> int:
    status = entry.reading.status
    return RAISED.index(status) if status in RAISED else len(RAISED)
