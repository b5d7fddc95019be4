"""One edition each: a thousand weeks with two workers, kills and a clock that jumps; what is kept stays as it is."""

from __future__ import annotations

import logging
import multiprocessing
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from multiprocessing.sharedctypes import Synchronized
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select, update

from dashboard.briefings.compose import Order
from dashboard.briefings.due import due_orders, newest_due_week
from dashboard.briefings.edition import REGENT, Edition
from dashboard.briefings.issue import Press, approve, issue, printed_otherwise, problems, reissue
from dashboard.store.database import EPOCH, open_database, reading, to_ms, writing
from dashboard.store.editions import edition_line, editions, every_edition, made_weeks, newest_revision
from dashboard.store.leader import NotLeader, leadership
from tests.editions import AS_OF, WEEK, edition, figure

WEEKS = 1000
SEVEN = timedelta(days=7)
BEGIN = datetime(2015, 1, 4, 17, 0, tzinfo=UTC)
"""Monday, 5 January 2015 00.00 WIB; 1,000 weeks from it hold the 53-week years 2015, 2020, 2026 and 2032."""
STUB = edition(figure())
PRESS = Press(lambda connection, order: STUB, lambda edition: b"%PDF stub")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_thousand_weeks_with_two_workers_kills_and_clock_jumps_give_one_edition_each(
    engine: Engine, store_url: str
) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.dashboard.test_edition_life"])
    clock, dice = context.Value("q", to_ms(BEGIN)), random.Random(112)
    issue(engine, PRESS, Order(BEGIN, BEGIN + SEVEN), BEGIN + SEVEN, "pekerja")
    start: Callable[[], Any] = lambda: _started(context, store_url, clock)  # noqa: E731
    workers = [start(), start()]
    true_time, kills = BEGIN, 0
    while true_time < BEGIN + WEEKS * SEVEN:
        true_time += timedelta(hours=dice.uniform(1, 24 * 42))
        jump = timedelta(days=dice.uniform(-30, 0)) if dice.random() < 0.2 else timedelta(0)
        clock.value = to_ms(min(true_time + jump, BEGIN + WEEKS * SEVEN))
        time.sleep(dice.uniform(0, 0.02))
        if dice.random() < 0.15:
            kills += 1
            victim = dice.randrange(2)
            workers[victim].kill()
            workers[victim].join()
            workers[victim] = start()
    clock.value = to_ms(BEGIN + WEEKS * SEVEN + timedelta(hours=6))
    missing = _missing(engine)
    for worker in workers:
        worker.kill()
        worker.join()
    assert missing == set()
    with reading(engine) as connection:
        counts = connection.execute(
            select(editions.c.edition, func.count()).where(editions.c.audience == REGENT).group_by(editions.c.edition)
        )
        found = {row[0]: row[1] for row in counts}
    assert set(found.values()) == {1}
    assert kills > 10
    assert len([name for name in found if name.endswith("W53")]) == 4


def _started(context: Any, url: str, clock: Synchronized[int]) -> Any:
    worker = context.Process(target=_work, args=(url, clock), daemon=True)
    worker.start()
    return worker


def _work(url: str, clock: Synchronized[int]) -> None:
    """A worker without sources: leads when it can, and half of the time forgets to ask whether it may."""
    engine, dice = open_database(url), random.Random()
    while True:
        try:
            if dice.random() < 0.5:
                with leadership(engine):
                    _round(engine, clock, dice)
            else:
                _round(engine, clock, dice)
        except NotLeader:
            time.sleep(0.002)
        except Exception:
            logging.getLogger(__name__).exception("a round failed")


def _round(engine: Engine, clock: Synchronized[int], dice: random.Random) -> None:
    now = EPOCH + timedelta(milliseconds=clock.value)
    with reading(engine) as connection:
        found = (order for order in due_orders(connection, now) if order.audience == REGENT)
        orders = list(islice(found, 20))
    for order in orders:
        time.sleep(dice.uniform(0, 0.003))
        issue(engine, PRESS, order, now, "pekerja")
    time.sleep(0.002)


