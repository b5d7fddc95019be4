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
    """Values from `low` (inclusive) to `high` (exclusive) carry this word and status; None is open-ended.

    `action` is what was agreed to be done when a value lies here; the indicator's owner does it.
    """

    word: str
    status: Status
    low: Decimal | None = None
    high: Decimal | None = None
    action: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether the unrounded value lies in this band."""
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a formula found. A value of None is not zero: `missing` then says in Indonesian what is lacking.

    `n` counts the cases behind the value. `data_time` is the newest data used. `band` names one of the
    indicator's bands when the rule is not a plain threshold. `detail` is JSON for the panel: see CONTRIBUTING.
    `simulated`: the data themselves say that they are invented, whatever source brought them.
    """

    value: Decimal | None
    data_time: datetime | None
    n: int | None = None
    band: str | None = None
    missing: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    simulated: bool = False


Formula = Callable[[Connection, datetime], Finding]


@dataclass(frozen=True, slots=True)
class Week:
    """The same figure for a whole week, from Monday 00.00 WIB to the Monday after, and its clock in words.

    `basis` where that of the indicator speaks of a day only.
    """

    formula: Callable[[Connection, datetime, datetime], Finding]
    clock: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that somebody decides by. `clock` says in words what is counted from when to when.

    `internal`: of what the system itself keeps; no source speaks of its topics.
    `week` is for figures of a day or an hour; without it the formula at the end of the week speaks for the week.
    `weight` is how much it counts among the main points of the briefing.
    """

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
    week: Week | None = None
    weight: int = 1
    family: Literal["112", "lingkungan", "spbe", "sistem"] = "sistem"
    internal: bool = False

    @property
    def offices(self) -> tuple[str, ...]:
        """Each office that owns it by its name alone: 'Diskominfo (Walidata)' is Diskominfo."""
        return tuple(owner.partition(" (")[0] for owner in self.owner.split(", "))

    def band_of(self, finding: Finding) -> Band | None:
        """The band of a finding: the one it names, else the one its unrounded value lies in."""
        if finding.value is None:
            return None
        if finding.band is not None:
            return next(band for band in self.bands if band.word == finding.band)
        return next((band for band in self.bands if band.holds(finding.value)), None)
