"""What an indicator is: its title, unit, clock, bands, owner and formula in one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Connection


class Status(StrEnum):
    """How much attention a value asks for. The words are shown; colour never stands alone."""

    NORMAL = "normal"
    WASPADA = "waspada"
    KRITIS = "kritis"
    UNKNOWN = "tidak diketahui"


@dataclass(frozen=True, slots=True)
class Band:
    """Values from `low` (inclusive) to `high` (exclusive) carry this word and status; None is open-ended."""

    word: str
    status: Status
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the unrounded value lies in this band."""
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a formula found. A value of None is not zero: `missing` then says in Indonesian what is lacking.

    `n` counts the cases behind the value. `data_time` is the newest data used. `band` names one of the
    indicator's bands when the rule is not a plain threshold. `detail` is JSON for the panel: see CONTRIBUTING.
    """

    value: Decimal | None
    data_time: datetime | None
    n: int | None = None
    band: str | None = None
    missing: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


Formula = Callable[[Connection, datetime], Finding]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that somebody decides by. `clock` says in words what is counted from when to when."""

    id: str
    title: str
    unit: str
    topics: tuple[str, ...]
    formula: Formula
    clock: str
    owner: str
    basis: str
    decimals: int = 0
    better: Literal["up", "down", "none"] = "none"
    target: Decimal | None = None
    target_basis: str = ""
    bands: tuple[Band, ...] = ()
    scale: tuple[Decimal, Decimal] | None = None
    in_briefing: bool = True
    family: Literal["112", "lingkungan", "spbe", "sistem"] = "sistem"

    def band_of(self, finding: Finding) -> Band | None:
        """The band of a finding: the one it names, else the one its unrounded value lies in."""
        if finding.value is None:
            return None
        if finding.band is not None:
            return next(band for band in self.bands if band.word == finding.band)
        return next((band for band in self.bands if band.holds(finding.value)), None)
