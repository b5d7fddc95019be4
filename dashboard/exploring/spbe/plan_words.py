"""A plan in Indonesian sentences: what is missing, the cheapest way, and what would lose the predicate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from dashboard.exploring.spbe.plan_problem import SMALLEST, Starting
from dashboard.formulas.written_number import written
from dashboard.planning.cheapest import cheapest
from dashboard.planning.ladder import reached
from dashboard.planning.problem import Plan, Step
from datasources.spbe.instrument import Instrument

POINT = "1 poin bobot = 0,01 indeks"


def standing_words(start: Starting, target: str) -> str:
    """'Indeks 4,1600 (Sangat Baik); Memuaskan mulai 4,20: kurang 4,00 poin …'."""
    indices = " atau ".join(written(index, 4) for index in start.indices)
    threshold = next(b.start for b in start.instrument.predicates if b.word == target)
    needed = start.up.needed
    said = f"Indeks {start.instrument.title} tahun {start.year}: {indices} ({' atau '.join(start.predicates)})."
    if needed <= 0:
        return f"{said} {target} mulai {written(threshold, 2)}: sudah tercapai, {points(-needed)} di atas batas."
    several = ", pada bacaan yang paling berat" if len(start.indices) > 1 else ""
    return f"{said} {target} mulai {written(threshold, 2)}: kurang {points(needed)}{several} ({POINT})."


def points(value: Fraction) -> str:
    """'4,00 poin'."""
    return f"{written(value, 2)} poin"


def pattern_words(instrument: Instrument, plan: Plan) -> str:
    """'1 × Tata Kelola SPBE (2,50) + 1 × Manajemen SPBE (1,50)'; where values are not whole, the points of a group."""
    counted: dict[tuple[Any, ...], list[Fraction]] = {}
    for step in plan.steps:
        group, weight, effort, _ = cast(tuple[Any, ...], step.kind)
        part = (group, weight, effort) if instrument.values.whole else (group, None, effort)
        counted.setdefault(part, []).append(step.gain)
    parts = []
    for (group, weight, effort), gains in sorted(counted.items(), key=lambda pair: str(pair[0])):
        dear = f", upaya {written(effort)}" if effort != 1 else ""
        name = instrument.upper_groups[group].name
        total = written(weight if weight is not None else sum(gains, Fraction(0)), 2)
        parts.append(f"{len(gains)} × {name} ({total}{dear})" if weight is not None else f"{name} (+{total}{dear})")
    return " + ".join(parts) or "tidak perlu apa-apa"


def climb_words(instrument: Instrument, last: Step) -> str:
    """'12 Peta Rencana SPBE: naik ke 4 Terpadu dan Terukur'."""
    number, to = cast(int, last.item), reached(last)
    value, word = written(to, 0 if instrument.values.whole else 2), instrument.level_word(number, to)
    return f"{number} {instrument.indicators[number].short_name}: naik ke {value}" + (f" {word}" if word else "")


def after_words(start: Starting, plan: Plan) -> str:
    """'Sesudah itu indeks 4,2025, 0,25 poin di atas batas.'."""
    indices = " atau ".join(written(index + plan.gain / 100, 4) for index in start.indices)
    edge = "tepat pada batas, yang termasuk predikat itu" if plan.spare == 0 else f"{points(plan.spare)} di atas batas"
    least = " sedikitnya" if len(start.indices) > 1 and plan.spare else ""
    return f"Sesudah itu indeks {indices},{least} {edge}."


def step_words(instrument: Instrument) -> str:
    """How far one step goes, and why; which indicators go another way."""
    values = instrument.values
    said = f"Satu langkah = {written(values.plan_step)} level ({values.plan_step_basis})."
    others: dict[Decimal, list[int]] = {}
    for number in instrument.indicators:
        others.setdefault(instrument.step_of(number), []).append(number)
    others.pop(values.plan_step, None)
    for step, numbers in others.items():
        listed = ", ".join(map(str, numbers))
        said += f" Indikator {listed}: {written(step)} level sekali naik, karena nilainya kelas dari indeks luar."
    if values.whole:
        return f"{said} Level bertahap; untuk sampai level 4 harus melewati level 3."
    return f"{said} Nilai di antara dua langkah naik dahulu ke langkah berikutnya, dengan upaya sebanding."


def unreachable_words(start: Starting) -> str:
    """How far one would come with everything that may be improved."""
    gain = sum((s.gain for s in start.up.open_steps), Fraction(0))
    best = max(start.indices, default=Fraction(0)) + gain / 100
    short = points(start.up.needed - gain)
    return (
        f"Tidak tercapai tahun ini: bila semua yang boleh naik dinaikkan sampai puncak, indeks paling tinggi "
        f"{written(best, 4)}, masih kurang {short}. Kurangi yang dikecualikan atau pilih sasaran lain."
    )


def losing_words(start: Starting) -> Iterator[str]:
    """How much may be lost before the predicate is, and the fewest levels whose loss would do it."""
    if start.losing is None or not start.indices:
        return
    reserve = start.losing.needed - SMALLEST
    word = start.predicates[0]
    plan = cheapest(start.losing)
    yield f"Cadangan predikat {word}: {points(reserve)} di atas batasnya."
    if plan is not None:
        what = "level" if start.instrument.values.whole else "langkah"
        yield (
            f"{word} hilang paling cepat bila {len(plan.steps)} {what} turun pada indikator berbobot besar "
            f"(−{points(plan.gain)})."
        )
