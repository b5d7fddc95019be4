"""The six dimensions of a smart-city masterplan and their sub-dimensions (Kominfo guide, 2021), as data.

Governance and branding were seen in print; the sub-dimensions of the other four wait for a check against the guide.
They are names only: nothing is judged by them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("masterplan_dimensions.csv")


@dataclass(frozen=True, slots=True)
class SubDimension:
    """'GOV.1', pelayanan publik, of Smart Governance."""

    code: str
    name: str
    dimension: str
    dimension_name: str


@cache
def sub_dimensions() -> dict[str, SubDimension]:
    """By name, in the order of the guide."""
    with FILE.open(encoding="utf-8", newline="") as file:
        found = [
            SubDimension(f"{r['code']}.{r['number']}", r["sub_dimension"], r["code"], r["dimension"])
            for r in csv.DictReader(file)
        ]
    return {one.name: one for one in found}


@cache
def dimensions() -> dict[str, str]:
    """Code → name."""
    return {one.dimension: one.dimension_name for one in sub_dimensions().values()}
