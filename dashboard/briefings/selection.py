"""What a briefing speaks of: the main points, the charts, the one proposal. By rule, and never noise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.briefings.edition import Proposal, SourceLine
from dashboard.briefings.figure import Figure
from dashboard.formulas.signal import Aim, Signal
from dashboard.indicators.indicator import Status

MOST_POINTS = 3
MOST_CHARTS = 12
CHARTS_OF_A_FAMILY = 4
MOST_CHARTS_OF_A_FAMILY = 6
FAMILIES = ("112", "lingkungan", "spbe")

SIGNAL_POINTS = {Signal.WORSE: 3, Signal.CHANGED: 2, Signal.BETTER: 2}
STATUS_POINTS = {Status.KRITIS: 3, Status.WASPADA: 2}


def score(figure: Figure) -> int:
    """Signal (worse 3, better or changed 2, else 1) × target (missed beyond chance 2, else 1) × status (kritis 3,
    waspada 2, else 1) × weight of the indicator.
    """
    signal = SIGNAL_POINTS.get(figure.judged.signal, 1)
    target = 2 if figure.aim is Aim.MISSED else 1
    return signal * target * STATUS_POINTS.get(figure.status, 1) * figure.of.weight


def gap(figure: Figure) -> Decimal:
    """How far a missed target lies away, as a share of the target; 0 when it is met or there is none."""
    if figure.aim is not Aim.MISSED or figure.value is None or figure.of.target is None:
        return Decimal(0)
    return abs(figure.value - figure.of.target) / (abs(figure.of.target) or 1)


def speaks(figure: Figure) -> bool:
    """Whether it may be a point at all: a real change, a target missed beyond chance, or a raised status; never a
    missing value, a share of fewer than ten cases, or what was said last week of the same data.
    """
    if figure.value is None or figure.few or figure.repeated:
        return False
    return figure.changed or figure.aim is Aim.MISSED or figure.raised


def ranked(figures: Sequence[Figure]) -> list[Figure]:
    """By score, then by distance from the target, then in the order of the catalogue."""
    return sorted(figures, key=lambda figure: (-score(figure), -gap(figure)))


def main_points(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The ids of three points at most."""
    return tuple(figure.of.id for figure in ranked([f for f in figures if speaks(f)])[:MOST_POINTS])


def charts(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The ids of twelve charts at most: four of each family, then up to six where another family has fewer."""
    drawable = {family: _chart_order(figures, family) for family in FAMILIES}
    chosen = {family: found[:CHARTS_OF_A_FAMILY] for family, found in drawable.items()}
    for place in range(CHARTS_OF_A_FAMILY, MOST_CHARTS_OF_A_FAMILY):
        for family, found in drawable.items():
            if len(found) > place and sum(map(len, chosen.values())) < MOST_CHARTS:
                chosen[family].append(found[place])
    return tuple(name for family in FAMILIES for name in chosen[family])


def _chart_order(figures: Sequence[Figure], family: str) -> list[str]:
    """What speaks first, then what has a target, then the rest, each in the order of the catalogue."""
    own = [figure for figure in figures if figure.of.family == family and figure.charted]
    speaking = ranked([figure for figure in own if speaks(figure)])
    rest = sorted((f for f in own if not speaks(f)), key=lambda f: f.of.target is None)
    return [figure.of.id for figure in (*speaking, *rest)]


def proposal(points: Sequence[Figure], sources: Sequence[SourceLine]) -> Proposal:
    """The first point that got worse or misses its target; else the first source past its contract; else what got
    better is to be kept; else nothing.
    """
    bad = next((f for f in points if f.judged.signal is not Signal.BETTER), None)
    if bad is not None:
        return Proposal("jelaskan", bad.of.id, bad.of.owner)
    late = next((source for source in sources if source.late), None)
    if late is not None:
        return Proposal("pulihkan", late.id, late.owner)
    good = next(iter(points), None)
    return Proposal("tidak ada") if good is None else Proposal("pertahankan", good.of.id, good.of.owner)
