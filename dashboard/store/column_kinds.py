"""Columns that give back exactly what was measured: numbers as decimals, days as dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Float, String, TypeDecorator


class Exact(TypeDecorator[Decimal]):
    """A measured number, kept as a double: its shortest decimal form is what was written, up to 15 digits."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> float | None:
        """To a double."""
        return None if value is None else float(value)

    def process_result_value(self, value: float | None, dialect: Any) -> Decimal | None:
        """Back to the decimal it was written as."""
        return None if value is None else Decimal(repr(float(value)))


class Day(TypeDecorator[date]):
    """A day, or a month by its first day, as '2026-01-31': the same order in every database."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """To text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """Back to a date."""
        return None if value is None else date.fromisoformat(value)


def as_stored(value: Any) -> Any:
    """A field of a record as the driver takes it, for statements that go past SQLAlchemy's types."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def summed(value: float | None) -> Decimal:
    """A sum that the database made of doubles, without the dust of adding them; the sum of nothing is 0."""
    return Decimal(repr(round(value or 0.0, 6)))
