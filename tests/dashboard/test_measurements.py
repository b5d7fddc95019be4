"""Measurements are appended, read as of a moment, and thinned without being changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.store import measurements
from dashboard.store.database import reading, writing
from dashboard.store.measurements import Measurement

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked_at", "value"),
    [(timedelta(minutes=-1), None), (timedelta(), "1"), (timedelta(minutes=59), "1"), (timedelta(hours=9), "2")],
)
def test_as_of_answers_with_what_was_known_then(engine: Engine, asked_at: timedelta, value: str | None) -> None:
    keep(engine, measurement(value=Decimal(1)), measurement(value=Decimal(2), known_at=NOON + timedelta(hours=1)))
    with reading(engine) as connection:
        found = measurements.as_of(connection, NOON + asked_at, ["calls112.asa"]).get("calls112.asa")
    assert (found and str(found.value)) == value


def test_a_value_comes_back_to_the_last_digit(engine: Engine) -> None:
    exact = Decimal(91) / Decimal(9)
    keep(engine, measurement(value=exact))
    with reading(engine) as connection:
        assert measurements.as_of(connection, NOON, ["calls112.asa"])["calls112.asa"].value == exact


def test_thinning_keeps_everything_young_and_the_last_of_each_older_hour(engine: Engine) -> None:
    old = NOON - timedelta(days=100)
    keep(engine, *(measurement(value=Decimal(m), known_at=old + timedelta(minutes=m)) for m in range(120)))
    keep(engine, *(measurement(value=Decimal(m), known_at=NOON - timedelta(minutes=m)) for m in range(5)))
    with writing(engine) as connection:
        dropped = measurements.thin(connection, NOON)
    with reading(engine) as connection:
        left = [int(m.value or 0) for m in measurements.history(connection, "calls112.asa", old, NOON)]
    assert (dropped, left) == (118, [59, 119, 4, 3, 2, 1, 0])


def test_a_trend_has_at_most_so_many_points_and_ends_with_the_newest(engine: Engine) -> None:
    keep(engine, *(measurement(value=Decimal(m), known_at=NOON + timedelta(minutes=m)) for m in range(600)))
    with reading(engine) as connection:
        points = measurements.trend(connection, "calls112.asa", NOON, NOON + timedelta(minutes=600), 48)
    assert len(points) <= 49
    assert points[-1].value == 599


def keep(engine: Engine, *new: Measurement) -> None:
    with writing(engine) as connection:
        measurements.append(connection, new)


def measurement(**given: object) -> Measurement:
    defaults: dict[str, object] = {
        "indicator": "calls112.asa", "value": Decimal(9), "unit": "detik", "band": "", "status": "normal", "n": 1,
        "data_time": NOON, "known_at": NOON, "missing": "", "detail": {"a": 1}, "simulated": True,
    }  # fmt: skip
    return Measurement(**{**defaults, **given})  # type: ignore[arg-type]
