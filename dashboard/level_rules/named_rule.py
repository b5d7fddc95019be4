"""A rule of levels with its title, the words of its levels, and whether it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.formulas.threshold_matrix import LevelRule

Standing = Literal["nasional", "lokal", "historis"]


@dataclass(frozen=True, slots=True)
class Example:
    """Published values that show how a rule works, with the level that was decreed then."""

    title: str
    source: str
    decreed: int
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class NamedRule:
    """`standing` travels with every level that is shown: a local or historical rule never looks like a national one."""

    id: str
    title: str
    standing: Standing
    note: str
    rule: LevelRule
    levels: Mapping[int, str]
    window_days: int
    matrix_source: str
    sources: Mapping[str, str]
    example: Example | None = None

    def words(self, level: int) -> str:
        """'2 (Siaga)': the number with its word, never alone."""
        word = self.levels[level]
        return word if str(level) in word else f"{level} ({word})"
