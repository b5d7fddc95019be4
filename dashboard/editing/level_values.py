"""Values for a rule of levels entered by people, the level they give kept with its reason, and the decreed level."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.editing.entry import EntryRefused, one_line, quoted, signed
from dashboard.formulas.threshold_matrix import Assessed, assessed
from dashboard.level_rules.named_rule import NamedRule
from dashboard.level_rules.sentences import reason
from dashboard.store import level_entries
from dashboard.store.level_entries import ASSESSED, DECREED, LevelEntry
from dashboard.store.people import Person

_NUMBER = re.compile(r"-?\d{1,7}([.,]\d{1,3})?")
LEGAL_LENGTHS = (5, 200)


def number(rule: NamedRule, item: str, typed: str | None) -> Decimal | None:
    """What was typed for a measure; None for an empty field: not known. Raises EntryRefused."""
    measure, text = rule.rule.measure(item), one_line(typed)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise EntryRefused(f"{measure.name} {quoted(text)} bukan angka; tulis seperti 62,5 ({measure.unit}).")
    return Decimal(text.replace(",", "."))


def keep(connection: Connection, rule: NamedRule, typed: dict[str, str | None], by: Person, at: datetime) -> Assessed:
    """Keep values, and the level they give with its reason, at this moment. Raises EntryRefused."""
    values = {m.id: number(rule, m.id, typed.get(m.id)) for m in rule.rule.measures}
    found = assessed(rule.rule, values, wib(at).date())
    for item, value in values.items():
        text = "" if value is None else f"{value:f}"
        level_entries.append(connection, rule.id, LevelEntry(item, text, "", by.title, at))
    level = "" if found.level is None else str(found.level)
    level_entries.append(
        connection, rule.id, LevelEntry(ASSESSED, level, reason(rule, found, values)[:400], by.title, at)
    )
    signed(connection, by, at, "nilai level", f"{rule.id}: {level or 'tidak dapat dinilai'}")
    return found


def decree(
    connection: Connection, rule: NamedRule, level: str | None, basis: str | None, by: Person, at: datetime
) -> None:
    """Keep the level that was decreed, with its legal reference. Raises EntryRefused."""
    text, words = one_line(level), one_line(basis)
    if text not in map(str, rule.levels):
        raise EntryRefused(f"Level {quoted(text)} tidak ada; yang benar {', '.join(map(str, rule.levels))}.")
    shortest, longest = LEGAL_LENGTHS
    if not shortest <= len(words) <= longest:
        raise EntryRefused(
            f"Dasar penetapan {quoted(words)} tidak dapat dipakai; tulis {shortest} sampai {longest} huruf, misalnya: "
            "Keputusan Bupati 188.45/12/2026."
        )
    level_entries.append(connection, rule.id, LevelEntry(DECREED, text, words, by.title, at))
    signed(connection, by, at, "level ditetapkan", f"{rule.id}: {text}; {words}")
