"""Limits of river water of class 2: PP 22/2021, annex VI, as data with the mark whether anybody has read each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from dashboard.formulas.legal_basis import LegalBasis, Mark
from dashboard.formulas.written_number import written

Group = Literal["fisika", "kimia", "biologi"]
Kind = Literal["max", "min", "range", "deviation"]
REGULATION, ANNEX, DATED = "PP 22/2021", "Lampiran VI, sungai kelas 2", "2021-02-02"


@dataclass(frozen=True, slots=True)
class Standard:
    """The limit of one parameter, in the parameter's own unit. `low` and `high` belong to the kind "range" only."""

    parameter: str
    group: Group
    kind: Kind
    limit: Decimal | None
    low: Decimal | None
    high: Decimal | None
    basis: LegalBasis

    def met_by(self, value: Decimal) -> bool:
        """Whether a value keeps the limit. Raises ValueError for a deviation: it needs the natural temperature."""
        if self.kind == "range":
            assert self.low is not None and self.high is not None  # noqa: S101, PT018 - the table holds both
            return self.low <= value <= self.high
        if self.kind == "deviation" or self.limit is None:
            raise ValueError(f"batas {self.parameter} adalah simpangan dari suhu alami, bukan nilai")
        return value <= self.limit if self.kind == "max" else value >= self.limit

    @property
    def words(self) -> str:
        """'≤ 50', '≥ 4', '6–9', with the decimal comma."""
        if self.kind == "range":
            return f"{written(self.low or 0)}–{written(self.high or 0)}"
        sign = {"max": "≤", "min": "≥", "deviation": "±"}[self.kind]
        return f"{sign} {written(self.limit or 0)}"


@cache
def class2() -> Mapping[str, Standard]:
    """Every parameter of the table by its key, also those that are from memory."""
    with (Path(__file__).parent / "water_class2.csv").open(encoding="utf-8", newline="") as file:
        return {row["parameter"]: _standard(row) for row in csv.DictReader(file)}


def usable(confirmed: Mapping[str, tuple[Decimal, str]] | None = None) -> Mapping[str, Standard]:
    """The limits that may judge a sample: those read in the regulation, and those that an officer has confirmed.

    `confirmed`: parameter → (limit, the regulation as the officer wrote it). Limits from memory are left out, for
    they would be shown as law; so is temperature, which is judged against the natural temperature.
    """
    told = confirmed or {}
    found = {key: _confirmed(s, told[key]) if key in told else s for key, s in class2().items()}
    return {key: s for key, s in found.items() if s.kind != "deviation" and s.basis.verified}


def to_confirm(confirmed: Mapping[str, tuple[Decimal, str]] | None = None) -> tuple[str, ...]:
    """The parameters whose limit is from memory and not confirmed yet."""
    return tuple(key for key in class2() if key not in usable(confirmed))


def _confirmed(standard: Standard, told: tuple[Decimal, str]) -> Standard:
    if standard.kind not in ("max", "min"):
        return standard
    basis = LegalBasis(told[1], "", DATED, "read", "dikonfirmasi DLH")
    return replace(standard, limit=told[0], basis=basis)


def _standard(row: Mapping[str, str]) -> Standard:
    mark: Mark = "verified" if row["mark"] == "verified" else "memory"
    limit, low, high = (Decimal(row[name]) if row[name] else None for name in ("limit", "low", "high"))
    basis = LegalBasis(REGULATION, ANNEX, DATED, mark)
    return Standard(row["parameter"], row["group"], row["kind"], limit, low, high, basis)  # type: ignore[arg-type]
