"""Levels by rule: the values that decide, how far each is from better and worse, and the way to a better level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Ask, Column, Question
from dashboard.formulas.threshold_matrix import Axis, Measure, assessed, distance
from dashboard.formulas.written_number import written
from dashboard.level_rules.files import level_rules
from dashboard.level_rules.named_rule import NamedRule
from dashboard.level_rules.sentences import reason
from dashboard.planning.cheapest import cheapest
from dashboard.planning.matrix_steps import level_problem
from dashboard.store.level_entries import ASSESSED, DECREED, LevelEntry, newest

COLUMNS = (
    Column("measure", "Indikator", "text", role="label"),
    Column("axis", "Sumbu", "text"),
    Column("value", "Nilai", "text"),
    Column("class", "Kelas", "text"),
    Column("better", "Sampai kelas lebih baik", "text"),
    Column("worse", "Cadangan sebelum lebih buruk", "text"),
    Column("source", "Dasar ambang", "text"),
)
STANDINGS = {"lokal": "LOKAL: ambang setempat, bukan standar nasional.", "historis": "HISTORIS: tidak berlaku lagi.",
             "nasional": "Ambang nasional."}  # fmt: skip


def _asked(rule: NamedRule) -> Ask:
    def ask(connection: Connection, _filters: Filters, at: datetime) -> Answer:
        known = newest(connection, rule.id)
        values = _example(rule) or {m.id: _value(known.get(m.id)) for m in rule.rule.measures}
        rows = [_row(rule, m, values.get(m.id)) for m in rule.rule.measures]
        notes = [f"{STANDINGS[rule.standing]} {rule.note}", *_levels(rule, values, known, at), *_way(rule, values, at)]
        moments = [known[m.id].at for m in rule.rule.measures if m.id in known]
        filled = sum(v is not None for v in values.values())
        return Answer(COLUMNS, rows, n=filled, data_time=max(moments, default=None), notes=notes)

    return ask


def _example(rule: NamedRule) -> dict[str, Decimal | None]:
    return dict(rule.example.values) if rule.example else {}


def _value(entry: LevelEntry | None) -> Decimal | None:
    return Decimal(entry.value) if entry and entry.value else None


def _row(rule: NamedRule, measure: Measure, value: Decimal | None) -> dict[str, object]:
    axis = _axis_of(rule, measure)
    row = {"measure": measure.name, "axis": axis.name if axis else "Syarat", "source": rule.sources[measure.source]}
    if value is None:
        return {**row, "value": "belum diisi", "class": "tidak dapat dinilai", "better": None, "worse": None}
    place, far = measure.class_of(value), distance(measure, value)
    named = axis.classes[place] if axis else ("terpenuhi" if place == 0 else "belum terpenuhi")
    words = {
        side: f"{written(d)} {measure.unit}" if d is not None else None
        for side, d in (("better", far.to_better), ("worse", far.to_worse))
    }
    return {**row, "value": f"{written(value)} {measure.unit}", "class": named, **words}


def _axis_of(rule: NamedRule, measure: Measure) -> Axis | None:
    return next((axis for axis in (rule.rule.pressure, rule.rule.capacity) if measure in axis.measures), None)


def _levels(
    rule: NamedRule, values: Mapping[str, Decimal | None], known: Mapping[str, LevelEntry], at: datetime
) -> Iterator[str]:
    """The assessed level with its reason, and apart from it the decreed one."""
    if rule.example:
        found = assessed(rule.rule, values, wib(at).date())
        yield f"Contoh {rule.example.title}: {reason(rule, found, values)} Sumber: {rule.example.source}."
        yield f"Ditetapkan waktu itu: {rule.words(rule.example.decreed)}; asesmen dan penetapan dapat berbeda."
        return
    stored, decreed = known.get(ASSESSED), known.get(DECREED)
    if stored is None:
        found = assessed(rule.rule, values, wib(at).date())
        yield f"Belum pernah dinilai. {reason(rule, found, values)}"
    else:
        yield f"Level sistem, dinilai {wib(stored.at):%d-%m-%Y %H.%M} WIB oleh {stored.by}: {stored.note}"
        yield f"Berlaku {rule.window_days} hari; tidak dihitung ulang diam-diam."
    if decreed is None:
        yield "Level yang ditetapkan: belum ada penetapan."
    else:
        yield f"Level yang ditetapkan: {rule.words(int(decreed.value))}, {decreed.note} ({decreed.by})."


def _way(rule: NamedRule, values: Mapping[str, Decimal | None], at: datetime) -> Iterator[str]:
    """The fewest classes that must be climbed to the next better level, each with its threshold."""
    full = {key: value for key, value in values.items() if value is not None}
    if len(full) < len(rule.rule.measures):
        return
    level = assessed(rule.rule, values, wib(at).date()).level
    better = [lv for lv in sorted(rule.levels, reverse=True) if level is not None and lv < level]
    measured = {cell for row in rule.rule.matrix for cell in row}
    target = next((lv for lv in better if lv in measured), None)
    if target is None:
        yield "Tidak ada level terukur yang lebih baik; jaga cadangan pada kolom kanan."
        return
    given = frozenset(m.id for m in rule.rule.measures if m.given)
    plan = cheapest(level_problem(rule.rule, full, target, {}, given))
    if plan is None:
        yield f"{rule.words(target)} tidak dapat dicapai selama yang di luar kendali tidak membaik."
    else:
        steps = ", ".join(f"{rule.rule.measure(str(s.item)).name} melewati {s.label}" for s in plan.steps)
        yield f"Cara termurah ke {rule.words(target)}: {steps}."


QUESTIONS = tuple(
    Question(
        id=f"level.{rule.id}", title=rule.title, family="sistem", topics=(), form="table",
        clock="Indikator terburuk menentukan setiap sumbu; matriks menggabungkan keduanya", ask=_asked(rule),
        basis=f"aturan {rule.standing}", by_kecamatan=False, by_period=False,
    )
    for rule in sorted(level_rules().values(), key=lambda rule: rule.standing == "historis")
)  # fmt: skip