def _missing(engine: Engine) -> set[datetime]:
    """The weeks that have no edition when nothing has been made any more for twenty seconds."""
    expected, left, moved = {BEGIN + place * SEVEN for place in range(WEEKS)}, WEEKS, time.monotonic()
    while True:
        with reading(engine) as connection:
            missing = expected - made_weeks(connection, REGENT)
        if len(missing) < left:
            left, moved = len(missing), time.monotonic()
        if not missing or time.monotonic() - moved > 20:
            return missing
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23T05:59:59+07:00", "2026-11-09"),
        ("2026-11-23T06:00:00+07:00", "2026-11-16"),
        ("2026-11-29T23:59:59+07:00", "2026-11-16"),
        ("2027-01-04T06:00:00+07:00", "2026-12-28"),
    ],
)
def test_the_edition_of_a_week_is_due_from_monday_six_o_clock(now: str, week: str) -> None:
    due = newest_due_week(datetime.fromisoformat(now))
    assert due == datetime.fromisoformat(f"{week}T00:00+07:00")


def test_an_empty_archive_begins_with_the_newest_week_and_a_machine_that_was_off_makes_what_it_missed(
    engine: Engine,
) -> None:
    assert [order.week for order in due(engine, AS_OF)] == [WEEK]
    issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    later = due(engine, AS_OF + timedelta(days=22))
    assert [order.week for order in later] == [WEEK + SEVEN, WEEK + 2 * SEVEN, WEEK + 3 * SEVEN]
    assert {order.previous_as_of for order in later} == {AS_OF}


def test_whoever_comes_second_leaves_nothing_behind(engine: Engine) -> None:
    assert issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "satu") is not None
    assert issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "dua") is None
    with reading(engine) as connection:
        assert [line.made_by for line in every_edition(connection)] == ["satu"]


def test_a_reissue_is_the_next_revision_with_its_reason_and_the_first_stays(engine: Engine) -> None:
    issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    reissue(engine, PRESS, Order(WEEK, AS_OF, reason="angka 112 diperbaiki"), AS_OF, "Sari")
    with reading(engine) as connection:
        lines = every_edition(connection)
        newest = newest_revision(connection, "2026-W47", REGENT)
    assert [(line.revision, line.reason) for line in lines] == [(2, "angka 112 diperbaiki"), (1, "")]
    assert newest is not None
    assert newest.revision == 2


def test_an_edition_is_approved_once_by_one_name(engine: Engine) -> None:
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    assert line.state == "konsep"
    with writing(engine) as connection:
        assert approve(connection, line.id, AS_OF, "Bupati")
        assert not approve(connection, line.id, AS_OF + timedelta(hours=1), "Lain")
    with reading(engine) as connection:
        after = edition_line(connection, line.id)
    assert after is not None
    assert (after.state, after.approved_by, after.approved_at) == ("disetujui", "Bupati", AS_OF)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"pdf": b"%PDF lain"}, ["PDF tidak cocok dengan sidiknya"]),
        ({"snapshot": "{}"}, ["isi (snapshot) tidak cocok dengan sidiknya"]),
    ],
)
def test_verifying_finds_what_was_changed_in_the_archive(
    engine: Engine, change: dict[str, Any], said: list[str]
) -> None:
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    with writing(engine) as connection:
        if change:
            connection.execute(update(editions).values(change))
    with reading(engine) as connection:
        found = problems(connection, PRESS, line.id)
    assert len(found) == len(said)
    assert all(sentence.startswith(words) for sentence, words in zip(found, said, strict=True))


def test_pages_that_a_newer_program_sets_otherwise_are_said_and_no_mistake(engine: Engine) -> None:
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    newer = Press(PRESS.compose, lambda made: b"%PDF halaman lain")
    with reading(engine) as connection:
        assert problems(connection, newer, line.id) == []
        assert printed_otherwise(connection, newer, line.id)
        assert not printed_otherwise(connection, PRESS, line.id)


def test_verifying_finds_a_figure_that_the_store_no_longer_gives(engine: Engine) -> None:
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None

    def changed(connection: Connection, order: Order) -> Edition:
        return edition(figure(value=STUB.figures[0].value + 1))

    with reading(engine) as connection:
        found = problems(connection, Press(changed, PRESS.render), line.id)
    assert found == ["Terjawab ≤ 15 detik: tercetak 93.1, dari data kini 94.1"]


def due(engine: Engine, now: datetime) -> list[Order]:
    """What is due for the regent."""
    with reading(engine) as connection:
        return [order for order in due_orders(connection, now) if order.audience == REGENT]
