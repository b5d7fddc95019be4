"""What a row said before it was changed is noted by the database, and a table is read as it stood at any moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select, text

from dashboard.store.database import reading, supposing, to_ms, writing
from dashboard.store.datasets import datasets
from dashboard.store.forgetting import HASHES
from dashboard.store.noted_tables import BY_NAME, NOTED
from dashboard.store.row_versions import BEGAN, began, row_versions, thin
from dashboard.store.upsert import Merge, upsert
from dashboard.store.versions_then import cover_noted
from dashboard.store.water import water_values
from tests.dashboard.noted_rows import note_from, noted_at

START = datetime(2026, 11, 10, 7, tzinfo=UTC)
STEP = timedelta(minutes=1)
WATER = BY_NAME["water_values"]

deeds = st.lists(
    st.tuples(
        st.sampled_from(["tulis", "hapus"]),
        st.sampled_from("abc"),
        st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.1 + 0.2, 1 / 3, -0.0, 5e-324])),
        st.booleans(),
    ),
    max_size=12,
)


@given(deeds)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_covered_table_is_what_it_was_whatever_was_done_to_it_since(engine: Engine, done: list[Any]) -> None:
    forget_all(engine)
    stood = [rows_of(engine)]
    for number, deed in enumerate(done, 1):
        with noted_at(engine, START + number * STEP):
            do(engine, *deed)
        stood.append(rows_of(engine))
    for number, rows in enumerate(stood):
        assert rows_then(engine, START + number * STEP + STEP / 2) == rows


def test_a_row_that_is_told_again_and_says_the_same_is_not_noted(engine: Engine) -> None:
    do(engine, "tulis", "a", 0.1 + 0.2, True)
    do(engine, "tulis", "a", 0.1 + 0.2, True)
    assert counted(engine) == 1


def test_every_noted_table_has_its_three_triggers_and_a_key(engine: Engine) -> None:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT tgisinternal"
    )
    with reading(engine) as connection:
        names = set(connection.execute(text(asked)).scalars())
    wanted = {f"note_{verb}_of_{one.table.name}" for one in NOTED for verb in ("insert", "update", "delete")}
    assert wanted <= names
    assert all(len(one.table.primary_key) for one in NOTED)


def test_no_table_with_codes_of_callers_is_noted() -> None:
    assert not {table.name for table, _, _ in HASHES} & BY_NAME.keys()
    assert not [c for one in NOTED for c in one.table.c if "hash" in c.name or "caller" in c.name]


def test_a_stamp_of_todays_contact_is_not_shown_as_of_then(engine: Engine) -> None:
    row = dict.fromkeys([c.name for c in datasets.c], "") | {
        "source": "katalog", "name": "jalan", "read_at": START + 9 * STEP, "modified_at": START, "period_days": 30,
        "resources": 1, "asked": 3,
    }  # fmt: skip
    with noted_at(engine, START), writing(engine) as connection:
        upsert(connection, datasets, [row], Merge.REPLACE)
    with supposing(engine) as connection:
        cover_noted(connection, BY_NAME["datasets"], to_ms(START + STEP))
        assert connection.execute(select(datasets.c.read_at)).scalar_one() == START + STEP


@pytest.mark.parametrize(
    ("age", "kept"),
    [(timedelta(days=1), 3), (timedelta(days=61), 2), (timedelta(days=800), 0)],
    ids=["all", "the first of each hour", "none"],
)
def test_the_log_is_thinned_and_says_how_far_back_it_reaches(engine: Engine, age: timedelta, kept: int) -> None:
    now = START + age
    note_from(engine, START - STEP)
    for minute in (0, 20, 70):
        with noted_at(engine, START + minute * STEP):
            do(engine, "tulis", "a", float(minute), False)
    with writing(engine) as connection:
        assert thin(connection, now, {"forecast": timedelta(days=60)}) == 3 - kept
        since = began(connection)
    assert counted(engine) == kept
    assert since["water_values"] == max(START - STEP, now - timedelta(days=730))
    assert since["forecast"] == max(START - STEP, now - timedelta(days=60))


def do(engine: Engine, verb: str, station: str, value: float | None, below: bool) -> None:
    with writing(engine) as connection:
        if verb == "hapus":
            connection.execute(delete(water_values).where(water_values.c.station == station))
            return
        row = {
            "source": "dlh", "station": station, "sampled_on": date(2026, 11, 2), "parameter": "bod",
            "station_name": "Jembatan 'Gajah Mada' \"utara\"", "river": "Brantas", "value": value or 0.0,
            "below_limit": below, "file": "air.xlsx", "known_at": START,
        }  # fmt: skip
        upsert(connection, water_values, [{**row, "sampled_on": "2026-11-02"}], Merge.REPLACE)


def rows_of(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(select(water_values).order_by(water_values.c.station)).all())


def rows_then(engine: Engine, at: datetime) -> list[Any]:
    with supposing(engine) as connection:
        cover_noted(connection, WATER, to_ms(at))
        return list(connection.execute(select(water_values).order_by(water_values.c.station)).all())


def counted(engine: Engine) -> int:
    with reading(engine) as connection:
        c = row_versions.c
        return connection.execute(select(func.count()).select_from(row_versions).where(c.row_key != BEGAN)).scalar_one()


def forget_all(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(delete(water_values))
        connection.execute(delete(row_versions))
