"""The pulse tells a browser every step that freshness takes once nothing more is heard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.formulas.freshness import Contract, worst
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from dashboard.store.source_states import SourceState
from layouts.pulse import course, pulse

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sources", "steps"),
    [
        ([("contact", 0, None)], [(0, "segar"), (10, "terlambat"), (20, "putus")]),
        ([("contact", 4, None)], [(0, "segar"), (6, "terlambat"), (16, "putus")]),
        ([("contact", 12, None)], [(0, "terlambat"), (8, "putus")]),
        ([("contact", 30, None)], [(0, "putus")]),
        ([("data", 0, 119)], [(0, "terlambat"), (1, "basi"), (10, "putus")]),
        ([("data", 0, 0)], [(0, "segar"), (10, "terlambat"), (20, "putus")]),
        ([("contact", 0, None), ("contact", 9, None)], [(0, "segar"), (1, "terlambat"), (11, "putus")]),
        ([("contact", None, None), ("contact", 0, None)], [(0, "putus")]),
        ([], []),
    ],
)
def test_the_course_is_what_the_formula_will_say(
    sources: list[tuple[str, int | None, int | None]], steps: list[tuple[int, str]]
) -> None:
    found = course(reading(sources))
    assert [((at - NOW) // timedelta(minutes=1), f.state) for at, f in found] == steps


@pytest.mark.parametrize("minutes", range(0, 150, 7))
def test_at_every_moment_the_course_agrees_with_the_formula(minutes: int) -> None:
    made = reading([("data", 3, 50), ("contact", 1, None)])
    then = NOW + timedelta(minutes=minutes, seconds=1)
    told = [f.state for at, f in course(made) if at <= then][-1]
    assert told is worst([s.freshness(then) for s in made.sources]).state


def test_the_pulse_names_the_oldest_answer_and_when_each_step_was_last_in_order() -> None:
    told = pulse(reading([("contact", 0, None), ("contact", 9, None)]))
    now, minute = int(NOW.timestamp() * 1000), 60_000
    assert told["answered"] == now - 9 * minute
    assert told["course"] == [
        [now, "segar", now - 9 * minute],
        [now + minute + 1, "terlambat", now - 9 * minute],
        [now + 11 * minute + 1, "putus", now - 9 * minute],
    ]


def reading(sources: list[tuple[str, int | None, int | None]]) -> Reading:
    """(contract, minutes since the last answer, minutes since the newest data) of each source."""
    contracts = {
        "contact": Contract(timedelta(minutes=10)),
        "data": Contract(timedelta(minutes=10), timedelta(hours=1)),
    }
    states = tuple(
        SourceState(f"s{n}", "Sumber", "Diskominfo", (), contracts[name], False, "", ago(answered), None, ago(data))
        for n, (name, answered, data) in enumerate(sources)
    )
    return Reading(
        indicator=CATALOGUE["calls112.asa"], at=NOW, value=None, status=Status.UNKNOWN, band="", n=None,
        data_time=None, known_at=None, missing="", freshness=worst([s.freshness(NOW) for s in states]),
        sources=states, simulated=False,
    )  # fmt: skip


def ago(minutes: int | None) -> datetime | None:
    return None if minutes is None else NOW - timedelta(minutes=minutes)
