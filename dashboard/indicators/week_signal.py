"""The signal of a week: the same judgement on a tile, on the wall and in the briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.signal import Aim, Judged, Signal, aim, judged, verdict
from dashboard.indicators.indicator import Indicator
from dashboard.store.notes import Note, notes_between
from dashboard.store.week_figures import WeekFigure, known_at

WEEK = timedelta(days=7)
JUDGED_WEEKS = 52

Weeks = Mapping[datetime, WeekFigure]
"""Monday → figure, of one indicator."""


@dataclass(frozen=True, slots=True)
class LastWeek:
    """The last closed week of an indicator, against its target and against its own past."""

    number: int
    aim: Aim
    judged: Judged

    @property
    def speaks(self) -> bool:
        """Whether there are enough weeks to say anything."""
        return self.judged.signal is not Signal.TOO_FEW

    def words(self, indicator: Indicator) -> str:
        """'Minggu 47: di bawah target, tanpa perubahan berarti'."""
        return f"Minggu {self.number}: {verdict(self.aim, indicator.better, self.judged.signal)}"


def last_weeks(connection: Connection, indicators: Iterable[Indicator], at: datetime) -> dict[str, LastWeek]:
    """Indicator id → its last closed week as known at `at`; absent where that week has no figure."""
    chosen = {i.id: i for i in indicators if i.in_briefing}
    if not chosen:
        return {}
    monday = clock.week_start(at) - WEEK
    weeks: dict[str, dict[datetime, WeekFigure]] = {}
    for (name, week), figure in known_at(connection, monday - JUDGED_WEEKS * WEEK, monday, at, chosen).items():
        weeks.setdefault(name, {})[week] = figure
    notes = {
        f: notes_between(connection, f, monday - JUDGED_WEEKS * WEEK, at, at)
        for f in {i.family for i in chosen.values()}
    }
    return {
        name: _last_week(chosen[name], found, monday, notes[chosen[name].family])
        for name, found in weeks.items()
        if monday in found and found[monday].value is not None
    }


def _last_week(indicator: Indicator, found: Weeks, monday: datetime, notes: Sequence[Note]) -> LastWeek:
    figure = found[monday]
    return LastWeek(
        clock.wib(monday).isocalendar().week,
        aim(figure.value, indicator.target, indicator.better, figure.interval),
        signal_of(indicator, found, monday, notes),
    )


def signal_of(indicator: Indicator, found: Weeks, week: datetime, notes: Sequence[Note]) -> Judged:
    """The signal of `week` among up to 52 weeks with data of their own; what a yearly survey repeats counts once.

    A note 'perubahan definisi' begins a new stretch at its week. A week without a value has no signal of its own.
    """
    if week not in found or found[week].value is None:
        return Judged(Signal.TOO_FEW, 0)
    kept, seen = [], None
    for monday in sorted(m for m in found if week - JUDGED_WEEKS * WEEK < m <= week):
        figure = found[monday]
        if figure.value is not None and (figure.data_time is None or figure.data_time != seen):
            kept.append(figure)
            seen = figure.data_time
    changes = [clock.week_start(note.start) for note in notes if note.kind == "perubahan definisi"]
    firsts = [next((at for at, f in enumerate(kept) if f.week >= change), None) for change in changes]
    counts = all(f.value == f.n for f in kept)
    values = [float(f.value or 0) for f in kept]
    return judged(values, indicator.better, counts and bool(kept), [at for at in firsts if at is not None])
