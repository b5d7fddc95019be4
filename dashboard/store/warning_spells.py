"""From when to when BMKG's warnings for the regency were in force, also those that are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select

from dashboard.store.bmkg import warnings
from dashboard.store.warnings_in_force import replaced_at


@dataclass(frozen=True, slots=True)
class WarningSpell:
    """One warning in force over [start, end): cut short by the message that replaced or cancelled it."""

    event: str
    start: datetime
    end: datetime
    kecamatan: tuple[str, ...]
    severity: str = ""
    cut_short: bool = False


def warning_spells(connection: Connection, start: datetime, end: datetime, at: datetime) -> list[WarningSpell]:
    """Warnings sent until `at` that were in force some time in [start, end) over a kecamatan of ours, oldest first."""
    c = warnings.c
    columns = (c.identifier, c.sent, c.event, c.severity, c.effective, c.expires, c.kecamatan)
    rows = connection.execute(
        select(*columns)
        .where(c.expires > start, c.effective < end, c.sent <= at, c.message_type != "Cancel", c.kecamatan != "")
        .order_by(c.effective)
    ).all()
    if not rows:
        return []
    replaced = replaced_at(connection, min(row.sent for row in rows), at)
    spells = [_spell(row, replaced.get(row.identifier, row.expires)) for row in rows]
    return [spell for spell in spells if max(spell.start, start) < min(spell.end, end)]


def _spell(row: Row, replaced: datetime) -> WarningSpell:
    end = min(row.expires, replaced)
    return WarningSpell(row.event, row.effective, end, tuple(row.kecamatan.split()), row.severity, end < row.expires)
