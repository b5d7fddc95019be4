"""Questions that lay something beside incidents: weather, repeated reports; and what no answer may hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import reading, writing
from dashboard.store.keep import keep as keep_records
from dashboard.store.population import Inhabitants, keep_population
from datasources.bmkg.records import Warning
from datasources.calls112.records import Call
from datasources.region import kecamatan
from tests.dashboard.incidents_kept import (
    HASH,
    NOW,
    PACET,
    SECRET_ID,
    SOOKO,
    TODAY,
    TWO_WEEKS,
    ask,
    cells,
    incident,
    keep,
    link,
    minutes,
)

LONG = Filters(date(2026, 10, 1), TODAY)
MORNING = NOW - timedelta(days=1, hours=4)
"""Minggu 08.00 WIB."""


def test_warnings_stand_beside_incidents_of_each_day(engine: Engine) -> None:
    keep(engine, [incident(MORNING), incident(MORNING + minutes(90)), incident(MORNING - timedelta(days=2))])
    warn(engine, warning(MORNING, hours=3))
    answer = ask(engine, "incidents112.weather", LONG)
    assert cells(answer, "at", "incidents", "calls", "warned") == [
        (date(2026, 11, 20), 1, None, 0), (date(2026, 11, 21), 0, None, 0), (date(2026, 11, 22), 2, None, 3),
    ]  # fmt: skip
    said = next(note for note in answer.notes if note.startswith("Selama"))
    assert said.startswith("Selama 3 jam berperingatan 2 kejadian (16,0 per hari), di luarnya 1 dalam ")
    assert said.endswith("berbeda nyata. Beriringan belum berarti sebab.")


def test_a_fortnight_is_shown_by_the_hour_with_the_warning_as_a_field(engine: Engine) -> None:
    calls = [Call("c1", "112", MORNING + minutes(10), None, MORNING + minutes(11), 60, None, None, "abandoned")]
    keep(engine, [incident(MORNING)], calls)
    warn(engine, warning(MORNING + minutes(30), hours=1))
    answer = ask(engine, "incidents112.weather_calls")
    assert cells(answer, "at", "incidents", "calls", "warned") == [(MORNING, 1, 1, round(30 / 60, 1))]
    assert [(m["x"], m["until"]) for m in answer.marks] == [(MORNING + minutes(30), MORNING + minutes(90))]
    assert [c.key for c in answer.columns if c.role == "y"] == ["calls", "warned"]


def test_an_update_or_a_cancel_ends_the_warning_it_speaks_of(engine: Engine) -> None:
    keep(engine, [incident(MORNING)])
    warn(
        engine,
        warning(MORNING, hours=6, identifier="a"),
        warning(MORNING + minutes(60), hours=2, identifier="b", message_type="Update", references=("a",)),
        warning(MORNING + minutes(90), hours=2, identifier="c", message_type="Cancel", references=("b",)),
    )
    assert [(m["x"], m["until"]) for m in ask(engine, "incidents112.weather").marks] == [
        (MORNING, MORNING + minutes(90))
    ]


def test_a_warning_for_another_kecamatan_or_none_of_ours_is_not_shown(engine: Engine) -> None:
    keep(engine, [incident(MORNING, kecamatan_code=SOOKO)])
    warn(engine, warning(MORNING, hours=3), warning(MORNING, hours=9, identifier="z", kecamatan=()))
    there = Filters(TWO_WEEKS.first, TODAY, SOOKO)
    assert "Tidak ada peringatan dini BMKG untuk wilayah ini dalam masa ini." in (
        ask(engine, "incidents112.weather", there).notes
    )
    assert len(ask(engine, "incidents112.weather").marks) == 1


def test_neither_incidents_nor_calls_is_said(engine: Engine) -> None:
    missing = ask(engine, "incidents112.weather").missing
    assert missing == "tidak ada kejadian tercatat dalam masa ini, juga tidak ada panggilan"


def test_reports_are_the_calls_of_a_ticket_and_accepted_further_tickets(engine: Engine) -> None:
    first, second, third = incident(n_calls=3), incident(n_calls=2), incident()
    keep(engine, [first, second, third, incident(n_calls=1), incident(), incident(n_calls=12)])
    link(engine, second, first, "diterima")
    link(engine, third, first)
    answer = ask(engine, "incidents112.reported_times")
    assert cells(answer, "times", "n") == [
        ("1 kali", 1), ("2 kali", 0), ("3–4 kali", 0), ("5–9 kali", 1), ("10 kali atau lebih", 1),
        ("tidak tercatat", 2),
    ]  # fmt: skip
    assert "1 diusulkan sebagai laporan ganda dan belum diputuskan; tetap dihitung." in answer.notes


def test_proposals_are_listed_for_the_desk_only(engine: Engine) -> None:
    first, second = incident(), incident(NOW - timedelta(days=1))
    keep(engine, [first, second])
    link(engine, second, first)
    answer = ask(engine, "incidents112.proposed_duplicates")
    assert cells(answer, "incident", "parent", "place", "minutes", "metres", "state") == [
        (second.incident_id, first.incident_id, "Pacet", 5, None, "diusulkan")
    ]
    assert QUESTIONS["incidents112.proposed_duplicates"].audience == "desk"
    nowhere = Filters(TWO_WEEKS.first, TODAY, SOOKO)
    assert ask(engine, "incidents112.proposed_duplicates", nowhere).missing == (
        "tidak ada usulan laporan ganda dalam masa ini"
    )


def test_no_answer_outside_the_desk_holds_a_caller_a_number_or_a_rare_word(engine: Engine) -> None:
    known = {"arrived": 9, "closed": 50, "n_calls": 2, "lat": -7.67, "lon": 112.54}
    keep(engine, [incident(MORNING - timedelta(hours=n), **known) for n in range(40)])
    keep(engine, [incident(NOW - minutes(20), category_raw="Siti Aminah jatuh"), incident(NOW - timedelta(days=3))])
    first, second = incident(), incident()
    keep(engine, [first, second])
    link(engine, second, first)
    with writing(engine) as connection:
        people = [Inhabitants(k.code, 2025, 60_000, "BPS") for k in kecamatan()]
        keep_population(connection, people, "analis", NOW)
    asked = [q for q in QUESTIONS.values() if q.id.startswith("incidents112.") and q.audience == "all"]
    assert len(asked) >= 18
    for question in asked:
        for filters in (TWO_WEEKS, Filters(TWO_WEEKS.first, TODAY, PACET)):
            with reading(engine) as connection:
                answer = str(question.ask(connection, filters, NOW))
            assert not any(secret in answer for secret in (HASH, SECRET_ID, "Siti")), question.id


def warning(start: datetime, hours: float, **given: Any) -> Warning:
    """Heavy rain over Pacet for some hours."""
    defaults: dict[str, Any] = {
        "identifier": "w", "sent": start, "message_type": "Alert", "references": (), "event": "Hujan Lebat",
        "severity": "Moderate", "urgency": "Immediate", "certainty": "Observed", "effective": start,
        "expires": start + timedelta(hours=hours), "headline": "", "description": "", "kecamatan": (PACET,),
    }  # fmt: skip
    return Warning(**{**defaults, **given})


def warn(engine: Engine, *warnings: Warning) -> None:
    with writing(engine) as connection:
        keep_records(connection, "bmkg", warnings, NOW)
