"""What was known at a moment of the past, drawn by the same drawing code as the present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import Engine

from dashboard.indicators.read import readings
from dashboard.indicators.reading import Reading
from dashboard.store.database import reading
from dashboard.store.source_states import SourceState, Told
from datasources.registry import ConfiguredSource
from layouts.looks import LOOKS
from layouts.panels.forms import Draw

Key = tuple[str, str, str]


class Past:
    """Stands in the place of the board for one moment: read when asked, never watched, never changed."""

    def __init__(
        self, engine: Engine, sources: Sequence[ConfiguredSource], forms: Mapping[str, Draw], at: datetime
    ) -> None:
        self.at = at
        self._engine, self._sources, self._forms = engine, sources, forms
        self._readings: dict[str, Reading] = {}

    def know(self, indicators: Iterable[str]) -> None:
        """Read these in one go."""
        wanted = [i for i in dict.fromkeys(indicators) if i not in self._readings]
        if wanted:
            with reading(self._engine) as connection:
                found = readings(connection, self._sources, self.at, wanted)
            self._readings |= {name: _as_then(r) for name, r in found.items()}

    def reading(self, indicator: str) -> Reading:
        """The reading of an indicator as of the moment."""
        self.know([indicator])
        return self._readings[indicator]

    def drawing(self, key: Key) -> tuple[int, Markup]:
        """A version that never grows, and the drawing of a panel."""
        form, indicator, look = key
        return 0, self._forms[form](self.reading(indicator), LOOKS[look])


def _as_then(found: Reading) -> Reading:
    """Without counts and failures of sources where their history had not begun: today's are not those of then."""
    return replace(found, sources=tuple(_without_today(s) for s in found.sources))


def _without_today(source: SourceState) -> SourceState:
    return replace(source, rows_total=0, refused_total=0) if source.told is Told.SPELLS else source
