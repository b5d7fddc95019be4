"""What a plan was asked for, as an address says it: target, what is pinned, what is impossible, efforts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal
from urllib.parse import urlencode

from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments

Basis = Literal["isian", "terbit"]
MOST_EFFORT = 100
_EFFORT = re.compile(r"(\d{1,2})\s*:\s*(\d{1,3}(?:[.,]\d{1,2}(?!\d*\s*:))?)")
"""A comma before digits is a decimal comma, unless those digits begin the next pair."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """`basis`: from the entered values, or from the published group values. Numbers are those of indicators."""

    instrument: str
    basis: Basis
    target: str
    pinned: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    efforts: Mapping[int, Fraction] = field(default_factory=dict)

    def query(self) -> str:
        """The address part that asks for the same plan."""
        efforts = ",".join(f"{number}:{_short(effort)}" for number, effort in self.efforts.items())
        parts = {
            "instrumen": self.instrument,
            "dari": self.basis,
            "sasaran": self.target,
            "pin": ",".join(map(str, self.pinned)),
            "tanpa": ",".join(map(str, self.excluded)),
            "upaya": efforts,
        }
        return urlencode({key: value for key, value in parts.items() if value})


def request_of(asked: Mapping[str, object]) -> PlanRequest:
    """What an address asks for; what it does not say is as usual, and what cannot be is left out. Never raises."""
    known = instruments()
    instrument = known.get(str(asked.get("instrumen", "")), next(iter(known.values())))
    basis: Basis = "terbit" if asked.get("dari") == "terbit" else "isian"
    words = [band.word for band in instrument.predicates]
    usual = next((b.word for b in instrument.predicates if b.start <= instrument.values.target), words[0])
    wanted = str(asked.get("sasaran", ""))
    pinned, excluded = (_numbers(instrument, asked.get(name)) for name in ("pin", "tanpa"))
    return PlanRequest(
        instrument.id,
        basis,
        wanted if wanted in words[:-1] else usual,
        tuple(n for n in pinned if n not in excluded),
        excluded,
        efforts_of(instrument, str(asked.get("upaya", ""))),
    )


def efforts_of(instrument: Instrument, text: str) -> dict[int, Fraction]:
    """'12:2, 30:0,5' → {12: 2, 30: 1/2}; what cannot be read is left out."""
    found = {int(m[1]): Fraction(m[2].replace(",", ".")) for m in _EFFORT.finditer(text)}
    return {n: e for n, e in sorted(found.items()) if n in instrument.indicators and 0 < e <= MOST_EFFORT}


def _numbers(instrument: Instrument, text: object) -> tuple[int, ...]:
    found = {int(word) for word in re.findall(r"\d{1,2}", str(text or ""))}
    return tuple(sorted(found & set(instrument.indicators)))


def _short(effort: Fraction) -> str:
    """Two decimals at most, as it was typed."""
    return f"{float(effort):g}"
