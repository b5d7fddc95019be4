"""A table of classes: words with edges between them, and the side on which a value on an edge stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dashboard.formulas.legal_basis import LegalBasis


@dataclass(frozen=True, slots=True)
class ClassTable:
    """Words in the order of rising values. `on_edge`: a value on an edge takes the word below or above it.

    Raises ValueError unless there is one edge less than words, in rising order.
    """

    basis: LegalBasis
    words: tuple[str, ...]
    edges: tuple[Decimal, ...]
    on_edge: Literal["below", "above"]

    def __post_init__(self) -> None:
        if len(self.edges) != len(self.words) - 1 or any(low >= high for low, high in pairwise(self.edges)):
            raise ValueError(f"tabel kelas {self.basis.regulation}: {len(self.words)} kelas dengan batas {self.edges}")

    def word(self, value: Decimal | Fraction | int) -> str:
        """The class of an unrounded value."""
        place = bisect_left if self.on_edge == "below" else bisect_right
        return self.words[place([Fraction(edge) for edge in self.edges], Fraction(value))]
