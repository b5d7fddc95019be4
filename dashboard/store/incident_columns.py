"""Incidents as questions that count see them: a column of whole numbers for each thing asked, no row for each case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np
from sqlalchemy import Connection, select

from dashboard.store import recount_due
from dashboard.store.database import IN_BINARY, from_ms, to_ms
from dashboard.store.incident_days import BLOCKS, TOLD, WORDS, Packed, incident_days, packed, rows_within, words_in
from dashboard.store.incident_words import NO_WORD, numbers_for_now, words_of
from dashboard.store.recount_due import Due, wib_day


@dataclass(frozen=True, slots=True)
class IncidentColumns:
    """Cells of the same place belong to one incident; the oldest stand first.

    `cells`: "received" and moments in ms (ABSENT: not known), "link" by STATES, "n_calls" (UNCOUNTED: not told),
    words by number, "lat", "lon", and
    "source" by place in `sources`.
    """

    cells: Mapping[str, np.ndarray]
    words: Mapping[int, str | None]
    sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.cells["received"])

    def of(self, chosen: np.ndarray | slice) -> IncidentColumns:
        """The incidents that a mask, a list of places or a slice chooses."""
        if isinstance(chosen, np.ndarray) and chosen.dtype == bool:
            chosen = np.flatnonzero(chosen)  # looked through once, not once for each column
        return IncidentColumns({name: cells[chosen] for name, cells in self.cells.items()}, self.words, self.sources)

    def split(self, keys: np.ndarray, count: int) -> list[IncidentColumns]:
        """Those of each key from 0 to before `count`; put in order once, because each would be chosen from all."""
        order = np.argsort(keys.astype(np.uint16), kind="stable")
        together = self.of(order)
        ends = np.searchsorted(keys[order], np.arange(count + 1)).tolist()
        return [together.of(slice(a, b)) for a, b in pairwise(ends)]

    def having(self, column: str, words: Collection[str | None]) -> np.ndarray:
        """The mask of those that carry one of the words there."""
        numbers = [number for number, word in self.words.items() if word in words]
        return np.isin(self.cells[column], np.array(numbers, dtype=np.uint32))

    def of_sources(self, names: Collection[str]) -> np.ndarray:
        """The mask of those that such a source told of."""
        return np.isin(self.cells["source"], [n for n, name in enumerate(self.sources) if name in names])

    def words_there(self, column: str) -> set[str | None]:
        """The words that occur there."""
        return {self.words[int(number)] for number in np.flatnonzero(np.bincount(self.cells[column]))}

    def moment(self, place: int) -> datetime:
        """When the incident at that place was received."""
        return from_ms(int(self.cells["received"][place]))  # type: ignore[return-value]


def columns_between(
    connection: Connection, start: datetime, end: datetime, wanted: Collection[str] = ()
) -> IncidentColumns:
    """Incidents received in [start, end); `wanted` names blocks of incident_days.

    Days that wait for their recount are read from the incidents themselves: an answer never lags behind.
    """
    names = [TOLD, *(name for name in BLOCKS if name in wanted and name != TOLD)]
    spans = recount_due.waiting(connection, "incidents", start, end)
    waiting = [(span.source, rows) for span in spans if (rows := rows_within(connection, span))]
    numbers = numbers_for_now(connection, {word for _, rows in waiting for word in words_in(rows)})
    parts = [
        *_kept(connection, start, end, names, spans),
        *((source, packed(connection, rows, numbers, names)) for source, rows in waiting),
    ]
    cells, sources = _joined(parts, names)
    words = {NO_WORD: None, **{number: word for word, number in numbers.items()}}
    found = _in_order(IncidentColumns(cells, words, sources))
    found = found.of(slice(*np.searchsorted(found.cells["received"], (to_ms(start), to_ms(end))).tolist()))
    there = {int(n) for name in WORDS for n in np.flatnonzero(np.bincount(found.cells[name]))}
    return replace(found, words={**words, **words_of(connection, there - words.keys())})


def _in_order(columns: IncidentColumns) -> IncidentColumns:
    """The oldest first. The days of one source are in order already, and nothing is copied."""
    received = columns.cells["received"]
    if bool((received[1:] >= received[:-1]).all()):
        return columns
    return columns.of(np.argsort(received, kind="stable"))


def _kept(
    connection: Connection, start: datetime, end: datetime, names: list[str], spans: list[Due]
) -> Iterator[tuple[str, Packed]]:
    """The blocks of each source, joined; days that wait for their recount are left out."""
    c = incident_days.c
    statement = (
        select(c.source, c.day, *(c[name] for name in names))
        .where(c.day >= wib_day(start), c.day < end)
        .order_by(c.day)
    )
    days: dict[str, list] = {}
    for row in connection.execute(statement, execution_options=IN_BINARY).all():
        if not any(s.source == row[0] and s.start <= row[1] < s.end for s in spans):
            days.setdefault(row[0], []).append(row)
    for source, rows in days.items():
        blocks = list(zip(*rows, strict=True))[2:]
        yield source, {n: np.frombuffer(b"".join(b), BLOCKS[n]) for n, b in zip(names, blocks, strict=True)}


def _joined(parts: Sequence[tuple[str, Packed]], names: Sequence[str]) -> tuple[dict[str, np.ndarray], tuple[str, ...]]:
    sources = tuple(dict.fromkeys(source for source, _ in parts))
    blocks = {n: _one_of([p[n] for _, p in parts] or [np.empty(0, BLOCKS[n])]) for n in names}
    of_source = [np.full(len(p[TOLD]), sources.index(source), np.uint32) for source, p in parts]
    cells = {"source": np.concatenate([np.empty(0, np.uint32), *of_source])}
    for name, block in blocks.items():
        fields = block.dtype.names
        cells |= {name: block} if fields is None else {field: np.ascontiguousarray(block[field]) for field in fields}
    return cells, sources


def _one_of(arrays: list[np.ndarray]) -> np.ndarray:
    """Joined, but a single one is not copied: cells of several fields take ten times as long as bytes."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
