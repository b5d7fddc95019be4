"""From what is known of an instrument to a problem of planning: entered values, or what published values leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from dashboard.exploring.spbe.plan_request import PlanRequest
from dashboard.formulas.level_sums import LevelSums, WeightClass
from dashboard.formulas.maturity_index import Scheme, points_missing, predicate, reached_from
from dashboard.indicators.assessment_state import AssessmentState, newest_state
from dashboard.instruments import level_sums, scheme_of
from dashboard.planning.ladder import Rung, reached, steps_down, steps_up
from dashboard.planning.problem import Problem, Step
from dashboard.store.published_results import results
from datasources.spbe.instrument import Instrument, Requirement
from datasources.spbe.instrument_files import instruments

SMALLEST = Fraction(1, 10_000)
"""Points: what is lost beyond the reserve loses the predicate; smaller than any weight."""


@dataclass(frozen=True, slots=True)
class Starting:
    """Where a plan starts: the unrounded indices that are possible (one when values are known), and the problem up.

    `missing` says why there is none. `losing` is the problem of losing the present predicate.
    """

    instrument: Instrument
    year: int
    scheme: Scheme
    indices: tuple[Fraction, ...]
    up: Problem
    losing: Problem | None = None
    missing: str = ""
    data_time: datetime | None = None

    @property
    def predicates(self) -> tuple[str, ...]:
        """The predicate of each possible index."""
        return tuple(dict.fromkeys(predicate(i, self.scheme.bands, self.scheme.on) for i in self.indices))


def starting(connection: Connection, request: PlanRequest) -> Starting:
    """The problem that was asked for."""
    instrument = instruments()[request.instrument]
    start = next(b.start for b in instrument.predicates if b.word == request.target)
    if request.basis == "terbit":
        return _from_published(connection, instrument, start)
    state = newest_state(connection, instrument)
    if state is None:
        return _nothing(instrument, f"{len(instrument.indicators)} indikator {instrument.title} belum diisi")
    if state.found.index is None:
        listed = ", ".join(map(str, state.found.missing))
        sentence = f"{len(state.found.missing)} indikator tahun {state.year} belum diisi ({listed}); isi dahulu"
        return _nothing(instrument, sentence, state.year)
    return _from_entered(state, request, start)


def _nothing(instrument: Instrument, missing: str, year: int = 0) -> Starting:
    return Starting(instrument, year, scheme_of(instrument), (), Problem(()), missing=missing)


def _from_entered(state: AssessmentState, request: PlanRequest, start: Decimal) -> Starting:
    instrument, rule, scheme = state.instrument, state.instrument.values, scheme_of(state.instrument)
    index = state.found.index or Fraction(0)
    rungs = rungs_of(state, request.efforts)
    steps = tied(steps_up(rungs, rule.highest), instrument.requirements)
    blocked = {n for n in instrument.indicators if state.plan(n).blocked and n not in request.pinned}
    excluded = frozenset({*blocked, *request.excluded})
    first = {s.item: s.key for s in reversed(steps) if not s.after}
    pinned = frozenset(first[n] for n in request.pinned if n in first and n not in excluded)
    up = Problem(steps, points_missing(index, start, scheme.on), (), pinned, excluded)
    losing = _losing(rungs, index, scheme, rule.lowest)
    return Starting(instrument, state.year, scheme, (index,), up, losing, data_time=state.assessed_at)


def tied(steps: tuple[Step, ...], requirements: Iterable[Requirement]) -> tuple[Step, ...]:
    """The steps, those that presuppose another indicator after the step that brings it there."""
    found = {s.key: s for s in steps}
    for r in requirements:
        above = next((s for s in steps if s.item == r.indicator and reached(s) >= r.value), None)
        first = next((s for s in steps if s.item == r.needs and reached(s) >= r.at), None)
        # No such step: the other already stands there, or this one already does.
        if above is not None and first is not None:
            found[above.key] = replace(found[above.key], after=(*found[above.key].after, first.key))
    return tuple(found.values())


def rungs_of(state: AssessmentState, efforts: Mapping[int, Fraction]) -> tuple[Rung, ...]:
    """Every indicator on its way up; the effort that is asked for, else the planned one, else 1."""
    of = state.instrument
    return tuple(
        Rung(
            n,
            value,
            of.indicators[n].weight,
            efforts.get(n) or state.plan(n).effort or Fraction(1),
            of.upper_of(n),
            of.step_of(n),
        )
        for n, value in state.values.items()
    )


def _losing(rungs: tuple[Rung, ...], index: Fraction, scheme: Scheme, lowest: Decimal) -> Problem | None:
    word = predicate(index, scheme.bands, scheme.on)
    if word == scheme.bands[-1][0]:
        return None
    start = dict(scheme.bands)[word]
    reserve = (index - reached_from(start, scheme.on)) * 100
    return Problem(steps_down(rungs, lowest), reserve + SMALLEST)


def _from_published(connection: Connection, instrument: Instrument, start: Decimal) -> Starting:
    """Only what holds for every reading of the published values: the largest gap, the smallest room."""
    known = [r for r in results(connection, instrument.id) if r.groups]
    if not known:
        return _nothing(instrument, f"belum ada nilai domain {instrument.title} yang diterbitkan")
    newest = known[-1]
    readings = level_sums(instrument, newest.groups, newest.index)
    if not readings:
        return _nothing(
            instrument, f"nilai domain {newest.year} tidak dapat diuraikan menjadi level bulat", newest.year
        )
    scheme = scheme_of(instrument)
    needed = max(points_missing(r.index, start, scheme.on) for r in readings)
    up = Problem(_group_steps(instrument, readings), needed)
    indices = tuple(sorted({r.index for r in readings}))
    return Starting(instrument, newest.year, scheme, indices, up, data_time=newest.data_time)


def _group_steps(instrument: Instrument, readings: list[LevelSums]) -> tuple[Step, ...]:
    found = []
    for one in readings[0].sums:
        room = min(int(instrument.values.highest) * len(one.members) - r.sums[one] for r in readings)
        found += [_group_step(one, place) for place in range(room)]
    return tuple(found)


def _group_step(one: WeightClass, place: int) -> Step:
    """The next level of any indicator of the class; in order, because they are interchangeable."""
    name = f"kelas{one.group}-{one.weight}"
    before = (f"{name}:{place}",) if place else ()
    kind = (one.group, one.weight, Fraction(1), Fraction(1))
    return Step(f"{name}:{place + 1}", name, kind, Fraction(one.weight), Fraction(1), before)
