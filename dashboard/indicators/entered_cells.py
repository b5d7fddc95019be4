"""Rows of the masterplan's files under the cells that people changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Table

from dashboard.store.masterplan_changes import PlanChange
from dashboard.store.masterplan_words import FIELDS, as_value

Coded = TypeVar("Coded", bound=Any)
"""A record with a `code`, whose fields are the columns of its table."""


def with_entered(table: Table, rows: Sequence[Coded], entered: Iterable[PlanChange]) -> list[Coded]:
    """Each row with the cells entered for it; what is no column of the table is a note about the row, and no cell."""
    cells: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for one in entered:
        name = FIELDS.get(one.part)
        if name is not None and name in table.c:
            cells[one.code][name] = as_value(table.c[name], one.new)
    return [replace(row, **cells[row.code]) if row.code in cells else row for row in rows]
