"""Rules look, alerts move, people accept: on both databases, as a room lives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.alerts.accepting import NotAcceptable, accept_alert
from dashboard.alerts.evaluate import evaluate, shown, unaccepted
from dashboard.alerts.looks import band_of, lost_sources
from dashboard.alerts.rule import WHOLE, AlertRule, Look, Picture
from dashboard.alerts.rules import BY_ID, RULES
from dashboard.formulas.alert_state import BLIND, Event, Severity, State, Timing
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Band, Status
from dashboard.indicators.reading import Reading
from dashboard.store import alerts as store
from dashboard.store import audit
from dashboard.store.database import reading, writing
from dashboard.store.people import Person
from tests.builders import NOW, freshness_of, source_state
from tests.builders import reading as a_reading

MINUTE = timedelta(minutes=1)
SARI = Person(1, "sari", "Sari, Diskominfo", "analis")
BANDS = (Band("Aman", Status.NORMAL, high=Decimal(80)), Band("Siaga", Status.WASPADA, Decimal(80), Decimal(120)),
         Band("Awas", Status.KRITIS, Decimal(120)))  # fmt: skip
RULE = AlertRule("test.level", "Tinggi air", "air", "BPBD", "Buka pintu air.", band_of("test.level", Decimal(5)),
                 Timing(timedelta(0), 5 * MINUTE))  # fmt: skip


def level(value: int | None, state: FreshState = FreshState.FRESH) -> Reading:
    number = None if value is None else Decimal(value)
    band = next((b for b in BANDS if number is not None and b.holds(number)), None)
    status = band.status if band else Status.UNKNOWN
    return a_reading(
        id="test.level", title="Tinggi air", unit="cm", bands=BANDS, better="down", value=number, status=status,
        band=band.word if band else "", freshness=freshness_of(state), decimals=0,
    )  # fmt: skip


def look(engine: Engine, minute: float, seen: Reading, rule: AlertRule = RULE) -> list[tuple[Event, Severity]]:
    with writing(engine) as connection:
        found = evaluate(connection, [rule], {"test.level": seen}, [], NOW + minute * MINUTE)
    return [(line.event, line.severity) for line in found]


def standing(engine: Engine) -> list[store.Kept]:
    with reading(engine) as connection:
        return store.standing(connection)


def test_a_band_that_turns_bad_is_an_alert_with_its_sentence_and_its_history(engine: Engine) -> None:
    assert look(engine, 0, level(79)) == []
    assert look(engine, 1, level(85)) == [(Event.RAISED, Severity.WASPADA)]
    assert look(engine, 2, level(121)) == [(Event.WORSE, Severity.KRITIS)]
    (kept,) = standing(engine)
    assert (kept.rule, kept.said, kept.alert.raised_at) == ("test.level", "Tinggi air: 121 cm, awas", NOW + MINUTE)
    with reading(engine) as connection:
        assert [h.event for h in store.history(connection, kept.id)] == [Event.RAISED, Event.WORSE]


def test_a_value_that_trembles_at_the_edge_is_one_alert(engine: Engine) -> None:
    told = [look(engine, n, level(81 if n % 2 == 0 else 79)) for n in range(20)]
    assert [events for events in told if events] == [[(Event.RAISED, Severity.WASPADA)]]
    assert look(engine, 21, level(74)) == [(Event.RECOVERING, Severity.WASPADA)]


@pytest.mark.parametrize("lost", [FreshState.STALE, FreshState.LOST, FreshState.NONE])
def test_a_source_that_dies_hides_the_alert_and_its_return_goes_on_with_it(engine: Engine, lost: FreshState) -> None:
    look(engine, 0, level(130))
    assert look(engine, 10, level(130, lost)) == [(Event.HIDDEN, Severity.KRITIS)]
    assert look(engine, 400, level(50, lost)) == []
    (kept,) = standing(engine)
    assert (kept.alert.state, kept.alert.severity, kept.said) == (
        State.UNKNOWN, Severity.KRITIS, "Tinggi air: 130 cm, awas",
    )  # fmt: skip
    assert look(engine, 401, level(125)) == [(Event.SEEN_AGAIN, Severity.KRITIS)]


def test_a_late_value_may_raise_but_never_clear(engine: Engine) -> None:
    assert look(engine, 0, level(85, FreshState.LATE)) == [(Event.RAISED, Severity.WASPADA)]
    assert look(engine, 1, level(20, FreshState.LATE)) == [(Event.HIDDEN, Severity.WASPADA)]


def test_a_rule_that_fails_hides_its_alerts_and_spares_the_others(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    look(engine, 0, level(130))
    broken = replace(RULE, look=lambda rule, picture: {WHOLE: picture.readings["gone"]})  # type: ignore[dict-item]
    other = replace(RULE, id="other")
    with writing(engine) as connection:
        found = evaluate(connection, [broken, other], {"test.level": level(130)}, [], NOW + MINUTE)
    assert [line.event for line in found] == [Event.HIDDEN, Event.RAISED]
    assert "test.level: it could not look" in caplog.text


def test_an_alert_whose_rule_left_the_program_does_not_end(engine: Engine) -> None:
    look(engine, 0, level(130))
    with writing(engine) as connection:
        found = evaluate(connection, [], {}, [], NOW + MINUTE)
    assert [line.event for line in found] == [Event.HIDDEN]


def test_places_are_alerts_of_their_own_and_what_is_not_named_any_more_is_well(engine: Engine) -> None:
    def places(seen: Mapping[str, Severity | None]) -> AlertRule:
        return replace(RULE, look=lambda rule, picture: {place: Look(s, place) for place, s in seen.items()})

    look(engine, 0, level(0), places({"Pacet": Severity.WASPADA, "Trawas": Severity.KRITIS}))
    assert [k.place for k in standing(engine)] == ["Trawas", "Pacet"]
    look(engine, 1, level(0), places({"Pacet": BLIND}))
    assert {k.place: k.alert.state for k in standing(engine)} == {"Trawas": State.RECOVERING, "Pacet": State.UNKNOWN}


def test_each_source_that_is_lost_is_a_place_of_one_alert(engine: Engine) -> None:
    dead = source_state(id="mati", title="Sensor", answered_at=NOW - timedelta(hours=2), failures_in_row=3)
    looks = lost_sources(RULE, Picture(NOW, {}, [source_state(), dead]))
    assert (looks["antrean"].seen, looks["mati"].seen) == (Severity.NONE, Severity.WASPADA)
    assert looks["mati"].said == "Sumber Sensor putus"


def test_a_person_takes_an_alert_on_and_is_asked_again_at_the_promised_time(engine: Engine) -> None:
    look(engine, 0, level(85))
    (kept,) = standing(engine)
    with writing(engine) as connection:
        accept_alert(connection, kept.id, SARI, "  regu\nberangkat ", 15 * MINUTE, NOW + MINUTE)
    (taken,) = standing(engine)
    assert (taken.alert.state, unaccepted([taken]), shown([taken])) == (State.ACKNOWLEDGED, [], [taken])
    with reading(engine) as connection:
        line = store.history(connection, kept.id)[-1]
        (entry,) = audit.entries(connection)
    assert (line.event, line.by, line.note) == (Event.ACCEPTED, "Sari, Diskominfo", "regu berangkat")
    assert (entry.who, entry.what, entry.about) == ("sari", "peringatan diterima", f"nomor {kept.id}, test.level")
    assert look(engine, 10, level(86)) == []
    assert look(engine, 16, level(86)) == [(Event.CHECK_AGAIN, Severity.WASPADA)]


@pytest.mark.parametrize(
    ("note", "after", "sentence"),
    [("", 15, "Tulis apa yang dilakukan"), ("regu berangkat", 7, "Pilih kapan akan diperiksa lagi")],
)
def test_an_acceptance_that_says_nothing_is_refused(engine: Engine, note: str, after: int, sentence: str) -> None:
    look(engine, 0, level(85))
    (kept,) = standing(engine)
    with writing(engine) as connection, pytest.raises(NotAcceptable, match=sentence):
        accept_alert(connection, kept.id, SARI, note, after * MINUTE, NOW)


def test_what_ended_or_never_was_cannot_be_accepted(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(NotAcceptable, match="nomor 7 tidak ada"):
        accept_alert(connection, 7, SARI, "regu berangkat", 15 * MINUTE, NOW)


def test_the_past_is_told_as_it_stood_then(engine: Engine) -> None:
    look(engine, 0, level(85))
    look(engine, 10, level(130))
    look(engine, 20, level(10))
    look(engine, 26, level(10))
    with reading(engine) as connection:
        then = [
            (m, [line.severity.word for _, line in store.stood_at(connection, NOW + m * MINUTE)])
            for m in (-1, 5, 15, 30)
        ]
        raised = store.raised_between(connection, NOW + 5 * MINUTE, NOW + 6 * MINUTE)
    assert then == [(-1, []), (5, ["waspada"]), (15, ["kritis"]), (30, [])]
    assert len(raised) == 1


def test_every_rule_names_an_owner_an_action_and_an_indicator_that_can_be_bad() -> None:
    for rule in RULES:
        assert rule.owner
        assert len(rule.action) > 20
        assert rule.steps[0].after == timedelta(0)
        if rule.id in CATALOGUE:
            assert {Status.WASPADA, Status.KRITIS} & {band.status for band in CATALOGUE[rule.id].bands}, rule.id
    assert BY_ID["air.ispu"].is_quiet(NOW.replace(hour=16))
    assert not BY_ID["air.ispu"].is_quiet(NOW)
