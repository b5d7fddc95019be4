"""The 47 indicators of PermenPANRB 59/2020 by number, with their official names."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

INSTRUMENT = "SPBE-2020"


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """Number, official name, aspect 1..8, domain 1..4 and weight in percent of the index."""

    number: int
    name: str
    aspect: int
    domain: int
    weight: Decimal


@cache
def indicators() -> dict[int, NamedIndicator]:
    """All 47 by number (PermenPANRB 59/2020, annex, tables 3-9)."""
    with (Path(__file__).parent / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {
            int(row["no"]): NamedIndicator(
                int(row["no"]), row["name"], int(row["aspect"]), int(row["domain"]), Decimal(row["weight"])
            )
            for row in csv.DictReader(file)
        }
