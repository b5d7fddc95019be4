"""The figure of one indicator in one week, from the figures of its weeks and the state of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboard.briefings.figure import Figure, Subject
from dashboard.briefings.series import WEEK, six_weeks, twelve_months
from dashboard.formulas.freshness import worst
from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.week_signal import signal_of
from dashboard.store.notes import Note
from dashboard.store.source_states import SourceState
from dashboard.store.week_figures import WeekFigure

LATER = timedelta(hours=1)
"""Known so long after the as-of time, it was not known then."""


def figure_of(
    indicator: Indicator,
    weeks: Mapping[datetime, WeekFigure],
    week: datetime,
    as_of: datetime,
    notes: Sequence[Note],
    states: Sequence[SourceState],
) -> Figure:
    """What an edition says of an indicator. Where its value is withheld, its chart and signal know nothing of it."""
    behind = [s for s in states if set(s.topics) & set(indicator.topics)] if indicator.topics else list(states)
    now, before = _now(weeks.get(week), behind, as_of), weeks.get(week - WEEK)
    shown = weeks if now["value"] is not None else {monday: f for monday, f in weeks.items() if monday != week}
    return Figure(
        of=_subject(indicator),
        **now,
        previous=before.value if before else None,
        previous_data_time=before.data_time if before else None,
        judged=signal_of(indicator, shown, week, notes),
        weeks=six_weeks(shown, week),
        months=twelve_months(shown, week, indicator.unit),
        fresh=worst([s.freshness(as_of) for s in behind]).state,
        sources=tuple(s.id for s in behind),
    )


def _subject(i: Indicator) -> Subject:
    spoken = i.week.clock if i.week else f"Pada akhir minggu: {i.clock[:1].lower()}{i.clock[1:]}"
    basis = (i.week.basis if i.week else "") or i.basis
    return Subject(i.id, i.title, i.unit, i.decimals, i.family, i.owner, spoken, basis, i.better, i.target,
                   i.target_basis, i.weight)  # fmt: skip


def _now(figure: WeekFigure | None, behind: Sequence[SourceState], as_of: datetime) -> dict[str, Any]:
    """The figure of the week itself; where no source was ever heard nothing is known, however the formula reads."""
    unheard = _unheard(behind)
    simulated = any(s.simulated for s in behind) or (figure is not None and figure.simulated)
    if figure is None or (unheard and figure.value is not None):
        return {"value": None, "n": None, "interval": None, "band": "", "status": Status.UNKNOWN, "data_time": None,
                "missing": unheard or "belum dihitung", "simulated": simulated, "later": False}  # fmt: skip
    return {
        "value": figure.value,
        "n": figure.n,
        "interval": figure.interval,
        "band": figure.band,
        "status": Status(figure.status),
        "data_time": figure.data_time or (_asked(behind, as_of) if figure.value is not None else None),
        "missing": "" if figure.value is not None else unheard or figure.missing or "belum ada data",
        "simulated": simulated,
        "later": figure.known_at > as_of + LATER,
    }


def _unheard(behind: Sequence[SourceState]) -> str:
    if not behind:
        return "belum ada sumber"
    return "" if any(s.answered_at for s in behind) else "sumber belum menjawab"


def _asked(behind: Sequence[SourceState], as_of: datetime) -> datetime | None:
    """When a finding without data of its own ("no warning") was last true: when its source last answered."""
    return max((min(s.answered_at, as_of) for s in behind if s.answered_at), default=None)
