"""The figures of a queue in the order they are shown, each computed or with what is missing for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dashboard.exploring.calls112.call_tallies import BY_HAND, timed
from dashboard.formulas import agent_work
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.not_computable import Count, Figure, NotComputable
from dashboard.formulas.percentile import LEAST_FOR_P90, limit_ranks
from dashboard.formulas.queue_tally import QueueTally
from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.waits import Waits

CANNOT = "tidak dapat dihitung dari sumber ini"
FEW_FOR_P90 = f"p90 mulai {LEAST_FOR_P90} panggilan"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in its unit with its limits and n; `value` None: `missing` says what is lacking."""

    value: Decimal | int | None
    n: int | None = None
    low: Decimal | int | None = None
    high: Decimal | int | None = None
    missing: str = ""
    remark: str = ""


Compute = Callable[[QueueTally], Shown]


def share(figure: Figure, n: Count) -> Shown:
    """A share in per cent with its Wilson interval."""
    if isinstance(figure, NotComputable):
        return Shown(None, missing=figure.missing)
    if isinstance(n, NotComputable) or n == 0:
        return Shown(_decimal(100 * figure))
    limits = wilson(round(figure * n), n)
    low, high = (Decimal(str(100 * edge)) for edge in limits) if limits else (None, None)
    return Shown(_decimal(100 * figure), n, low, high)


def percent(figure: Figure) -> Decimal | None:
    """A share in per cent alone; None when it cannot be computed."""
    if isinstance(figure, NotComputable):
        return None
    return Decimal(100 * figure.numerator) / Decimal(figure.denominator)


def number(figure: Figure | Count, n: int | None) -> Shown:
    """An amount without limits."""
    if isinstance(figure, NotComputable):
        return Shown(None, missing=figure.missing)
    return Shown(figure if isinstance(figure, int) else _decimal(figure), n)


def level(tally: QueueTally, threshold_s: int, over: levels.Over) -> Shown:
    """A service level; n is what it is over."""
    return share(levels.service_level(tally, threshold_s, over), _over(tally, threshold_s, over))


def _over(tally: QueueTally, threshold_s: int, over: levels.Over) -> Count:
    if over == "answered":
        return tally.answered or 0
    decided = tally.decided or 0
    if over == "offered":
        return decided
    short = levels.abandoned_within(tally, threshold_s)
    return short if isinstance(short, NotComputable) else decided - short


def wait_percentile(tally: QueueTally, percent: int) -> Shown:
    """Nearest rank; p90 only from thirty calls."""
    found = levels.wait_percentile_s(tally, percent)
    if isinstance(found, NotComputable):
        return Shown(None, missing=found.missing)
    n = tally.answered_waits.total if tally.answered_waits else 0
    if percent == 90 and n < LEAST_FOR_P90:
        return Shown(None, n, missing=f"{FEW_FOR_P90}, ada {n}")
    return Shown(found, n)


def limited_percentile(tally: QueueTally, percent: int) -> Shown:
    """The same with the order statistics that limit it."""
    found, waits = wait_percentile(tally, percent), tally.answered_waits
    if found.value is None or waits is None:
        return found
    low, high = limit_ranks(waits.total, percent) if waits.total <= MOST_RANKED else wide_ranks(waits.total, percent)
    return replace(found, low=_at_rank(waits, low), high=_at_rank(waits, high))


MOST_RANKED = 3000
"""Beyond it the normal approximation finds the same ranks to one or two, in no time."""


def wide_ranks(n: int, percent: int) -> tuple[int, int]:
    """The ranks of the limits of a percentile of many values, one-sided 95 % each."""
    middle, reach = n * percent / 100, 1.6449 * (n * percent * (100 - percent)) ** 0.5 / 100
    return max(1, int(middle - reach)), min(n, int(middle + reach) + 2)


def _at_rank(waits: Waits, rank: int | None) -> int | None:
    if rank is None:
        return None
    for seconds in sorted(waits.counts):
        rank -= waits.counts[seconds]
        if rank <= 0:
            return seconds
    return None


def seconds_of(tally: QueueTally, typed_by_hand: bool, compute: Compute) -> Shown:
    """A figure that rests on seconds: of calls whose wait is known, and refused for times typed by hand."""
    return Shown(None, missing=BY_HAND) if typed_by_hand else compute(timed(tally)[0])


def abandoned_long(tally: QueueTally) -> Shown:
    """Abandoned after more than five seconds, short ones in neither part."""
    short = levels.short_abandoned(tally)
    whole = short if isinstance(short, NotComputable) else (tally.decided or 0) - short
    return share(levels.abandon_rate_without_short(tally), whole)


def handling(tally: QueueTally) -> Shown:
    """Mean handling time, with what it consists of."""
    found = number(agent_work.aht_s(tally), tally.talk.n if tally.talk else None)
    parts = ", ".join(agent_work.aht_parts(tally))
    return found if found.value is None else Shown(found.value, found.n, remark=f"terdiri dari: {parts}")


def _decimal(figure: Fraction) -> Decimal:
    return Decimal(figure.numerator) / Decimal(figure.denominator)
