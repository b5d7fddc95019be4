"""What a rule of alerts is: what it looks at, for how long, who owns it, what is agreed to be done, who hears when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from dashboard.clock import wib
from dashboard.formulas.alert_state import Severity, Timing
from dashboard.formulas.escalation import Step
from dashboard.indicators.reading import Reading
from dashboard.store.source_states import SourceState

WHOLE = ""
"""The place of what is not told apart by place."""

LADDER = (
    Step(timedelta(0), "petugas"),
    Step(timedelta(minutes=15), "kepala OPD"),
    Step(timedelta(minutes=60), "sekda"),
    Step(timedelta(minutes=120), "bupati"),
)
"""Who hears of a critical alert that nobody accepts; local practice, to be confirmed by Diskominfo."""
SLOW_LADDER = (Step(timedelta(0), "petugas"), Step(timedelta(hours=4), "kepala OPD"))
"""The same of one that can wait until the next office hours."""


USUAL = Timing(timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule sees at one place now: BLIND (None) when it cannot be seen. `said` is the sentence of the moment."""

    seen: Severity | None
    said: str
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """All that rules look at: readings by indicator, the sources, and which alerts stand (rule, place) → severity."""

    at: datetime
    readings: Mapping[str, Reading]
    sources: Sequence[SourceState]
    standing: Mapping[tuple[str, str], Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One reason to tell somebody. `look` gives a Look per place; a place that is not in it is well.

    Alerts of one `cause` are told together. `quiet` are hours of the WIB clock in which what is not critical waits.
    """

    id: str
    title: str
    cause: str
    owner: str
    action: str
    look: Callable[[AlertRule, Picture], Mapping[str, Look]]
    timing: Timing = USUAL
    steps: tuple[Step, ...] = LADDER
    quiet: tuple[time, time] | None = None
    on_wall: bool = True

    def is_quiet(self, at: datetime) -> bool:
        """Whether the WIB clock stands inside the quiet hours; they may run over midnight."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        now = wib(at).time()
        return start <= now < end if start <= end else now >= start or now < end
