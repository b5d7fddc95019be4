"""Where a figure comes from: regulation, article, date, and whether anybody has read it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Mark = Literal["verified", "read", "memory"]
"""verified: checked against published data; read: read in one named source; memory: nobody has looked it up."""
TO_VERIFY = "perlu verifikasi"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A regulation (or paper) and its place in it. `dated` is a day or a year: 2021-02-02 or 2021.

    Raises ValueError for a date that is neither or a mark that does not exist.
    """

    regulation: str
    article: str
    dated: str
    mark: Mark
    source: str = ""
    caution: str = ""

    def __post_init__(self) -> None:
        if self.mark not in ("verified", "read", "memory"):
            raise ValueError(f"tanda '{self.mark}' pada {self.regulation} tidak dikenal: verified, read, atau memory")
        _ = self.applies_from

    @property
    def verified(self) -> bool:
        """False for a figure from memory, which is never shown as law."""
        return self.mark != "memory"

    @property
    def applies_from(self) -> date:
        """The day from which it is used; a bare year begins on 1 January."""
        return date.fromisoformat(self.dated if len(self.dated) > 4 else f"{self.dated}-01-01")

    @property
    def words(self) -> str:
        """The basis as it stands beside a figure, with the warning when it has not been read."""
        place = f"{self.regulation} {self.article}".strip()
        return place if self.verified else f"{place} ({TO_VERIFY})"


def to_verify(bases: Iterable[LegalBasis]) -> tuple[str, ...]:
    """The bases that still have to be looked up, each once, as words."""
    return tuple(dict.fromkeys(basis.words for basis in bases if not basis.verified))
