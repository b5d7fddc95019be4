"""A figure computed here from official inputs: never to be mistaken for an official figure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dashboard.formulas.legal_basis import LegalBasis, to_verify

LABEL = "hitungan lokal"


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """An exact value, what it rests on, and notes a reader must see beside it."""

    value: Fraction
    bases: tuple[LegalBasis, ...]
    notes: tuple[str, ...] = ()

    @property
    def to_verify(self) -> tuple[str, ...]:
        """What nobody has read in the regulation yet."""
        return to_verify(self.bases)

    @property
    def verified(self) -> bool:
        """Whether every figure it rests on has been read somewhere."""
        return not self.to_verify

    @property
    def label(self) -> str:
        """'hitungan lokal menurut …', with the warning and with what may have replaced the regulation."""
        regulations = "; ".join(dict.fromkeys(basis.words for basis in self.bases))
        cautions = dict.fromkeys(basis.caution for basis in self.bases if basis.caution)
        return ". ".join([f"{LABEL} menurut {regulations}", *cautions])
