"""One figure of the week with its past, its target and its signal: plain values, judged by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from dashboard.formulas.freshness import FreshState
from dashboard.formulas.signal import Aim, Judged, Signal, aim, verdict
from dashboard.formulas.two_periods import LEAST_BASE as FEW
from dashboard.indicators.indicator import Status

SAMPLED_UNITS = ("%", "menit", "detik", "jam")
"""Shares and mean times rest on n cases; elsewhere n counts stations, instruments or the cases themselves."""
RAISED = (Status.KRITIS, Status.WASPADA)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: the facts of an indicator that its reader needs."""

    id: str
    title: str
    unit: str
    decimals: int
    family: str
    owner: str
    clock: str
    basis: str
    better: Literal["up", "down", "none"]
    target: Decimal | None
    target_basis: str
    weight: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the axis of a chart: a week ('47') or a month ('Nov'), and the same a year before."""

    label: str
    value: Decimal | None
    year_before: Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the week. `later`: nobody had computed it at the as-of time. `previous` is that of the week before.

    `weeks` are the last six, `months` the last twelve that have ended (the mean of their weeks).
    """

    of: Subject
    value: Decimal | None
    n: int | None
    interval: tuple[float, float] | None
    band: str
    status: Status
    missing: str
    data_time: datetime | None
    simulated: bool
    later: bool
    previous: Decimal | None
    previous_data_time: datetime | None
    judged: Judged
    weeks: tuple[Slot, ...]
    months: tuple[Slot, ...]
    fresh: FreshState
    sources: tuple[str, ...]

    @property
    def aim(self) -> Aim:
        """The state against the target."""
        return aim(self.value, self.of.target, self.of.better, self.interval)

    @property
    def verdict(self) -> str:
        """Target state and signal; empty for what is missing."""
        return "" if self.value is None else verdict(self.aim, self.of.better, self.judged.signal)

    @property
    def counted(self) -> bool:
        """Whether the value is a number of cases."""
        return self.n is not None and self.value == self.n

    @property
    def few(self) -> bool:
        """Whether a share or a mean rests on fewer than ten cases."""
        return self.of.unit in SAMPLED_UNITS and self.n is not None and self.n < FEW

    @property
    def raised(self) -> bool:
        """Whether the status asks for attention."""
        return self.status in RAISED

    @property
    def changed(self) -> bool:
        """Whether the control chart says that something has changed."""
        return self.judged.signal in (Signal.BETTER, Signal.WORSE, Signal.CHANGED)

    @property
    def repeated(self) -> bool:
        """Whether it rests on the same data as the week before: nothing new was learned."""
        return self.data_time is not None and self.data_time == self.previous_data_time

    @property
    def charted(self) -> bool:
        """Whether there is a line to draw."""
        return sum(slot.value is not None for slot in (*self.weeks, *self.months)) > 1


def age_s(figure: Figure, as_of: datetime) -> int | None:
    """Seconds from the newest data of a figure to the as-of time."""
    return None if figure.data_time is None else max(0, int((as_of - figure.data_time) / timedelta(seconds=1)))
