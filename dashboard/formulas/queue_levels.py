"""How a call queue answers: shares and times of the 112 line from a tally, exact, or what is missing for them.

Pool the tallies of a week; never average the shares of its hours. Shares are over the calls that no longer wait, so
a call that still waits is offered but lowers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dashboard.formulas.not_computable import NO_ANSWERED, NO_CALL, Count, Figure, NotComputable, minus, share
from dashboard.formulas.queue_tally import QueueTally
from dashboard.formulas.waits import Waits

SHORT_ABANDON_S = 5
"""An abandoned call up to this wait is most often a pocket dial."""
NENA_LINES = ((15, Fraction(90, 100)), (20, Fraction(95, 100)))
"""NENA-STA-020.1-2020, over answered calls: a comparison, no Indonesian rule."""

Over = Literal["answered", "offered", "without_short"]


@dataclass(frozen=True, slots=True)
class NenaLine:
    """One of NENA's two lines beside what was reached; `met` is None when that is unknown."""

    within_s: int
    target: Fraction
    level: Figure

    @property
    def met(self) -> bool | None:
        """Whether the line was reached."""
        return None if isinstance(self.level, NotComputable) else self.level >= self.target


def answer_rate(tally: QueueTally) -> Figure:
    """Answered over decided."""
    return share(_answered(tally), _decided(tally))


def abandon_rate(tally: QueueTally) -> Figure:
    """Abandoned over decided."""
    return share(_abandoned(tally), _decided(tally))


def abandon_rate_without_short(tally: QueueTally) -> Figure:
    """Abandoned after five seconds over decided, short ones in neither."""
    short = short_abandoned(tally)
    return share(minus(_abandoned(tally), short), minus(_decided(tally), short))


def short_abandoned(tally: QueueTally) -> Count:
    """Abandoned within five seconds."""
    return abandoned_within(tally, SHORT_ABANDON_S)


def answered_within(tally: QueueTally, threshold_s: int) -> Count:
    """Calls answered after at most so many seconds."""
    return _within(tally, tally.answered_waits, tally.answered, threshold_s, "terjawab")


def abandoned_within(tally: QueueTally, threshold_s: int) -> Count:
    """Calls abandoned after at most so many seconds."""
    return _within(tally, tally.abandoned_waits, tally.abandoned, threshold_s, "terputus")


def service_level(tally: QueueTally, threshold_s: int, over: Over = "without_short") -> Figure:
    """The share answered within the threshold.

    Over answered calls (NENA), over offered ones, or over offered ones without those that hung up within the
    threshold (the variant to print).
    """
    decided = _decided(tally)
    if isinstance(decided, NotComputable) and (over != "answered" or tally.unknown):
        return decided
    if over == "answered":
        whole = _answered(tally)
        return NO_ANSWERED if whole == 0 else share(answered_within(tally, threshold_s), whole)
    if over == "without_short":
        decided = minus(decided, abandoned_within(tally, threshold_s))
    return share(answered_within(tally, threshold_s), decided)


def nena_lines(tally: QueueTally) -> tuple[NenaLine, ...]:
    """90 % in 15 s and 95 % in 20 s of the answered calls."""
    return tuple(NenaLine(at, target, service_level(tally, at, "answered")) for at, target in NENA_LINES)


def asa_s(tally: QueueTally) -> Figure:
    """Average speed of answer in seconds; calls answered at once count with 0."""
    waits = _to_the_second(tally, tally.answered_waits, tally.answered, "terjawab")
    return waits if isinstance(waits, NotComputable) else waits.mean_s or Fraction(0)


def wait_percentile_s(tally: QueueTally, percent: int) -> Count:
    """Nearest-rank percentile of the wait of answered calls."""
    waits = _to_the_second(tally, tally.answered_waits, tally.answered, "terjawab")
    return waits if isinstance(waits, NotComputable) else waits.percentile_s(percent) or 0


def longest_wait_s(tally: QueueTally) -> Count:
    """The longest wait, whatever became of the call."""
    kinds = (
        (tally.answered_waits, tally.answered, "terjawab"),
        (tally.abandoned_waits, tally.abandoned, "terputus"),
        (tally.timeout_waits, tally.timeout, "habis waktu"),
    )
    known = [_to_the_second(tally, *kind) for kind in kinds if kind[1] != 0]
    gap = next((waits for waits in known if isinstance(waits, NotComputable)), None)
    if gap is not None or not known:
        return gap or unknown_fate(tally) or NO_CALL
    return max(waits.longest_s or 0 for waits in known if isinstance(waits, Waits))


def unknown_fate(tally: QueueTally) -> NotComputable | None:
    """Why nothing can be said of answered or abandoned calls, when some ended nobody knows how."""
    if not tally.unknown:
        return None
    return NotComputable(f"nasib {tally.unknown} panggilan (terjawab atau tidak) tidak tercatat")


def _decided(tally: QueueTally) -> Count:
    if tally.decided is None:
        return unknown_fate(tally) or NotComputable("jumlah panggilan masuk tidak tercatat")
    return unknown_fate(tally) or tally.decided or NO_CALL


def _answered(tally: QueueTally) -> Count:
    return NotComputable("jumlah panggilan terjawab tidak tercatat") if tally.answered is None else tally.answered


def _abandoned(tally: QueueTally) -> Count:
    return NotComputable("jumlah panggilan terputus tidak tercatat") if tally.abandoned is None else tally.abandoned


def _within(tally: QueueTally, waits: Waits | None, calls: int | None, threshold_s: int, kind: str) -> Count:
    if calls == 0 and not tally.unknown:
        return 0
    known = _complete(tally, waits, calls, kind)
    if isinstance(known, NotComputable):
        return known
    within = known.within(threshold_s)
    if within is None:
        return NotComputable(f"panggilan {kind} sampai {threshold_s} detik tidak tercatat tersendiri")
    return within


def _to_the_second(tally: QueueTally, waits: Waits | None, calls: int | None, kind: str) -> Waits | NotComputable:
    """Waits known to the second of all calls of a kind, at least one."""
    known = _complete(tally, waits, calls, kind)
    if isinstance(known, NotComputable):
        return known
    if known.total == 0:
        return NotComputable(f"tidak ada panggilan {kind} pada masa ini")
    return known if known.exact else NotComputable(f"waktu tunggu panggilan {kind} hanya tercatat per kelompok")


def _complete(tally: QueueTally, waits: Waits | None, calls: int | None, kind: str) -> Waits | NotComputable:
    """Waits of all calls of a kind: told of some only, they would make every share too low."""
    unknown = unknown_fate(tally)
    if unknown:
        return unknown
    if waits is None:
        return NotComputable(f"waktu tunggu panggilan {kind} tidak tercatat")
    if calls is not None and waits.total < calls:
        return NotComputable(f"waktu tunggu {calls - waits.total} dari {calls} panggilan {kind} tidak tercatat")
    return waits
