"""What speaks of a moment that has not come is refused, whatever reader brought it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ingestion.ahead import FUTURE_TOLERANCE, split
from datasources.bmkg.records import Earthquake, ForecastSlot, Warning
from datasources.calls112.records import AgentSpell, Call, CallClass, Incident, RecapCount
from datasources.contract import Batch, Record, Refused
from datasources.observation import Observation
from datasources.spbe.records import AssessedValue

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = NOW + DAY


def call(at: datetime) -> Call:
    return Call("1795500000.1", "112", at)


def forecast(at: datetime) -> ForecastSlot:
    return ForecastSlot("35.16.03.2001", "35.16.03", at + DAY, at, 27, 80, 0.0, 50, 5.0, 90, 1, "Cerah")


def warning(sent: datetime, onset: datetime) -> Warning:
    return Warning("a", sent, "Alert", (), "Hujan", "Severe", "Future", "Likely", onset, onset + HOUR, "", "", ())


@pytest.mark.parametrize(
    "record",
    [
        call(TOMORROW),
        Call("1795500000.1", "112", NOW - HOUR, t_end=TOMORROW),
        Incident("T-1", TOMORROW, "Banjir"),
        CallClass("1", TOMORROW, "prank"),
        AgentSpell("a1", "112", "login", NOW - HOUR, TOMORROW),
        Earthquake(TOMORROW, -7.5, 112.5, 5.0, 10.0, "Mojokerto", None, None),
        Observation("PDG-01", "pm25", Decimal(9), "ug/m3", "PT1H", TOMORROW, NOW),
        warning(sent=TOMORROW, onset=TOMORROW),
        RecapCount(TOMORROW, TOMORROW + DAY, "calls", "offered", 9),
        AssessedValue("spbe", 2026, 1, Decimal(3), assessed_at=TOMORROW),
    ],
    ids=lambda record: record.topic,
)
def test_a_record_of_tomorrow_is_refused_today(record: Record) -> None:
    kept, newest = split(Batch((record,), (), {"n": 1}), NOW)
    assert (kept.records, newest, kept.cursor) == ((), None, {"n": 1})
    (refused,) = kept.refused
    assert refused.reason == (
        "waktu data 25-11-2026 12.00.00 WIB lebih dari 5 menit di depan jam pusat komando; "
        "periksa jam, tahun dan zona waktu sumbernya"
    )
    assert refused.place == f"rekaman {record.topic}"
    assert refused.raw.startswith(f"{type(record).__name__}(")


@pytest.mark.parametrize(
    "record",
    [
        call(NOW),
        call(NOW + FUTURE_TOLERANCE),
        forecast(NOW - HOUR),
        forecast(TOMORROW),
        warning(sent=NOW, onset=TOMORROW),
        RecapCount(NOW - DAY, TOMORROW, "calls", "offered", 9),
    ],
    ids=["now", "a clock a little ahead", "forecast", "the next forecast", "warning of tomorrow", "the current period"],
)
def test_what_may_speak_of_the_future_is_kept(record: Record) -> None:
    kept, newest = split(Batch((record,)), NOW)
    assert kept == Batch((record,))
    assert newest == min(record.data_time, NOW), "what is known is never newer than now"


def test_a_second_past_the_tolerance_is_too_far() -> None:
    kept, _ = split(Batch((call(NOW + FUTURE_TOLERANCE + timedelta(seconds=1)),)), NOW)
    assert kept.records == ()


def test_what_is_refused_already_stays_refused() -> None:
    earlier = Refused("x", "salah", "baris 3")
    kept, newest = split(Batch((call(TOMORROW), call(NOW - HOUR)), (earlier,)), NOW)
    assert (kept.records, newest) == ((call(NOW - HOUR),), NOW - HOUR)
    assert kept.refused[0] == earlier
    assert len(kept.refused) == 2


def test_an_empty_batch_has_nothing_newest() -> None:
    assert split(Batch(), NOW) == (Batch(), None)


@given(st.lists(st.integers(-3_000, 3_000)))
def test_no_record_is_lost_doubled_or_moved(minutes: list[int]) -> None:
    records: Any = [call(NOW + timedelta(minutes=m)) for m in minutes]
    kept, newest = split(Batch(tuple(records)), NOW)
    assert [r for r in records if r.data_time <= NOW + FUTURE_TOLERANCE] == list(kept.records)
    assert len(kept.records) + len(kept.refused) == len(records)
    assert newest == max((min(r.data_time, NOW) for r in kept.records), default=None)
