"""Times typed by hand give no minutes and no "within 15 minutes": only a median, rounded to half hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.indicators.catalogue.incidents112 import mean_response, within_15_min
from dashboard.indicators.indicator import Finding, Formula
from dashboard.ingestion.reconcile import reconcile_now
from dashboard.store.calls112 import keep_incidents
from dashboard.store.database import reading, writing
from dashboard.store.hand_typed import hand_typed_sources
from datasources.calls112.records import Incident

NOW = datetime(2026, 11, 23, 7, 3, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
REFUSED = "waktu di sumbernya diketik tangan: hanya median, dibulatkan 30 menit (median 60 menit, 20 kejadian)"


def test_a_source_is_known_as_typed_by_hand_while_reconciliation_finds_it(engine: Engine) -> None:
    keep(engine, "ketikan", typed())
    keep(engine, "aplikasi", clocked())
    assert typed_sources(engine) == {"ketikan"}
    keep(engine, "ketikan", clocked())
    assert typed_sources(engine) == frozenset()


@pytest.mark.parametrize("formula", [mean_response, within_15_min])
def test_figures_are_refused_and_what_may_be_said_is_said(engine: Engine, formula: Formula) -> None:
    keep(engine, "ketikan", typed())
    found = asked(engine, formula)
    assert (found.value, found.missing) == (None, REFUSED)
    assert found.data_time == NOON


@pytest.mark.parametrize(("formula", "value"), [(mean_response, Decimal(12)), (within_15_min, Decimal(100))])
def test_figures_of_a_clock_are_not_refused(engine: Engine, formula: Formula, value: Decimal) -> None:
    keep(engine, "aplikasi", clocked())
    found = asked(engine, formula)
    assert (found.value, found.n, found.missing) == (value, 20, "")
    assert "catatan" not in found.detail


@pytest.mark.parametrize(("formula", "value"), [(mean_response, Decimal(12)), (within_15_min, Decimal(100))])
def test_typed_times_are_left_out_beside_a_clock_and_counted(engine: Engine, formula: Formula, value: Decimal) -> None:
    keep(engine, "aplikasi", clocked())
    keep(engine, "ketikan", typed())
    found = asked(engine, formula)
    assert (found.value, found.n) == (value, 20)
    assert found.detail["catatan"] == "20 kejadian tidak dihitung: waktu di sumbernya diketik tangan"
    if formula is within_15_min:
        assert found.detail["dikecualikan"] == {"waktu di sumbernya diketik tangan": 20}


def test_without_any_arrival_there_is_no_median_either(engine: Engine) -> None:
    keep(engine, "ketikan", [Incident(str(i), NOON - timedelta(hours=i), "ULAR") for i in range(20)])
    assert asked(engine, mean_response).missing == (
        "waktu di sumbernya diketik tangan: hanya median, dibulatkan 30 menit (belum ada waktu tiba, 20 kejadian)"
    )


@pytest.mark.parametrize(("minutes", "shown"), [(44, 30), (45, 60), (14, 0), (75, 90)])
def test_a_typed_median_is_rounded_to_the_nearest_half_hour(engine: Engine, minutes: int, shown: int) -> None:
    keep(engine, "ketikan", typed(minutes))
    assert f"(median {shown} menit, 20 kejadian)" in asked(engine, mean_response).missing


def typed(minutes: int = 60) -> list[Incident]:
    """Twenty reports on the full hour, reached so many minutes later."""
    return arrived([NOON - timedelta(hours=i) for i in range(20)], minutes)


def clocked() -> list[Incident]:
    """Twenty reports at any minute, reached twelve minutes later."""
    return arrived([NOON - timedelta(hours=i, minutes=7 * i % 29 + 1) for i in range(20)], 12)


def arrived(received: list[datetime], minutes: int) -> list[Incident]:
    return [Incident(str(i), t, "KEBAKARAN", t_arrived=t + timedelta(minutes=minutes)) for i, t in enumerate(received)]


def keep(engine: Engine, source: str, incidents: list[Incident]) -> None:
    with writing(engine) as connection:
        keep_incidents(connection, source, incidents, NOW)
    reconcile_now(engine, source, NOW)


def typed_sources(engine: Engine) -> frozenset[str]:
    with reading(engine) as connection:
        return hand_typed_sources(connection)


def asked(engine: Engine, formula: Formula) -> Finding:
    with reading(engine) as connection:
        return formula(connection, NOW)
