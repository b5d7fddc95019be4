"""One unsafe thing about how the product is set up, in words for whoever runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.settings import Settings
from datasources.registry import ConfiguredSource


@dataclass(frozen=True, slots=True)
class Finding:
    """`setting` names where it is put right; `stops` is for what must not run outside of the demonstration."""

    setting: str
    sentence: str
    stops: bool = False

    def __str__(self) -> str:
        return f"{'BAHAYA' if self.stops else 'PERINGATAN'}  {self.setting}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is looked at: the settings, the environment they came from, and the sources."""

    values: Settings
    environment: Mapping[str, str]
    sources: Sequence[ConfiguredSource] = ()
