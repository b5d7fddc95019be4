"""What a river sample may be measured for: names, spellings, units, and what cannot be."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

SAME_UNIT = {
    "mg/l": ("mg/l", "mg/lt", "mg/liter", "mg l-1"),
    "°C": ("°c", "c", "oc", "celsius", "derajat c"),
    "Pt-Co": ("pt-co", "ptco", "pt-co unit", "unit pt-co", "tcu"),
    "-": ("-", "–", "unit ph", "ph", "tanpa satuan"),
    "MPN/100 ml": ("mpn/100 ml", "mpn/100ml", "cfu/100 ml", "cfu/100ml", "jml/100 ml", "jumlah/100 ml", "jml/100ml"),
}
"""Our unit → how laboratories write it; each of another size must be converted by whoever knows the sheet."""


@dataclass(frozen=True, slots=True)
class WaterParameter:
    """Key, title, unit, the highest value that can be, and other spellings of the title."""

    key: str
    title: str
    unit: str
    highest: Decimal
    aliases: tuple[str, ...]


@cache
def water_parameters() -> dict[str, WaterParameter]:
    """All by key."""
    with (Path(__file__).parent / "water_parameters.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: WaterParameter(
                row["key"], row["title"], row["unit"], Decimal(row["highest"]),
                tuple(filter(None, row["aliases"].split(";"))),
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


@cache
def _by_spelling() -> dict[str, WaterParameter]:
    return {s: p for p in water_parameters().values() for s in (p.key, p.title.casefold(), *p.aliases)}


def parameter_named(text: str) -> WaterParameter | None:
    """The parameter of that title, key or spelling; None when there is none."""
    return _by_spelling().get(" ".join(text.casefold().split()))


def is_unit_of(parameter: WaterParameter, text: str) -> bool:
    """Whether a cell names the parameter's unit."""
    word = " ".join(text.casefold().replace("µ", "u").split())
    return word in SAME_UNIT[parameter.unit]
