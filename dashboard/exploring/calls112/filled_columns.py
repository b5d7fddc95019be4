"""Leaving out columns in which nothing stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.exploring.question import Column


def filled(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """The columns that say anything in at least one row."""
    return tuple(column for column in columns if any(row.get(column.key) not in (None, "") for row in rows))
