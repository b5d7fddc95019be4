"""How fresh a source was at any moment of the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from dashboard import clock
from dashboard.indicators.read import readings
from dashboard.store.database import reading, writing
from dashboard.store.source_spells import extend, last_at, source_spells
from datasources import registry

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
GAP = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("minute", "was"),
    [(-1, None), (0, 0), (7, 7), (20, 20), (29, 20), (45, 20), (60, 60), (61, 61), (400, 70)],
)
def test_when_a_source_had_last_answered_as_of_any_minute(engine: Engine, minute: int, was: int | None) -> None:
    answers(engine, [*range(0, 21, 2), *range(60, 71, 2)])
    with reading(engine) as connection:
        found = last_at(connection, "answered", NOON + timedelta(minutes=minute)).get("antrean")
    assert found == (None if was is None else NOON + timedelta(minutes=was))


def test_a_year_of_a_good_source_is_one_row(engine: Engine) -> None:
    answers(engine, list(range(0, 3000, 9)))
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(source_spells)).scalar_one() == 1


def test_an_answer_that_comes_late_into_the_books_shortens_nothing(engine: Engine) -> None:
    answers(engine, [0, 5, 10, 3])
    with reading(engine) as connection:
        assert last_at(connection, "answered", NOON + timedelta(hours=1)) == {"antrean": NOON + timedelta(minutes=10)}


def test_answers_and_data_are_spells_of_their_own(engine: Engine) -> None:
    answers(engine, [0, 5])
    with reading(engine) as connection:
        assert last_at(connection, "data", NOON + timedelta(hours=1)) == {}


def answers(engine: Engine, minutes: list[int]) -> None:
    with writing(engine) as connection:
        for minute in minutes:
            extend(connection, "antrean", "answered", NOON + timedelta(minutes=minute), GAP)


def test_a_reading_of_the_past_is_as_fresh_as_its_source_was_then(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources.toml").write_text(
        '[sources.antrean]\nreader = "calls112.queue_log"\ntitle = "Antrean"\nowner = "Diskominfo"\n'
        'path = "/tidak/ada"\nstale_after = "10m"\n',
        encoding="utf-8",
    )
    sources = registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": "k" * 40})
    answers(engine, [0, 9, 18, 600])
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=600))
    seen = {}
    for minute in (-5, 18, 35, 60, 599):
        with reading(engine) as connection:
            found = readings(connection, sources, NOON + timedelta(minutes=minute), ["calls112.asa"])
        seen[minute] = str(found["calls112.asa"].freshness.state)
    assert seen == {-5: "putus", 18: "segar", 35: "terlambat", 60: "putus", 599: "putus"}
