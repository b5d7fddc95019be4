"""Who must hear of an alert that nobody has accepted, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.formulas.alert_state import Alert


@dataclass(frozen=True, slots=True)
class Step:
    """So long after it was raised unaccepted, this rung hears of it: 'petugas', 'kepala OPD', 'sekda', 'bupati'."""

    after: timedelta
    to: str


def reached(alert: Alert, steps: tuple[Step, ...], at: datetime) -> int:
    """How many of `steps` are due at `at`: none while somebody has it in hand, counted from when it began to wait.

    Blindness does not stop the clock: an alert that nobody took before its data stopped still climbs.
    """
    if not alert.waits or alert.waits_since is None:
        return 0
    return sum(1 for step in steps if at - alert.waits_since >= step.after)
