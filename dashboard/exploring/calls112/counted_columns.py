"""Which incidents count, column by column: the same rule as case by case, asked once for each kind of case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import DUPLICATE_CLASS, counting_notes
from dashboard.exploring.filters import Filters
from dashboard.indicators.counted_incidents import codes_of_words, why_not_counted
from dashboard.store.incident_columns import IncidentColumns, columns_between
from dashboard.store.incident_days import STATES
from dashboard.store.meanings import codes
from dashboard.store.recount_due import DAY_MS, WIB_MS
from dashboard.vocabulary112 import folded

EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class CountedColumns:
    """The incidents that count, oldest first, and those that do not, by reason."""

    columns: IncidentColumns
    excluded: Counter[str]
    proposed: int
    called_duplicate: int

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def newest(self) -> datetime | None:
        """When the newest of them was received."""
        return self.columns.moment(-1) if len(self) else None

    @property
    def days(self) -> np.ndarray:
        """The number of the WIB day each was received on; `day_of` tells which that is."""
        return (self.columns.cells["received"] + WIB_MS) // DAY_MS

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out and what is in doubt, as sentences."""
        return counting_notes(self.excluded, self.proposed, self.called_duplicate)


class _Kind(NamedTuple):
    cancelled: bool
    link: str | None
    class_raw: str | None


def day_of(number: int) -> date:
    """The WIB day of that number."""
    return date.fromordinal(EPOCH_DAY + int(number))


def day_number(day: date) -> int:
    """The number of a WIB day."""
    return day.toordinal() - EPOCH_DAY


def counted_columns(
    connection: Connection,
    filters: Filters,
    at: datetime,
    wanted: Collection[str] = (),
    everywhere: bool = False,
) -> CountedColumns:
    """The incidents of a period until `at`, each with what is wanted; of the chosen kecamatan unless `everywhere`."""
    found = columns_between(connection, filters.start, min(filters.end, at), wanted)
    if filters.kecamatan is not None and not everywhere:
        found = found.of(found.having("kecamatan_code", (filters.kecamatan,)))
    return sifted_columns(found, codes(connection, "class"))


def sifted_columns(found: IncidentColumns, classes: Mapping[str, str]) -> CountedColumns:
    """Tell those that count from the others; `classes` maps folded words to codes."""
    cells = found.cells
    states = len(STATES)
    keys = (cells["class_raw"].astype(np.int64) * states + cells["link"]) * 2 + cells["cancelled"]
    counts = np.bincount(keys)
    counted, excluded, proposed, doubles = np.zeros(len(counts), bool), Counter[str](), 0, 0
    for key in np.flatnonzero(counts):
        n, (word, link) = int(counts[key]), divmod(int(key) // 2, states)
        kind = _Kind(bool(key % 2), STATES[link], found.words[word])
        reason = why_not_counted(kind, classes)
        if reason:
            excluded[reason] += n
            continue
        counted[key] = True
        proposed += n if kind.link == "diusulkan" else 0
        doubles += n if kind.class_raw and classes.get(folded(kind.class_raw)) == DUPLICATE_CLASS else 0
    return CountedColumns(found.of(counted[keys]), excluded, proposed, doubles)


def category_of_words(connection: Connection, *found: CountedColumns) -> dict[str, str]:
    """The code of each word those incidents carry for their category."""
    return codes_of_words(connection, {w or "" for one in found for w in one.columns.words_there("category_raw")})


def numbered(columns: IncidentColumns, column: str, meant: Mapping[str, int]) -> np.ndarray:
    """What each incident's word there means, as the number that `meant` gives the word; 0 for other words."""
    numbers = np.zeros(max(columns.words) + 1, np.int64)
    for number, word in columns.words.items():
        numbers[number] = 0 if word is None else meant.get(word, 0)
    return np.take(numbers, columns.cells[column])
