"""An instrument of assessment as the formulas take it, and the published results read back into level sums."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dashboard.formulas.level_sums import LevelSums, sums_behind, weight_classes
from dashboard.formulas.maturity_index import PredicateOn, Scheme, half_up, predicate
from datasources.spbe.instrument import Instrument


def scheme_of(instrument: Instrument, on: PredicateOn | None = None) -> Scheme:
    """Weights, groups and predicates; `on` overrules what the instrument says of rounding."""
    return Scheme(
        weights={n: i.weight for n, i in instrument.indicators.items()},
        aspects={a: instrument.members("aspect", a) for a in instrument.aspects},
        upper={g: instrument.members("upper", g) for g in instrument.upper_groups},
        bands=tuple((band.word, band.start) for band in instrument.predicates),
        on=on or instrument.predicate_on,
    )


def level_sums(
    instrument: Instrument, printed: Mapping[int, Decimal], index: Decimal | None = None, unscored: bool = False
) -> list[LevelSums]:
    """The level sums behind printed group values, those of the printed index only when it is given.

    Empty when no whole levels print so, and for an instrument whose values are not whole. `unscored` lets an
    indicator count 0.
    """
    if not instrument.values.whole or set(printed) != set(instrument.upper_groups):
        return []
    scheme = scheme_of(instrument)
    lowest = 0 if unscored else int(instrument.values.lowest)
    classes = weight_classes(scheme.weights, scheme.upper)
    found = sums_behind(classes, printed, lowest, int(instrument.values.highest))
    return [sums for sums in found if index is None or half_up(sums.index) == index]


def predicates_of(instrument: Instrument, sums: list[LevelSums]) -> set[tuple[PredicateOn, str]]:
    """Every predicate the level sums may carry, by the way of rounding."""
    bands = scheme_of(instrument).bands
    ways: tuple[PredicateOn, ...] = ("unrounded", "rounded")
    return {(on, predicate(s.index, bands, on)) for s in sums for on in ways}
