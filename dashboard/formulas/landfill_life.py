"""How long a landfill (TPA) lasts: the volume that is left over what comes in each day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.not_computable import NotComputable

DENSITY = Decimal("0.75")
"""t/m³ of compacted waste, where the officer gives none."""
COVER = Decimal("0.15")
"""Volume of cover soil over that of waste, where the officer gives none."""
METHOD = "volume sisa ÷ (ton per hari ÷ kepadatan × (1 + tanah penutup))"


@dataclass(frozen=True, slots=True)
class Compaction:
    """t/m³ and the share of cover soil; `assumed` when they are our usual figures, not the landfill's own."""

    density: Decimal = DENSITY
    cover: Decimal = COVER
    assumed: bool = True


def volume_taken(tonnes: Decimal | Fraction, compaction: Compaction = Compaction()) -> Fraction:
    """m³ that so many tonnes take, cover soil included."""
    return Fraction(tonnes) / Fraction(compaction.density) * (1 + Fraction(compaction.cover))


def days_left(
    volume_m3: Decimal | Fraction | None, tonnes_per_day: Decimal | Fraction, compaction: Compaction = Compaction()
) -> Fraction | NotComputable:
    """Days until the volume is full at that rate; 0 when it is full already."""
    if volume_m3 is None:
        return NotComputable("sisa volume TPA belum diisi; perlu hasil ukur atau desain TPA")
    if tonnes_per_day <= 0:
        return NotComputable("tonase masuk TPA belum diisi")
    return max(Fraction(0), Fraction(volume_m3)) / volume_taken(tonnes_per_day, compaction)
