"""Jakstrada: the share of waste to reduce and to handle in each year, as data with the mark whether it was read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from dashboard.formulas.legal_basis import LegalBasis, Mark

RPJMN = LegalBasis("RPJMN 2025-2029", "100 % sampah terkelola pada 2029", "2025", "memory")


@dataclass(frozen=True, slots=True)
class WasteTarget:
    """Percent of what is generated. `continued`: of a later year than any target says, the last one goes on."""

    year: int
    reduced: Decimal
    handled: Decimal
    basis: LegalBasis
    continued: bool = False


@cache
def targets() -> Mapping[int, WasteTarget]:
    """The targets by year; those of 2018-2024 are from memory."""
    with (Path(__file__).parent / "waste_targets.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): _target(row) for row in csv.DictReader(file)}


def target_of(year: int) -> WasteTarget | None:
    """The target of a year that somebody has read; after the last year its target, marked as continued."""
    last = max(targets())
    found = targets().get(min(year, last))
    if found is None or not found.basis.verified:
        return None
    return WasteTarget(year, found.reduced, found.handled, found.basis, continued=year > last)


def _target(row: Mapping[str, str]) -> WasteTarget:
    mark: Mark = "read" if row["mark"] == "read" else "memory"
    basis = LegalBasis(row["regulation"], f"target {row['year']}", "2017", mark)
    return WasteTarget(int(row["year"]), Decimal(row["reduced"]), Decimal(row["handled"]), basis)
