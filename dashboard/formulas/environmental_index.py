"""IKA, IKU, IKL and IKLH computed here: versioned by regulation, never in place of the official figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboard.formulas.class_table import ClassTable
from dashboard.formulas.computed_figure import ComputedFigure
from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.pollution_index import CLASSES as POLLUTION

P27, DATED = "Permen LHK P.27/2021", "2021"
CAUTION = "Permen LH/BPLH 14/2025 mengatur ulang indeks ini; rumus barunya belum dilihat"
IKA_BASIS = LegalBasis(P27, "bobot kelas IP", DATED, "memory", caution=CAUTION)
IKU_BASIS = LegalBasis(P27, "acuan NO2 40 dan SO2 20 µg/m³", DATED, "memory", caution=CAUTION)
IKL_BASIS = LegalBasis(P27, "indeks kualitas lahan", DATED, "read", caution=CAUTION)
IKLH_BASIS = LegalBasis(P27, "bobot kabupaten/kota", DATED, "read", caution=CAUTION)
WORDS_BASIS = LegalBasis(P27, "predikat IKLH", DATED, "memory", caution=CAUTION)
FIRST_YEAR, LAST_YEAR = 2021, 2024
"""Years to which P.27/2021 is applied."""

IKA_WEIGHTS = dict(zip(POLLUTION.words, (70, 50, 30, 10), strict=True))
NO2_REFERENCE, SO2_REFERENCE = Decimal(40), Decimal(20)
FULL_COVER, FULL_SPAN = Fraction(843, 10), Fraction(543, 10)
CLASSES = ClassTable(
    WORDS_BASIS, ("sangat kurang", "kurang", "sedang", "baik", "sangat baik"),
    (Decimal(25), Decimal(50), Decimal(70), Decimal(90)), "above",
)  # fmt: skip
PARTS = ("IKA", "IKU", "IKL", "IKAL")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each part; they sum to 1."""

    ika: Fraction
    iku: Fraction
    ikl: Fraction
    ikal: Fraction = Fraction(0)


DISTRICT = Weights(Fraction(376, 1000), Fraction(405, 1000), Fraction(219, 1000))
NATIONAL = Weights(Fraction(340, 1000), Fraction(428, 1000), Fraction(133, 1000), Fraction(99, 1000))


def ika(by_class: Mapping[str, int]) -> ComputedFigure | NotComputable:
    """Water from the number of samples in each class of the pollution index; 10 to 70.

    Raises KeyError for a class that is none.
    """
    n = sum(by_class.values())
    if not n:
        return NotComputable("belum ada sampel air yang dapat dinilai")
    return ComputedFigure(Fraction(sum(IKA_WEIGHTS[word] * count for word, count in by_class.items()), n), (IKA_BASIS,))


def pollutant_index(no2: Decimal, so2: Decimal) -> Fraction:
    """Ieu, from annual means in µg/m³."""
    return (Fraction(no2) / Fraction(NO2_REFERENCE) + Fraction(so2) / Fraction(SO2_REFERENCE)) / 2


def iku(index: Fraction) -> ComputedFigure:
    """Air from the unrounded Ieu; at most 100. A printed Ieu is rounded and gives another figure."""
    return ComputedFigure(min(Fraction(100), 100 - Fraction(500, 9) * (index - Fraction(1, 10))), (IKU_BASIS,))


def ikl(cover_ha: Decimal, area_ha: Decimal, burnt: Fraction = Fraction(0)) -> ComputedFigure:
    """Land from the covered and the whole area in ha; `burnt` is the correction DKK as a share. Raises ValueError."""
    if area_ha <= 0 or not 0 <= cover_ha <= area_ha:
        raise ValueError(f"tutupan {cover_ha} ha dari {area_ha} ha tidak mungkin")
    share = (Fraction(cover_ha) / Fraction(area_ha) - burnt) * 100
    return ComputedFigure(100 - (FULL_COVER - share) * 50 / FULL_SPAN, (IKL_BASIS,))


def iklh(parts: Mapping[str, Decimal], weights: Weights = DISTRICT) -> ComputedFigure | NotComputable:
    """The whole from its parts, keyed as in PARTS. Every part with a weight is needed."""
    weighted = {name: getattr(weights, name.lower()) for name in PARTS if getattr(weights, name.lower())}
    if absent := [name for name in weighted if name not in parts]:
        return NotComputable(f"{', '.join(absent)} belum ada")
    return ComputedFigure(sum((Fraction(parts[n]) * w for n, w in weighted.items()), Fraction(0)), (IKLH_BASIS,))


def iklh_of_year(year: int, parts: Mapping[str, Decimal]) -> ComputedFigure | NotComputable:
    """The whole by the version that held in that year; NotComputable where that version was not seen."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return NotComputable(f"rumus yang berlaku untuk tahun {year} belum dilihat; pakai angka resmi")
    return iklh(parts)
