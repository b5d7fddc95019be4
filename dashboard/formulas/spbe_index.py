"""The SPBE index of PermenPANRB 59/2020: 47 levels, 8 aspects, 4 domains, one predicate; exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal

LEGAL_BASIS = "PermenPANRB 59/2020"
INSTRUMENT = "SPBE-2020"

DOMAIN_NAMES = {
    1: "Kebijakan Internal SPBE",
    2: "Tata Kelola SPBE",
    3: "Manajemen SPBE",
    4: "Layanan SPBE",
}
ASPECT_NAMES = {
    1: "Kebijakan Internal Tata Kelola SPBE",
    2: "Perencanaan Strategis SPBE",
    3: "Teknologi Informasi dan Komunikasi",
    4: "Penyelenggara SPBE",
    5: "Penerapan Manajemen SPBE",
    6: "Pelaksanaan Audit TIK",
    7: "Layanan Administrasi Pemerintahan Berbasis Elektronik",
    8: "Layanan Publik Berbasis Elektronik",
}
LEVEL_NAMES = {
    "process": ("Rintisan", "Terkelola", "Terdefinisi", "Terpadu dan Terukur", "Optimum"),
    "service": ("Informasi", "Interaksi", "Transaksi", "Kolaborasi", "Optimum"),
}
_ASPECTS = (
    # aspect, domain, first and last indicator, weight of each indicator in hundredths of a percent
    (1, 1, 1, 10, 130),
    (2, 2, 11, 14, 250),
    (3, 2, 15, 18, 250),
    (4, 2, 19, 20, 250),
    (5, 3, 21, 28, 150),
    (6, 3, 29, 31, 150),
    (7, 4, 32, 41, 275),
    (8, 4, 42, 47, 300),
)
PREDICATES = (
    ("Memuaskan", Decimal("4.2")),
    ("Sangat Baik", Decimal("3.5")),
    ("Baik", Decimal("2.6")),
    ("Cukup", Decimal("1.8")),
    ("Kurang", Decimal(0)),
)
"""Each predicate with the index from which it holds, inclusive."""

PredicateOn = Literal["unrounded", "rounded"]


@dataclass(frozen=True, slots=True)
class SpbeIndicator:
    """Place and weight of one indicator; the 47 weights (in hundredths of a percent) add up to 10,000."""

    number: int
    aspect: int
    domain: int
    weight: int


INDICATORS = {
    number: SpbeIndicator(number, aspect, domain, weight)
    for aspect, domain, first, last, weight in _ASPECTS
    for number in range(first, last + 1)
}


@dataclass(frozen=True, slots=True)
class SpbeIndex:
    """An index and what it is made of. A missing level leaves `index` and the groups it belongs to None."""

    index: Decimal | None
    predicate: str | None
    domains: Mapping[int, Fraction | None]
    aspects: Mapping[int, Fraction | None]
    missing: tuple[int, ...]
    predicate_disputed: bool = False
    """The rounded and the unrounded index carry different predicates."""


def spbe_index(
    levels: Mapping[int, int], *, predicate_on: PredicateOn = "unrounded", unscored_as_zero: bool = False
) -> SpbeIndex:
    """The index from levels 1..5 by indicator number 1..47.

    `unscored_as_zero` counts a missing indicator as 0, as the ministry does in its final result; without it a
    missing indicator leaves the index open. Raises ValueError for an unknown number or an impossible level.
    """
    _check(levels)
    missing = tuple(number for number in INDICATORS if number not in levels)
    scored = {number: levels.get(number, 0) for number in INDICATORS if unscored_as_zero or number in levels}
    domains = {d: _weighted([i for i in INDICATORS.values() if i.domain == d], scored) for d in DOMAIN_NAMES}
    aspects = {a: _weighted([i for i in INDICATORS.values() if i.aspect == a], scored) for a in ASPECT_NAMES}
    if len(scored) < len(INDICATORS):
        return SpbeIndex(None, None, domains, aspects, missing)
    index = Decimal(sum(INDICATORS[n].weight * level for n, level in scored.items())) / 10_000
    disputed = predicate(index, "rounded") != predicate(index, "unrounded")
    return SpbeIndex(index, predicate(index, predicate_on), domains, aspects, missing, disputed)


def index_from_domains(domains: Mapping[int, Decimal]) -> Decimal:
    """The index from the values of all four domains (published ones are rounded: up to 0.005 off).

    Raises ValueError when a domain is missing or unknown.
    """
    if set(domains) != set(DOMAIN_NAMES):
        raise ValueError(f"indeks SPBE memerlukan nilai domain 1 sampai 4, diterima {sorted(domains)}")
    weights = {d: sum(i.weight for i in INDICATORS.values() if i.domain == d) for d in DOMAIN_NAMES}
    return sum((value * weights[d] for d, value in domains.items()), Decimal(0)) / 10_000


def half_up(value: Fraction | Decimal) -> Decimal:
    """As the ministry prints it: two decimals, halves upward."""
    hundredths = Fraction(value) * 100
    whole = floor(hundredths + Fraction(1, 2))
    return Decimal(whole).scaleb(-2)


def predicate(index: Decimal, on: PredicateOn = "unrounded") -> str:
    """The predicate of an index. 2024 was judged on the unrounded index, 2023 on the rounded one."""
    judged = half_up(index) if on == "rounded" else index
    return next(word for word, start in PREDICATES if judged >= start)


@dataclass(frozen=True, slots=True)
class NextPredicate:
    """The predicate above the present one and the weight points (hundredths of the index) still missing."""

    predicate: str
    points: Decimal


def to_next_predicate(index: Decimal, on: PredicateOn = "unrounded") -> NextPredicate | None:
    """What is missing to the next predicate; None for Memuaskan. One level up adds weight/100 points."""
    now = predicate(index, on)
    words = [word for word, _ in PREDICATES]
    if now == words[0]:
        return None
    word, start = PREDICATES[words.index(now) - 1]
    reached_at = start - Decimal("0.005") if on == "rounded" else start
    return NextPredicate(word, (reached_at - index) * 100)


def level_name(number: int, level: int) -> str:
    """The word for a level of an indicator; services (32-47) have words of their own. Raises ValueError."""
    _check({number: level})
    return LEVEL_NAMES["service" if INDICATORS[number].domain == 4 else "process"][level - 1]


def _check(levels: Mapping[int, int]) -> None:
    for number, level in levels.items():
        if number not in INDICATORS:
            raise ValueError(f"indikator SPBE nomor {number} tidak ada; nomornya 1 sampai 47")
        if isinstance(level, bool) or level not in (1, 2, 3, 4, 5):
            raise ValueError(f"level {level} untuk indikator {number} tidak mungkin; levelnya 1 sampai 5")


def _weighted(group: list[SpbeIndicator], scored: Mapping[int, int]) -> Fraction | None:
    if any(indicator.number not in scored for indicator in group):
        return None
    points = sum(indicator.weight * scored[indicator.number] for indicator in group)
    return Fraction(points, sum(indicator.weight for indicator in group))
