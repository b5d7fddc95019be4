"""What BMKG says people felt: 'II-III Kab. Lembata, III Kupang' → place and intensity (MMI)."""

from __future__ import annotations

import re

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
"""The twelve degrees of Modified Mercalli."""
_NUMERAL = "|".join(sorted(ROMAN, key=len, reverse=True))
_SAID = re.compile(rf"\b({_NUMERAL})(?:\s*[-–]\s*({_NUMERAL}))?(?:\s*MMI)?(?:\s+di)?\s+(?=\D)([^,;]+)")


def felt_places(text: str | None) -> tuple[tuple[str, int, int], ...]:
    """(place, lowest, highest degree 1–12) in the order written. A numeral holds for every place up to the next one."""
    if not text:
        return ()
    found: list[tuple[str, int, int]] = []
    low = high = 0
    for part in re.split(r"[,;]", text):
        match = _SAID.search(part)
        if match:
            low = ROMAN.index(match[1]) + 1
            high = ROMAN.index(match[2]) + 1 if match[2] else low
        place = (match[3] if match else part).strip(" .")
        if place and low:
            found.append((place, min(low, high), max(low, high)))
    return tuple(found)


def felt_in(text: str | None, name: str) -> int | None:
    """The highest degree told for places whose words hold `name` ('Mojokerto'); None when none is named."""
    word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return max((high for place, _, high in felt_places(text) if word.search(place)), default=None)
