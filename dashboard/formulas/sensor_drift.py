"""Drift of a low-cost sensor against the reference beside it: ratio, slope and offset over a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.quality_flags import PASSED, Flag, Judged
from dashboard.formulas.robust_slope import robust_slope
from dashboard.formulas.written_number import written

LEAST_PAIRS = 72
"""Three days of hours; over 14 nights there are about 150 pairs."""
USUAL_RATIO = (Decimal("0.7"), Decimal("1.3"))
DRY_BELOW = Decimal(70)
"""Per cent relative humidity: in wetter air the droplets, not the sensor, move the ratio."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The sensor and the reference in the same unit over the same hour, and the relative humidity when known."""

    sensor: Decimal
    reference: Decimal
    humidity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """sensor = offset + slope x reference, the median ratio sensor/reference, from n pairs, and the judgement."""

    slope: float
    offset: float
    ratio: Decimal
    n: int
    judged: Judged


def drift(
    pairs: Sequence[Pair], least: int = LEAST_PAIRS, usual: tuple[Decimal, Decimal] = USUAL_RATIO
) -> Drift | NotComputable:
    """Judge the pairs of a window (14 days of nights by default practice) in air drier than 70 %.

    Suspect when the median ratio leaves 0.7..1.3. Refused below `least` usable pairs, and for a reference that never
    moved, from which no slope can be told. Slope after Theil and Sen: single bad hours do not turn it.
    """
    usable = [p for p in pairs if p.reference > 0 and (p.humidity is None or p.humidity < DRY_BELOW)]
    if len(usable) < least:
        return NotComputable(f"pasangan sensor dan acuan yang dapat dipakai hanya {len(usable)}, perlu {least}")
    line = robust_slope([(float(p.reference), float(p.sensor)) for p in usable])
    if line is None:
        return NotComputable("stasiun acuan tidak berubah selama jendela ini")
    ratio = median(p.sensor / p.reference for p in usable)
    low, high = usual
    reason = f"rasio median terhadap acuan {written(ratio, 2)}, yang lazim {written(low)}–{written(high)}"
    judged = PASSED if low <= ratio <= high else Judged(Flag.SUSPECT, (reason,))
    return Drift(line.slope, line.offset, ratio, len(usable), judged)
