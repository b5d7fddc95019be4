"""What is known of each river post at a moment: level, siaga, rise, and when the next step is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.quality_flags import Sample
from dashboard.formulas.river_course import Course, Reading, Rise, course, rise
from dashboard.formulas.river_limits import LIMITS
from dashboard.formulas.siaga import Standing, Step, standing
from dashboard.formulas.time_to_threshold import TimeTo, time_to
from dashboard.formulas.written_number import written
from dashboard.store.hazard_spans import SummedUp, summed_up
from dashboard.store.river_readings import QUANTITIES, PostSeries, post_series
from dashboard.store.river_thresholds import PostThresholds, Threshold, thresholds_at

RAW = timedelta(hours=6)
"""Single readings are looked at so far back; before that the last reading of each hour, for two days."""
LOOKED_BACK = timedelta(hours=48)
BELIEVED_FOR = timedelta(hours=3)
"""A reading older than this says nothing of the river now: no siaga is told by it."""
LEAST_SILENCE = timedelta(minutes=15)
STUCK_AFTER = 12
"""Hours in which a river of ours moves at least a centimetre."""


@dataclass(frozen=True, slots=True)
class PostState:
    """One post and quantity. `newest` None: it told nothing for `RAW`. `notes` are clauses about its instrument."""

    station: str
    name: str
    quantity: str
    newest: Reading | None
    rise: Rise
    thresholds: PostThresholds | None
    standing: Standing
    to_next: TimeTo
    notes: tuple[str, ...] = ()
    silent_since: datetime | None = None

    @property
    def unit(self) -> str:
        """m or m³/s."""
        return QUANTITIES[self.quantity]

    @property
    def step(self) -> Threshold | None:
        """The step at which it stands; None below all, and where none was entered."""
        return self.thresholds.steps[self.standing.step - 1] if self.thresholds and self.standing.step else None

    @property
    def next_step(self) -> Threshold | None:
        """The one that a rise would reach."""
        steps = self.thresholds.steps if self.thresholds else ()
        return steps[self.standing.step] if self.standing.step < len(steps) else None


def post_states(connection: Connection, quantity: str, at: datetime) -> list[PostState]:
    """Every post that told something in the last two days."""
    raw = post_series(connection, quantity, at - RAW, at)
    hours: dict[str, list[SummedUp]] = {}
    for hour in summed_up(connection, quantity, "hour", at - LOOKED_BACK, at):
        hours.setdefault(hour.place, []).append(hour)
    entered = thresholds_at(connection, at)
    return [
        _state(raw.get(station) or PostSeries(station, _name(hours[station])), hours.get(station, []),
               entered.get((station, quantity)), quantity, at)
        for station in sorted({*raw, *hours})
    ]  # fmt: skip


def _state(
    post: PostSeries, hours: Sequence[SummedUp], entered: PostThresholds | None, quantity: str, at: datetime
) -> PostState:
    limits = LIMITS[quantity]
    found = course(post.samples, limits)
    if not found.good:
        return _silent(post, hours, entered, quantity)
    newest, risen = found.good[-1], rise(found)
    steps = [Step(s.value, s.returns_at) for s in entered.steps] if entered else []
    before = [reading for hour in hours if hour.start < at - RAW for reading in _of_hour(hour)]
    stands = standing([*before, *found.good], steps)
    ahead = entered.steps[stands.step].value if entered and stands.step < len(entered.steps) else None
    return PostState(
        post.station,
        post.name,
        quantity,
        newest,
        risen,
        entered,
        stands,
        time_to(ahead, newest.value, risen, limits.still),
        tuple(_notes(found, hours, limits.unit, at)),
        newest.at if at - newest.at > _patience(post.samples) else None,
    )


def _name(hours: Sequence[SummedUp]) -> str:
    return next((h.name for h in reversed(hours) if h.name), hours[-1].place)


def _silent(post: PostSeries, hours: Sequence[SummedUp], entered: PostThresholds | None, quantity: str) -> PostState:
    last = max((h.start for h in hours), default=None)
    why = "tidak ada bacaan dalam 6 jam"
    return PostState(
        post.station, post.name, quantity, None, Rise(None, missing=why), entered, Standing(0), TimeTo(None, why=why),
        silent_since=last,
    )  # fmt: skip


def _of_hour(hour: SummedUp) -> list[Reading]:
    """How an hour ended; twice where it held several readings, for then two of them in a row had said so."""
    if hour.last is None:
        return []
    return [Reading(hour.start + timedelta(hours=1), Decimal(repr(hour.last)))] * min(2, hour.n)


def _patience(samples: Sequence[Sample]) -> timedelta:
    """Two of its own intervals, a quarter of an hour at least: longer silence is itself an alarm."""
    gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(samples)]
    return max(timedelta(seconds=2 * median(gaps)), LEAST_SILENCE) if gaps else BELIEVED_FOR


def _notes(found: Course, hours: Sequence[SummedUp], unit: str, at: datetime) -> list[str]:
    notes = []
    if found.leap is not None:
        before, after = found.leap
        change = written(after.value - before.value, 2)
        notes.append(
            f"lompatan {change} {unit} pukul {clock.wib(after.at):%H.%M}: alat atau titik nol berubah? Laju dihitung "
            "sesudahnya"
        )
    if found.left_out:
        notes.append(f"{found.left_out} bacaan mustahil tidak dipakai dalam 6 jam")
    recent = [h for h in hours if h.start >= at - timedelta(hours=STUCK_AFTER + 1)]
    if len(recent) >= STUCK_AFTER and len({v for h in recent for v in (h.low, h.high)}) == 1:
        notes.append(f"nilai tidak berubah {len(recent)} jam; alat mungkin macet")
    return notes
