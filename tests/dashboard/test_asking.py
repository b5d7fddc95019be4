"""Filters are understood or refused in words; a question is asked once for everybody until its data change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from dashboard.exploring.asking import Desk
from dashboard.exploring.filters import Filters, last_days, parsed
from dashboard.exploring.question import Answer, Column, Question
from dashboard.exploring.questions import QUESTIONS
from dashboard.store import changes
from dashboard.store.database import writing
from datasources import registry

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
FILTERS = Filters(date(2026, 11, 1), date(2026, 11, 23))
SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "/tidak/ada"
stale_after = "1m"
simulated = true
"""


def test_a_period_is_whole_days_of_wib() -> None:
    filters = parsed("2026-11-01~2026-11-02~35.16.08")
    assert (filters.start, filters.end) == (
        datetime(2026, 10, 31, 17, tzinfo=UTC),
        datetime(2026, 11, 2, 17, tzinfo=UTC),
    )
    assert (filters.days, filters.kecamatan, str(filters)) == (2, "35.16.08", "2026-11-01~2026-11-02~35.16.08")


def test_seven_days_end_with_today() -> None:
    assert str(last_days(7, date(2026, 11, 23))) == "2026-11-17~2026-11-23~"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' bukan saringan; yang benar seperti 2026-09-01~2026-11-24~35.16.01"),
        ("a~b~", "'a' sampai 'b' bukan tanggal; yang benar seperti 2026-11-24"),
        ("2026-02-30~2026-03-01~", "'2026-02-30' sampai '2026-03-01' bukan tanggal; yang benar seperti 2026-11-24"),
        ("2026-11-02~2026-11-01~", "2026-11-02 sampai 2026-11-01: hari pertama harus sebelum hari terakhir, "
                                   "paling lama sepuluh tahun"),
        ("1990-01-01~2026-11-01~", "1990-01-01 sampai 2026-11-01: hari pertama harus sebelum hari terakhir, "
                                   "paling lama sepuluh tahun"),
        ("2026-11-01~2026-11-02~35.76.01", "'35.76.01' bukan kode kecamatan Kabupaten Mojokerto; "
                                           "yang benar seperti 35.16.01"),
    ],
)  # fmt: skip
def test_filters_that_make_no_sense_are_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(ValueError) as wrong:
        parsed(text)
    assert str(wrong.value) == said


def test_two_viewers_cost_one_computation_until_the_data_change(engine: Engine, tmp_path: Path) -> None:
    counting = Counting()
    desk = desk_on(engine, tmp_path)
    for _ in range(3):
        desk.ask(counting.question, FILTERS, NOW)
    assert counting.times == 1
    with writing(engine) as connection:
        changes.announce(connection, ["incidents"], NOW)
    desk.ask(counting.question, FILTERS, NOW)
    assert counting.times == 1
    with writing(engine) as connection:
        changes.announce(connection, ["calls"], NOW)
    desk.ask(counting.question, FILTERS, NOW)
    assert counting.times == 2


def test_an_answer_is_at_most_a_minute_old_and_other_filters_are_another_question(
    engine: Engine, tmp_path: Path
) -> None:
    counting = Counting()
    desk = desk_on(engine, tmp_path)
    desk.ask(counting.question, FILTERS, NOW)
    desk.ask(counting.question, FILTERS, NOW + timedelta(minutes=1))
    desk.ask(counting.question, last_days(7, date(2026, 11, 23)), NOW)
    assert counting.times == 3


def test_an_answer_says_whose_data_it_rests_on_and_that_they_are_simulated(engine: Engine, tmp_path: Path) -> None:
    asked = desk_on(engine, tmp_path).ask(Counting().question, FILTERS, NOW)
    assert ([s.id for s in asked.sources], asked.simulated) == (["antrean"], True)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_answers_an_empty_store_with_a_reason(engine: Engine, tmp_path: Path, name: str) -> None:
    answer = desk_on(engine, tmp_path).ask(QUESTIONS[name], FILTERS, NOW).answer
    assert answer.missing or answer.rows == () or all(row for row in answer.rows)
    assert answer.missing or answer.columns, "an answer without rows and without a reason"


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_names_its_clock_and_is_a_sentence_without_a_full_stop(name: str) -> None:
    question = QUESTIONS[name]
    assert question.clock
    assert not question.clock.endswith(".")
    assert question.title[:1].isupper()
    assert question.id == name
    assert question.topics or question.family == "sistem"


class Counting:
    """A question that counts how often it is answered."""

    def __init__(self) -> None:
        self.times = 0
        self.question = Question(
            id="uji.hitung", title="Uji", family="112", topics=("calls",), form="table", clock="Uji", ask=self._ask
        )

    def _ask(self, connection: Connection, filters: Filters, at: datetime) -> Answer:
        self.times += 1
        return Answer((Column("n", "n"),), ({"n": self.times},))


def desk_on(engine: Engine, folder: Path) -> Desk:
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return Desk(engine, registry.load(folder / "sources.toml", {"CALLER_HASH_KEY": "k" * 40}))
