"""What an assessment instrument is: indicators with weights in aspects and domains, predicates, and their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class External:
    """An index of another ministry that gives the value of an indicator; `edges` are those of classes 1 to 5.

    `plan_step`, where the value moves otherwise than that of other indicators.
    """

    indicator: int
    keeper: str
    index: str
    source: str
    edges: tuple[Decimal, ...] = ()
    edge: Literal["lower class", "upper class"] = "upper class"
    plan_step: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What live data can say of an indicator: a theme, and the ids of measured indicators that bear on it."""

    indicator: int
    theme: str
    measured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Before `indicator` can reach `value`, the indicator `needs` must stand at `at`."""

    indicator: int
    value: Decimal
    needs: int
    at: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class AssessedIndicator:
    """Number, official name, aspect and weight in percent of the index; `words` names the list of its level words."""

    number: int
    name: str
    aspect: int
    weight: Decimal
    words: str
    source: str
    origin: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name without the words that almost all of them begin with."""
        for opening in ("Tingkat Kematangan ", "Tingkat "):
            if self.name.startswith(opening):
                return self.name.removeprefix(opening)
        return self.name


@dataclass(frozen=True, slots=True)
class Group:
    """An aspect or a domain; `domain` is where an aspect belongs, None where there are no domains."""

    number: int
    name: str
    weight: Decimal
    source: str
    domain: int | None = None


@dataclass(frozen=True, slots=True)
class PredicateBand:
    """A predicate with the index from which it holds, inclusive."""

    word: str
    start: Decimal
    source: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What a value may be. `plan_step` is how far one step of a plan goes, and why; `unscored` what a missing one
    counts.
    """

    whole: bool
    lowest: Decimal
    highest: Decimal
    decimals: int
    plan_step: Decimal
    plan_step_basis: str
    unscored: Decimal
    unscored_source: str
    target: Decimal
    target_basis: str
    target_local: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument as data. `sources` holds the words for the source codes of all its figures."""

    id: str
    key: str
    title: str
    lead: str
    legal_basis: str
    sheet: str
    first_year: int
    last_year: int | None
    values: ValueRule
    predicate_on: Literal["unrounded", "rounded"]
    predicate_source: str
    predicates: tuple[PredicateBand, ...]
    domains: Mapping[int, Group]
    aspects: Mapping[int, Group]
    indicators: Mapping[int, AssessedIndicator]
    words: Mapping[str, tuple[str, ...]]
    externals: Mapping[int, External]
    lives: Mapping[int, Live]
    requirements: tuple[Requirement, ...]
    sources: Mapping[str, str]

    @property
    def upper_groups(self) -> Mapping[int, Group]:
        """The groups right below the index: domains where there are any, else aspects."""
        return self.domains or self.aspects

    @property
    def upper_name(self) -> str:
        """What those are called."""
        return "domain" if self.domains else "aspek"

    def upper_of(self, number: int) -> int:
        """The number of the upper group an indicator belongs to. Raises KeyError."""
        aspect = self.indicators[number].aspect
        return self.aspects[aspect].domain or aspect if self.domains else aspect

    def members(self, kind: Literal["aspect", "upper"], group: int) -> tuple[int, ...]:
        """The numbers of the indicators of an aspect or of an upper group, in their order."""
        if kind == "aspect":
            return tuple(n for n, i in self.indicators.items() if i.aspect == group)
        return tuple(n for n in self.indicators if self.upper_of(n) == group)

    def level_word(self, number: int, value: Decimal) -> str:
        """The word for a whole level; empty for a value between two levels. Raises KeyError."""
        words = self.words.get(self.indicators[number].words, ())
        place = int(value) - int(self.values.lowest)
        return words[place] if value == int(value) and 0 <= place < len(words) else ""

    def step_of(self, number: int) -> Decimal:
        """How far one step of a plan lifts an indicator."""
        external = self.externals.get(number)
        return self.values.plan_step if external is None or external.plan_step is None else external.plan_step

    def in_force(self, year: int) -> bool:
        """Whether results of that year are assessed with it."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)
