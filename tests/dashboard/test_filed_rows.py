"""Rows of files that people correct: repeated they change nothing, corrected they leave what they said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from dashboard.store.database import reading, writing
from dashboard.store.official_indices import official_until
from dashboard.store.row_revisions import Revision, revisions_between, row_revisions
from dashboard.store.waste import months_between, waste_months
from dashboard.store.water import samples_between
from tests.dashboard.resources_kept import NOW, kept, official, sample, waste

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LATER = NOW + timedelta(days=1)
TABLES = ("waste_months", "official_indices", "water_values")


def test_the_same_file_twice_changes_nothing(engine: Engine) -> None:
    records = [waste(JANUARY), waste(FEBRUARY, limited_t=None)]
    kept(engine, records)
    before = rows(engine)
    kept(engine, records, LATER)
    assert rows(engine) == before
    assert revisions(engine) == []


def test_a_corrected_figure_says_what_it_was_and_since_when(engine: Engine) -> None:
    kept(engine, [waste(JANUARY), waste(FEBRUARY)])
    kept(engine, [waste(JANUARY, landfilled_t=Decimal("5500.5")), waste(FEBRUARY)], LATER)
    (one,) = revisions(engine)
    assert (one.change, one.key, one.said, one.says) == (
        "dikoreksi", {"month": "2026-01-01"}, {"landfilled_t": 5000.0}, {"landfilled_t": 5500.5},
    )  # fmt: skip
    assert (one.known_at, one.replaced_at, one.file) == (NOW, LATER, "sampah.xlsx")
    assert [m.landfilled_t for m in read_months(engine)] == [Decimal("5500.5"), 5000]


def test_a_target_never_changes_silently(engine: Engine) -> None:
    kept(engine, [official(2025, "IKLH", "63.1", "66")])
    kept(engine, [official(2025, "IKLH", "63.1", "60")], LATER)
    assert [(r.said, r.says) for r in revisions(engine)] == [({"target": 66.0}, {"target": 60.0})]
    with reading(engine) as connection:
        assert [i.target for i in official_until(connection, NOW.date())] == [60]


def test_what_a_file_says_no_more_is_withdrawn_and_remembered(engine: Engine) -> None:
    kept(engine, [waste(JANUARY), waste(FEBRUARY)])
    kept(engine, [waste(FEBRUARY)], LATER)
    (one,) = revisions(engine)
    assert (one.change, one.key, one.said["generated_t"]) == ("dicabut", {"month": "2026-01-01"}, 12_000)
    assert [m.month for m in read_months(engine)] == [FEBRUARY]


def test_another_file_withdraws_nothing(engine: Engine) -> None:
    kept(engine, [waste(JANUARY)])
    kept(engine, [waste(FEBRUARY, file="sampah 2.xlsx")], LATER)
    assert [m.month for m in read_months(engine)] == [JANUARY, FEBRUARY]
    assert revisions(engine) == []


def test_a_sample_comes_back_exactly_as_the_laboratory_wrote_it(engine: Engine) -> None:
    kept(engine, sample("BR-01", date(2026, 3, 17), cu="<0.016", bod="3.8", total_coli="4600000"))
    with reading(engine) as connection:
        (found,) = samples_between(connection, date(2026, 3, 1), date(2026, 3, 31))
    assert found.values == {"bod": Decimal("3.8"), "cu": Decimal("0.016"), "total_coli": 4_600_000}
    assert (found.below, found.river) == (("cu",), "Brantas")


amounts = st.decimals(min_value=0, max_value=10**6, places=3)


@given(
    st.lists(st.dictionaries(st.sampled_from((JANUARY, FEBRUARY, date(2026, 3, 1))), amounts, min_size=1), max_size=5)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_whatever_is_delivered_the_last_file_stands_and_every_change_is_told(
    engine: Engine, deliveries: list[dict[date, Decimal]]
) -> None:
    with writing(engine) as connection:
        connection.execute(delete(waste_months))
        connection.execute(delete(row_revisions))
    told = 0
    stands: dict[date, Decimal] = {}
    for delivered in deliveries:
        told += sum(1 for month, was in stands.items() if delivered.get(month) != was)
        stands = delivered
        kept(engine, [waste(month, generated_t=t) for month, t in delivered.items()])
    assert {m.month: m.generated_t for m in read_months(engine)} == stands
    assert len(revisions(engine)) == told


def rows(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(waste_months).order_by(waste_months.c.month))]


def read_months(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return months_between(connection, date(2000, 1, 1), date(2026, 12, 1))


def revisions(engine: Engine) -> list[Revision]:
    with reading(engine) as connection:
        return revisions_between(connection, TABLES, NOW - timedelta(days=1), LATER + timedelta(days=1))


def test_a_row_that_moves_to_another_file_is_no_correction(engine: Engine) -> None:
    kept(engine, [waste(JANUARY)])
    kept(engine, [replace(waste(JANUARY), file="2026.xlsx")], LATER)
    kept(engine, [waste(FEBRUARY)], LATER)
    assert revisions(engine) == []
    assert [m.month for m in read_months(engine)] == [JANUARY, FEBRUARY]
