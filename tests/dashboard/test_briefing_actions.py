"""What the briefing tells of instructions and alerts: as of its moment, until they are closed, to whom they concern."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from dashboard.briefings.actions import alerts_of_week, directives_of_week
from dashboard.clock import week_start
from dashboard.directives.taking_turns import Draft, give, take
from dashboard.formulas.alert_state import Alert, Event, Severity, State
from dashboard.formulas.directive_course import Turn
from dashboard.store import alerts
from dashboard.store.alerts import Happening, Kept
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from tests.builders import NOW
from tests.builders import reading as a_panel

REGENT = Person(1, "bupati", "Bupati", "bupati")
HEAD = Person(2, "dinkes", "Kepala Dinkes", "kepala_opd", "Dinkes")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = week_start(NOW)
WORDS = {"words": "Dua unit siaga penuh", "evidence": "https://drive.contoh.go.id/a"}


def given(engine: Engine, due: str = "2026-11-25") -> int:
    with writing(engine) as connection:
        draft = Draft("Tambah ambulans siaga di Pacet", "Dua unit siaga 24 jam di Pacet", "Dinkes", due)
        return give(connection, draft, a_panel(), REGENT, NOW)


def turns(engine: Engine, number: int, *taken: tuple[Turn, Person, datetime]) -> None:
    with writing(engine) as connection:
        for turn, by, at in taken:
            take(connection, number, turn, by, at, **WORDS)


def told(engine: Engine, as_of: datetime, audience: str = "bupati") -> list[tuple[str, bool, bool]]:
    with reading(engine) as connection:
        found = directives_of_week(connection, audience, week_start(as_of - HOUR), as_of)
    return [(d.stage, d.late, d.ended) for d in found]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (NOW - HOUR, []),
        (NOW + HOUR, [("menunggu diterima OPD", False, False)]),
        (NOW + 2 * DAY, [("dikerjakan", False, False)]),
        (NOW + 8 * DAY, [("dikerjakan", True, False)]),
        (NOW + 9 * DAY, [("dilaporkan selesai", False, False)]),
        (NOW + 11 * DAY, [("selesai", False, True)]),
        (NOW + 20 * DAY, []),
    ],
)
def test_an_instruction_is_told_as_it_stood_then_until_the_week_after_its_end(
    engine: Engine, as_of: datetime, expected: list[tuple[str, bool, bool]]
) -> None:
    turns(engine, given(engine), (Turn.ACCEPT, HEAD, NOW + DAY), (Turn.REPORT_DONE, HEAD, NOW + 9 * DAY - HOUR),
          (Turn.CONFIRM, REGENT, NOW + 10 * DAY))  # fmt: skip
    assert told(engine, as_of) == expected


def test_the_edition_of_an_opd_tells_of_its_own_instructions(engine: Engine) -> None:
    given(engine)
    assert len(told(engine, NOW + HOUR, "Dinkes")) == 1
    assert told(engine, NOW + HOUR, "DLH") == []


def test_the_alerts_of_the_week_are_counted_and_the_standing_ones_told_first(engine: Engine) -> None:
    ended = alert(engine, Severity.KRITIS, NOW)
    happens(engine, ended, Event.ACCEPTED, State.ACKNOWLEDGED, Severity.KRITIS, NOW + HOUR)
    happens(engine, ended, Event.CLOSED, State.CLOSED, Severity.KRITIS, NOW + 2 * HOUR)
    alert(engine, Severity.WASPADA, NOW - 10 * DAY, "DLH, DPUPR")
    with reading(engine) as connection:
        found = alerts_of_week(connection, "bupati", WEEK, NOW + DAY)
        before_its_end = alerts_of_week(connection, "bupati", WEEK, NOW + HOUR)
        of_opd = alerts_of_week(connection, "DPUPR", WEEK, NOW + DAY)
    assert (found.raised, found.critical, found.standing) == (1, 1, 1)
    assert [(line.severity, line.state, line.accepted) for line in found.lines] == [
        ("waspada", "aktif", None), ("kritis", "selesai", NOW + HOUR),
    ]  # fmt: skip
    assert before_its_end.standing == 2
    assert [line.owner for line in of_opd.lines] == ["DLH, DPUPR"]


def alert(engine: Engine, severity: Severity, at: datetime, owner: str = "Diskominfo") -> int:
    standing = Alert(State.ACTIVE, severity, at, at, raised_at=at)
    kept = Kept(0, "calls112.state", "", standing, "Keadaan 112: di luar kebiasaan", "panggilan 112", owner, False)
    with writing(engine) as connection:
        number = alerts.begin(connection, kept)
    happens(engine, number, Event.RAISED, State.ACTIVE, severity, at)
    return number


def happens(engine: Engine, number: int, event: Event, state: State, severity: Severity, at: datetime) -> None:
    with writing(engine) as connection:
        alerts.write_down(connection, [Happening(number, at, event, state, severity, "Keadaan 112")])
