"""What the calls cost the agents: handling time, occupancy and calls per hour of work, from a tally."""

from __future__ import annotations

from fractions import Fraction

from dashboard.formulas.not_computable import NO_ANSWERED, Figure, NotComputable
from dashboard.formulas.queue_levels import unknown_fate
from dashboard.formulas.queue_tally import QueueTally, Spent


def aht_s(tally: QueueTally) -> Figure:
    """Average handling time in seconds of answered calls: talk, and hold and wrap-up where the source tells them."""
    talk = _known_talk(tally)
    if isinstance(talk, NotComputable):
        return talk
    return sum(
        (Fraction(part.total_s, part.n) for part in (talk, tally.hold, tally.wrap) if part and part.n), Fraction(0)
    )


def aht_parts(tally: QueueTally) -> tuple[str, ...]:
    """What the handling time consists of, to be printed beside it."""
    named = (("bicara", tally.talk), ("ditahan", tally.hold), ("pencatatan sesudah panggilan", tally.wrap))
    return tuple(name for name, part in named if part and part.n)


def aht_without_zero_s(tally: QueueTally) -> Figure:
    """Average talk time of the calls in which somebody spoke."""
    talk = _known_talk(tally)
    if isinstance(talk, NotComputable):
        return talk
    if talk.zero is None:
        return NotComputable("jumlah panggilan dengan lama bicara 0 detik tidak tercatat")
    return Fraction(talk.total_s, talk.n - talk.zero) if talk.n > talk.zero else NO_ANSWERED


def occupancy(tally: QueueTally) -> Figure:
    """Seconds spent on ended calls over seconds that agents were logged in and not paused."""
    talk = _known_talk(tally)
    if not tally.staffed_s:
        return NotComputable("jam kerja petugas tidak tercatat")
    if isinstance(talk, NotComputable):
        return Fraction(0) if talk is NO_ANSWERED else talk
    untold = (tally.answered or 0) - tally.talking - talk.n
    if untold > 0:
        return NotComputable(f"lama bicara {untold} dari {tally.answered} panggilan terjawab tidak tercatat")
    return Fraction(sum(part.total_s for part in (talk, tally.hold, tally.wrap) if part), tally.staffed_s)


def calls_per_agent_hour(tally: QueueTally) -> Figure:
    """Answered calls per hour that an agent was logged in and not paused."""
    if not tally.staffed_s:
        return NotComputable("jam kerja petugas tidak tercatat")
    unknown = unknown_fate(tally)
    if unknown or tally.answered is None:
        return unknown or NotComputable("jumlah panggilan terjawab tidak tercatat")
    return Fraction(3600 * tally.answered, tally.staffed_s)


def _known_talk(tally: QueueTally) -> Spent | NotComputable:
    unknown = unknown_fate(tally)
    if unknown or tally.answered == 0:
        return unknown or NO_ANSWERED
    return tally.talk if tally.talk and tally.talk.n else NotComputable("lama bicara panggilan terjawab tidak tercatat")
