"""Reads and checks the rules of levels; a mistake names file, place, value and what would be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

from dashboard.formulas.threshold_matrix import Axis, Gate, LevelRule, Measure, Threshold
from dashboard.level_rules.named_rule import Example, NamedRule, Standing

FOLDER = Path(__file__).parent
_THRESHOLD = re.compile(r"(>=|<=|>|<) (-?\d+(?:\.\d+)?)")


class RuleError(Exception):
    """A file of a rule holds a mistake."""


@cache
def level_rules() -> dict[str, NamedRule]:
    """Every shipped rule by its id. Raises RuleError."""
    return {rule.id: rule for rule in map(load, sorted(FOLDER.glob("*.toml")))}


def load(file: Path) -> NamedRule:
    """One rule. Raises RuleError."""
    try:
        made = _rule(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: tidak terbaca ({error}).") from None
    except KeyError as error:
        raise RuleError(f"{file}: kunci {error} tidak ada; lihat siaga_banjir.toml.") from None
    except (TypeError, ValueError) as error:
        raise RuleError(f"{file}: {error}.") from None
    for mistake in _mistakes(made):
        raise RuleError(f"{file}: {mistake}.")
    return made


def _rule(table: Mapping[str, Any]) -> NamedRule:
    if table["standing"] not in get_args(Standing):
        raise ValueError(f"standing '{table['standing']}' tidak dikenal; yang benar {', '.join(get_args(Standing))}")
    rule = LevelRule(
        _axis(table["pressure"]),
        _axis(table["capacity"]),
        tuple(map(tuple, table["matrix"]["rows"])),
        {name: tuple(row) for name, row in table.get("situations", {}).items()},
        tuple(map(_measure, table.get("conditions", []))),
        tuple(Gate(**gate) for gate in table.get("gates", [])),
    )
    levels = {int(level): word for level, word in table["levels"].items()}
    texts = {key: table[key] for key in ("id", "title", "standing", "note", "window_days", "sources")}
    given = table.get("example")
    example = Example(**{**given, "values": {k: Decimal(v) for k, v in given["values"].items()}}) if given else None
    return NamedRule(**texts, rule=rule, levels=levels, matrix_source=table["matrix"]["source"], example=example)


def _axis(table: Mapping[str, Any]) -> Axis:
    return Axis(table["name"], tuple(table["classes"]), tuple(map(_measure, table["measures"])))


def _measure(table: Mapping[str, Any]) -> Measure:
    thresholds = tuple(map(_threshold, table["worse"]))
    return Measure(table["id"], table["name"], table["unit"], thresholds, table["source"], table.get("given", False))


def _threshold(text: str) -> Threshold:
    match = _THRESHOLD.fullmatch(text)
    if not match:
        raise ValueError(f"ambang '{text}' tidak terbaca; yang benar seperti '>= 20'")
    return Threshold(match[1], Decimal(match[2]))  # type: ignore[arg-type]


def _mistakes(made: NamedRule) -> Iterable[str]:
    rule = made.rule
    columns = len(rule.capacity.classes)
    if len(rule.matrix) != len(rule.pressure.classes):
        yield f"matriks punya {len(rule.matrix)} baris; yang benar {len(rule.pressure.classes)}"
    for row in (*rule.matrix, *rule.situations.values()):
        if len(row) != columns:
            yield f"baris matriks {list(row)} punya {len(row)} sel; yang benar {columns}"
        for level in set(row) - set(made.levels):
            yield f"level {level} dalam matriks tidak punya nama"
    for axis in (rule.pressure, rule.capacity):
        for measure in axis.measures:
            if len(measure.thresholds) != len(axis.classes) - 1:
                yield f"{measure.id} punya {len(measure.thresholds)} ambang; yang benar {len(axis.classes) - 1}"
    for name in {name for gate in rule.gates for name in gate.needs} - {c.id for c in rule.conditions}:
        yield f"syarat '{name}' dipakai tetapi tidak ada dalam [[conditions]]"
    codes = {m.source for m in rule.measures} | {g.source for g in rule.gates} | {made.matrix_source}
    for code in sorted(codes - set(made.sources)):
        yield f"sumber '{code}' tidak dijelaskan dalam [sources]"
