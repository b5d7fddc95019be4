"""How often one recipient is written to, so that a storm of alerts is a few messages and no critical one waits long."""

from __future__ import annotations

from datetime import datetime, timedelta

CRITICAL_EVERY = timedelta(seconds=20)
"""Within the promise that a channel has accepted a critical alert thirty seconds after it was raised."""
OTHER_EVERY = timedelta(minutes=2)
MOST_PER_HOUR = timedelta(hours=1) // CRITICAL_EVERY
"""What the pace allows at the very worst: a new critical alert in each of these spans."""


def may_write(last_written: datetime | None, at: datetime, critical: bool) -> bool:
    """Whether it is time for another message to a recipient; what waits meanwhile is bundled into it."""
    if last_written is None:
        return True
    return at - last_written >= (CRITICAL_EVERY if critical else OTHER_EVERY)
