"""A reading: an indicator with its newest measurement and how fresh that is. The only thing a screen sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.formulas.freshness import Freshness
from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.week_signal import LastWeek
from dashboard.store.source_states import SourceState


@dataclass(frozen=True, slots=True)
class Point:
    """One earlier measurement, for the trend."""

    data_time: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a panel may show of one indicator at one moment."""

    indicator: Indicator
    at: datetime
    value: Decimal | None
    status: Status
    band: str
    n: int | None
    data_time: datetime | None
    known_at: datetime | None
    missing: str
    freshness: Freshness
    sources: tuple[SourceState, ...]
    simulated: bool
    history: Sequence[Point] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    last_week: LastWeek | None = None

    @property
    def action(self) -> str:
        """'DLH: umumkan …': who does what was agreed while the value is raised; empty where nothing was.

        A critical band without an agreed action still names its OPD.
        """
        agreed = next((b.action for b in self.indicator.bands if b.word == self.band), "")
        if self.status not in (Status.WASPADA, Status.KRITIS) or not (agreed or self.status is Status.KRITIS):
            return ""
        return f"{self.indicator.owner}: {agreed or 'tindakan belum disepakati'}"

    @property
    def age_s(self) -> int | None:
        """Seconds since the data were true; None when there are none."""
        return None if self.data_time is None else max(0, int((self.at - self.data_time).total_seconds()))
