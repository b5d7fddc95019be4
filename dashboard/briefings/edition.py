"""One edition as plain values: everything that its pages say, and nothing else. Kept as JSON, printed from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import TypeAdapter

from dashboard.briefings.figure import Figure
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.two_periods import LEAST_BASE as FEW

REGENT = "bupati"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it was at the as-of time."""

    id: str
    title: str
    owner: str
    state: FreshState
    since: datetime | None
    newest: datetime | None
    rows: int
    refused: int
    simulated: bool
    attribution: str

    @property
    def late(self) -> bool:
        """Whether it is past its contract."""
        return self.state is not FreshState.FRESH


@dataclass(frozen=True, slots=True)
class Event:
    """What a person noted on the charts of a family in these weeks."""

    family: str
    kind: str
    text: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of an earlier week that became another since the last edition."""

    title: str
    unit: str
    decimals: int
    week: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The one decision that the rows suggest: about which figure or source, and who is asked. None: nothing is."""

    kind: Literal["jelaskan", "pertahankan", "pulihkan", "tidak ada"]
    about: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Directive:
    """An instruction as it stood at the as-of time: its stage, whether past its day, whether it ended that week."""

    text: str
    owner: str
    due: date
    stage: str = ""
    late: bool = True
    ended: bool = False


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert as it stood at the as-of time. `accepted` tells when somebody took it on first."""

    said: str
    owner: str
    severity: str
    raised: datetime
    accepted: datetime | None
    state: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class AlertWeek:
    """The alerts of a week: how many were raised in it, how many of these were critical, how many still stand, and
    those that say most, the standing ones first.
    """

    raised: int
    critical: int
    standing: int
    lines: tuple[AlertLine, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. `first` and `last` are its Monday and Sunday; `running` while that week is not over.

    `directives` and `alerts` are None in editions from before they were kept. `link` leads to the same moment in the
    application.
    """

    week: str
    first: date
    last: date
    as_of: datetime
    running: bool
    audience: str
    revision: int
    reason: str
    figures: tuple[Figure, ...]
    points: tuple[str, ...]
    charts: tuple[str, ...]
    proposal: Proposal
    sources: tuple[SourceLine, ...]
    events: tuple[Event, ...]
    revisions: tuple[Revision, ...]
    directives: tuple[Directive, ...] | None
    link: str
    alerts: AlertWeek | None = None

    @property
    def number(self) -> int:
        """The number of the ISO week, which is that of the edition in its year."""
        return self.first.isocalendar().week

    def of_family(self, family: str) -> tuple[Figure, ...]:
        """The figures of one page, in the order of the catalogue."""
        return tuple(figure for figure in self.figures if figure.of.family == family)

    def figure(self, name: str) -> Figure:
        """A figure by its id. Raises StopIteration for one that is none of ours."""
        return next(figure for figure in self.figures if figure.of.id == name)

    @property
    def fresh(self) -> int:
        """Figures with a value from sources that keep their contract."""
        return sum(f.value is not None and f.fresh is FreshState.FRESH for f in self.figures)

    @property
    def completeness(self) -> Decimal | None:
        """Share of fresh figures in per cent; None below ten, where a percentage says too much."""
        return Decimal(100 * self.fresh) / len(self.figures) if len(self.figures) >= FEW else None

    @property
    def simulated(self) -> bool:
        """Whether any value on any page is simulated."""
        return any(figure.simulated for figure in self.figures)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the kept JSON."""
        return hashlib.sha256(to_json(self)).hexdigest()


_EDITION = TypeAdapter(Edition)


def to_json(edition: Edition) -> bytes:
    """The snapshot that is kept: exact values as text, times ISO 8601 UTC; the same edition gives the same bytes."""
    return _EDITION.dump_json(edition)


def from_json(snapshot: bytes | str) -> Edition:
    """The edition of a kept snapshot. Raises pydantic.ValidationError for one that was changed or cut."""
    return _EDITION.validate_json(snapshot)
