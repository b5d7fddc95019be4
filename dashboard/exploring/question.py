"""A question that people explore with filters, and its answer: rows that are drawn, explained and exported alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters

Role = Literal["x", "y", "low", "high", "group", "label", "value", "note", "code"]
"""What a column is to a drawing; a column without a role stands in the table and the export only."""

Form = Literal[
    "lines", "lanes", "bars", "heat", "table", "tiles", "funnel", "scatter", "stacked", "calendar", "index_history",
    "scales", "level_matrix",
]  # fmt: skip
"""lanes: the columns "y" under one another on one axis of time, those of one unit together."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer. `kind` says how its cells are written: moments are UTC, days are dates."""

    key: str
    title: str
    kind: Literal["text", "number", "moment", "day"] = "number"
    unit: str = ""
    decimals: int = 0
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows by column key; a cell of None is missing, not zero.

    `n` counts the cases behind it, `data_time` is the newest data used. `notes` are sentences: exclusions with
    their counts, limits, assumptions. `missing` says why there is nothing to show; then there are no rows.
    """

    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    n: int | None = None
    data_time: datetime | None = None
    notes: Sequence[str] = ()
    missing: str = ""
    marks: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    """Notes of users on the x axis: {"x": …, "until": … | None, "text": …}."""


def nothing(missing: str, notes: Sequence[str] = ()) -> Answer:
    """An answer that says why it cannot be given."""
    return Answer((), (), missing=missing, notes=notes)


Ask = Callable[[Connection, Filters, datetime], Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `clock` explains in one line what is counted from when to when; `topics` it depends on.

    An answer that is not `by_period` or not `by_kecamatan` is the same whatever is chosen there.
    `internal`: of what the system itself keeps. `of_station`, `of_office`: it can be asked of one station or OPD alone.
    `audience` "desk": for the 112 desk's own people only (single cases, running queue); "opd": for an agency's head
    too, who sees what `filters.opd` names and nothing else.
    `as_known`: asked at a moment of the past it answers as was known then, because its rows are only ever added to.
    """

    id: str
    title: str
    family: Literal["112", "lingkungan", "spbe", "sistem"]
    topics: tuple[str, ...]
    form: Form
    clock: str
    ask: Ask
    basis: str = ""
    by_kecamatan: bool = True
    by_period: bool = True
    internal: bool = False
    audience: Literal["all", "desk", "opd"] = "all"
    of_station: bool = False
    of_office: bool = False
    as_known: bool = False
