"""How a screen is, from its last sign of life: well, dead, or painting something that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from dashboard.indicators.catalogue.displays import DEAD_AFTER
from dashboard.store.display_beats import Beat

FRAME_STILL_MS = 10_000
"""Promise P7: the gap between two painted frames stays below ten seconds."""
MESSAGE_STILL_MS = 15_000
"""Promise P3: a screen marks the loss of its server within fifteen seconds."""


class ScreenState(StrEnum):
    """The words are shown."""

    WELL = "hidup"
    NEVER = "belum pernah terdengar"
    DEAD = "mati"
    FROZEN = "gambar berhenti"
    CUT_OFF = "tidak menerima data"
    OLD_RELEASE = "versi lama"

    @property
    def shape(self) -> str:
        """The class of its shape: colour never stands alone."""
        return {ScreenState.WELL: "normal", ScreenState.DEAD: "kritis"}.get(self, "waspada")


def screen_state(beat: Beat | None, release: str, at: datetime) -> ScreenState:
    """The worst that can be said of a screen at `at`."""
    if beat is None:
        return ScreenState.NEVER
    tests: tuple[tuple[Callable[[], bool], ScreenState], ...] = (
        (lambda: at - beat.at > DEAD_AFTER, ScreenState.DEAD),
        (lambda: beat.painted_ms is None or beat.painted_ms > FRAME_STILL_MS, ScreenState.FROZEN),
        (lambda: (beat.message_ms or 0) > MESSAGE_STILL_MS, ScreenState.CUT_OFF),
        (lambda: bool(beat.release) and beat.release != release, ScreenState.OLD_RELEASE),
    )
    return next((state for test, state in tests if test()), ScreenState.WELL)


def ago(at: datetime, now: datetime) -> timedelta:
    """How long ago, never negative: two clocks may differ a little."""
    return max(timedelta(0), now - at)
