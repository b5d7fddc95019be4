"""Why a level is what it is, in one sentence, and what is missing to say it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dashboard.formulas.threshold_matrix import Assessed, Axis
from dashboard.formulas.written_number import written
from dashboard.level_rules.named_rule import NamedRule


def reason(rule: NamedRule, found: Assessed, values: Mapping[str, Decimal | None]) -> str:
    """'2 (Siaga), karena Hujan 24 jam 60 mm (sedang) …'; 'Tidak dapat dinilai: … belum ada' when a value is missing."""
    because = _axes(rule, found, values)
    if found.level is None:
        names = ", ".join(rule.rule.measure(item).name for item in found.missing)
        best = f" Paling baik {rule.words(found.at_best)}: {because}." if because else ""
        return f"Tidak dapat dinilai: {names} belum ada.{best}"
    gates = "".join(
        f"; syarat level {gate.level} belum dipenuhi ({', '.join(rule.rule.measure(n).name for n in gate.needs)})"
        for gate in found.unmet
    )
    grace = " (masih dalam masa tenggang)" if found.in_grace else ""
    return f"{rule.words(found.level)}, karena {because}{gates}{grace}."


def _axes(rule: NamedRule, found: Assessed, values: Mapping[str, Decimal | None]) -> str:
    parts = []
    for axis, place in ((rule.rule.pressure, found.row), (rule.rule.capacity, found.column)):
        if place is not None:
            parts.append(_axis(axis, place, found, values))
    return " dan ".join(part for part in parts if part)


def _axis(axis: Axis, place: int, found: Assessed, values: Mapping[str, Decimal | None]) -> str:
    """The indicators that decide an axis with their values; the axis alone when nothing stands out."""
    deciding = [m for m in axis.measures if m.id in found.deciding]
    if not deciding:
        return ""
    if place == 0:
        return f"{axis.name.lower()} {axis.classes[0]}"
    named = ", ".join(f"{m.name} {written(values[m.id] or 0)} {m.unit}" for m in deciding)
    return f"{axis.name.lower()} {axis.classes[place]} ({named})"
