"""Families of questions for the past: what was told of each first, and what was told, corrected or withdrawn later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, delete

from dashboard.assessment_stages import STAGES
from dashboard.editing import level_values
from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.known_then import can_be_put_back
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.alert_state import Alert, Event, Severity, State
from dashboard.formulas.directive_course import Stage
from dashboard.store import alerts, assessments, directives, ingestion_log
from dashboard.store.alerts import Happening, Kept
from dashboard.store.assessment_plans import assessment_plans
from dashboard.store.assessments import Entry
from dashboard.store.complaints import complaints
from dashboard.store.database import writing
from dashboard.store.directives import Directive
from dashboard.store.duty_deliveries import duty_deliveries
from dashboard.store.holiday_edits import EnteredDay, enter_days
from dashboard.store.service_requests import service_requests
from dashboard.store.source_contracts import source_contracts
from dashboard.store.upsert import Merge, upsert
from datasources.observation import Observation
from datasources.spbe.instrument_files import instruments
from datasources.spbe.records import PublishedResult
from tests.dashboard.air_kept import HOUR, MIDNIGHT, hourly, observed, put
from tests.dashboard.masterplan_kept import aims, holder, other, reached, small_plan
from tests.dashboard.resources_kept import (
    NOW,
    bank,
    building,
    green,
    kept,
    landfill,
    made,
    months,
    official,
    plant,
    sample,
    urban,
    used,
    waste,
)  # fmt: skip
from tests.dashboard.services_kept import checks, service
from tests.dashboard.services_kept import kept as keep_services
from tests.dashboard.test_complaint_clocks import complaint, dataset, days_ago, request
from tests.dashboard.test_hazard_spans import slot
from tests.dashboard.test_questions_hazards import quake, warning
from tests.dashboard.test_rule_levels import ANI, FLOOD, TYPED

LATER = NOW + timedelta(hours=5)
LAST = date(2026, 10, 1)
MONTHS = months(LAST, 3)
D = Decimal
Deed = Callable[[Engine], None]


@dataclass(frozen=True)
class Family:
    """Its questions, what was told of it first, what was told later, and how many answers that changes at least."""

    prefixes: tuple[str, ...]
    first: Deed
    later: Deed
    differ: int
    periods: Sequence[Filters] = ()

    @property
    def names(self) -> list[str]:
        return [
            n for n, q in QUESTIONS.items() if n.startswith(self.prefixes) and can_be_put_back(q) and not q.as_known
        ]


def files(*batches: Sequence[Any], at: Any = NOW) -> Deed:
    """Each batch is a file of its own."""

    def keep_all(engine: Engine) -> None:
        for batch in batches:
            kept(engine, batch, at)

    return keep_all


WATER = sample("A", date(2026, 9, 2), bod="2.1", cod="11") + sample("B", date(2026, 9, 2), bod="1.9", cod="<3")
CORRECTED = sample("A", date(2026, 9, 2), bod="9.9", cod="11") + sample("C", date(2026, 9, 2), bod="1", cod="8")
WASTE = [[waste(m) for m in MONTHS], [landfill(m) for m in MONTHS], [bank("Melati", m) for m in MONTHS]]
OTHER_WASTE = [
    [waste(MONTHS[0]), waste(MONTHS[1], generated_t=D(20_000))], [landfill(m, "7000") for m in MONTHS[1:]],
    [bank("Mawar", m) for m in MONTHS],
]  # fmt: skip
ENERGY = [
    [building("b1"), building("b2")], [used("b1", m, "9000") for m in MONTHS] + [used("b2", m, "4000") for m in MONTHS],
    [plant("p1")], [made("p1", m, "5000") for m in MONTHS],
]  # fmt: skip
OTHER_ENERGY = [[building("b1", "2000")], [used("b1", m, "100") for m in MONTHS], [plant("p1", "90")],
                [made("p1", MONTHS[0], "1")]]  # fmt: skip
PLAN = small_plan(holder("Kadinkes", "Dr. A", date(2025, 1, 1)))
OTHER_PLAN = other(other(PLAN, reached("I-1", "36"), reached("I-1", "12")), aims("I-2", "20"), aims("I-2", "50"))[:-2]


def by_topic(records: Sequence[Any]) -> list[list[Any]]:
    topics = dict.fromkeys(r.topic for r in records)
    return [[r for r in records if r.topic == topic] for topic in topics]


def publish(index: str, year: int = 2024) -> list[PublishedResult]:
    return [PublishedResult(year, "spbe", D(index), "Baik", {1: D(3), 2: D(2)}, "tinggi", "KemenPANRB")]


def assessed(value: str, owner: str, at: Any) -> Deed:
    def write(engine: Engine) -> None:
        instrument = next(iter(instruments().values()))
        row = {"instrument": instrument.id, "year": 2026, "indicator": 1, "owner": owner, "target": "4",
               "effort": None, "blocked": False, "by": "sari", "at": at}  # fmt: skip
        with writing(engine) as connection:
            entry = Entry(instrument.id, 2026, 1, STAGES[1], D(value), "", (), None, "sari", None, None, at)
            assessments.append(connection, [entry])
            upsert(connection, assessment_plans, [row], Merge.REPLACE)

    return write


def level(typed: dict[str, str], at: Any) -> Deed:
    def write(engine: Engine) -> None:
        with writing(engine) as connection:
            level_values.keep(connection, FLOOD, typed, ANI, at)

    return write


def both(*deeds: Deed) -> Deed:
    def do(engine: Engine) -> None:
        for deed in deeds:
            deed(engine)

    return do


def forget_first(table: Any) -> Deed:
    def do(engine: Engine) -> None:
        with writing(engine) as connection:
            connection.execute(delete(table).where(table.c.number == "1"))

    return do


def serve(*batches: Sequence[Any]) -> Deed:
    def keep_all(engine: Engine) -> None:
        for batch in batches:
            keep_services(engine, batch, at=batch[-1].data_time)

    return keep_all


def gauge(value: str, minutes_ago: int, parameter: str = "river_level") -> Observation:
    at = NOW - timedelta(minutes=minutes_ago)
    return Observation("sadar", parameter, D(value), "m", "inst", at, at, station_name="Kali Sadar")


def keep_water(*batches: Sequence[Any], at: Any = NOW) -> Deed:
    def keep_all(engine: Engine) -> None:
        for batch in batches:
            kept(engine, batch, at, source="bmkg")

    return keep_all


def keep_air(readings: Sequence[Observation], at: Any = NOW, **rules: Any) -> Deed:
    return lambda engine: put(engine, readings, at=at, **rules)


def agreed(owner: str) -> Deed:
    """A source that owes a month, and delivered it."""
    contract = {"source": "sampah", "title": "Laporan sampah", "owner": owner, "topics": "[]", "stale_after_s": 86_400,
                "silent_after_s": None, "simulated": False, "period": "bulan", "due_days": 10,
                "since": date(2026, 8, 1), "template": "", "known_at": NOW - timedelta(days=99)}  # fmt: skip
    duty = {"source": "sampah", "period": "bulan", "first": date(2026, 9, 1), "complete_at": NOW - timedelta(days=1),
            "last_at": NOW - timedelta(days=1), "rows": len(owner), "refused": 0}  # fmt: skip

    def write(engine: Engine) -> None:
        with writing(engine) as connection:
            ingestion_log.register(connection, ["sampah"])
            upsert(connection, source_contracts, [contract], Merge.REPLACE)
            upsert(connection, duty_deliveries, [duty], Merge.REPLACE)

    return write


def raised(engine: Engine) -> None:
    at = NOW - timedelta(hours=3)
    alert = Alert(State.ACTIVE, Severity.KRITIS, at, at, raised_at=at)
    kept_alert = Kept(0, "calls112.state", "", alert, "Keadaan 112: di luar kebiasaan", "112", "DLH", False)
    with writing(engine) as connection:
        number = alerts.begin(connection, kept_alert)
        told = Happening(number, at, Event.RAISED, State.ACTIVE, Severity.KRITIS, kept_alert.said)
        alerts.write_down(connection, [told])


def ended(engine: Engine) -> None:
    """The alert ends and the instruction is done."""
    with writing(engine) as connection:
        (stood,) = alerts.standing(connection)
        closed = replace(stood.alert, state=State.CLOSED, since=LATER)
        alerts.move(connection, stood.id, closed, "Keadaan 112: biasa")
        done = Happening(stood.id, LATER, Event.CLOSED, State.CLOSED, Severity.KRITIS, "Keadaan 112: biasa")
        alerts.write_down(connection, [done])
        (open_one,) = directives.directives_of(connection)
        directives.move_directive(connection, open_one.id, Stage.DONE, LATER, LATER, None)


def directed(engine: Engine) -> None:
    day = timedelta(days=1)
    given = Directive(0, "Tambah ambulans", "Dua unit siaga", "calls112.asa", "7 detik", NOW, "DLH", NOW - day, None,
                      "Bupati", 1, NOW - 9 * day, Stage.GIVEN, NOW)  # fmt: skip
    with writing(engine) as connection:
        directives.add_directive(connection, given)


def a_day_off(engine: Engine) -> None:
    with writing(engine) as connection:
        enter_days(connection, [EnteredDay(days_ago(6), True, "banjir", "sari")], LATER)


CASES = [complaint(n, days_ago(10 + n), closed=days_ago(2) if n % 2 else None) for n in range(1, 9)]
ASKED = [request(n, days_ago(10 + n), completed=days_ago(9) if n % 2 else None) for n in range(1, 13)]
START = NOW - timedelta(days=2)
RIVER = [
    gauge("2.0", minutes_ago=m, parameter=parameter)
    for m in (4, 125, 5000, 30_000)
    for parameter in ("river_level", "rain")
]
LATE_RIVER = [gauge(v, minutes_ago=m) for m, v in ((125, "3.9"), (4990, "3.0"), (100, "1"), (2, "2.1"), (-60, "9"))]
FORETOLD = [slot(NOW + timedelta(hours=h, minutes=-5), 5) for h in range(-40, 60, 3)]
OTHER_FORETOLD = [slot(NOW + timedelta(hours=h, minutes=-5), 9, run=1) for h in range(-10, 80, 3)]
AIR = [
    one
    for days in range(4)
    for one in hourly([20 + days] * 24, first=MIDNIGHT - timedelta(days=days) + HOUR)
    + hourly([30 + n for n in range(24)], station="trawas", first=MIDNIGHT - timedelta(days=days) + HOUR)
    if one.observed_at <= NOW
] + [observed("ispu", 55, MIDNIGHT, averaging="PT24H", station="resmi", unit="index")]
LATE_AIR = [
    *hourly([140.0] * 30, first=MIDNIGHT - timedelta(hours=20)),
    *hourly([900] * 5, station="trawas", first=MIDNIGHT + 14 * HOUR),
    *hourly([25] * 9, station="baru", first=MIDNIGHT),
    observed("ispu", 155, MIDNIGHT, averaging="PT24H", station="resmi", unit="index"),
]
FAMILIES = {
    "water": Family(("water.",), files(WATER), files(CORRECTED, at=LATER), 3),
    "waste": Family(("waste.",), files(*WASTE), files(*OTHER_WASTE, at=LATER), 4),
    "trees": Family(
        ("green_space.",), files([green("Alun-alun", "5")], [urban("900")]),
        files([green("Taman", "50")], [urban("300")], at=LATER), 2,
    ),
    "energy": Family(("energy.",), files(*ENERGY), files(*OTHER_ENERGY, at=LATER), 3),
    "iklh": Family(
        ("iklh.",), files([official(2025, "IKLH", "60.1", "65"), official(2025, "IKA", "50")]),
        files([official(2025, "IKLH", "70")], at=LATER), 2,
    ),
    "masterplan": Family(("masterplan.",), files(*by_topic(PLAN)), files(*by_topic(OTHER_PLAN), at=LATER), 3),
    "published": Family(("spbe.published",), files(publish("3.1")), files(publish("2.2"), publish("3", 2025)), 1),
    "assessed": Family(
        ("spbe.", "pemdi."), assessed("3", "Dinkes", NOW - timedelta(days=1)), assessed("5", "DLH", LATER), 0,
    ),
    "levels": Family(
        ("level.",), level(TYPED, NOW - timedelta(days=1)), level({**TYPED, "hujan": "600"}, LATER), 1,
    ),
    "complaints": Family(
        ("complaints.", "ppid."), files(CASES),
        both(files([replace(CASES[1], closed=days_ago(1)), complaint(99, days_ago(3))], at=LATER),
             forget_first(complaints), a_day_off), 3,
    ),
    "requests": Family(
        ("delivery.",), files(ASKED),
        both(files([replace(ASKED[1], completed=days_ago(1))], at=LATER), forget_first(service_requests)), 2,
    ),
    "open data": Family(
        ("open_data.",), files([dataset("a", 30), dataset("b", 32)]),
        files([replace(dataset("a", 1), asked=20)], at=LATER), 2,
    ),
    "warnings": Family(
        ("hazards.warn",), files([warning(START)]),
        files([warning(START + timedelta(hours=1), identifier="v", message_type="Cancel", references=("w",)),
               warning(START, identifier="x")], at=LATER), 2,
    ),
    "services": Family(
        ("services.",),
        serve([service(), service("antrean", title="Lama")],
              checks("+" * 200 + "---" + "+" * 20 + "--", certificate_expires_at=NOW + timedelta(days=9)),
              checks("~" * 60 + " " * 9 + "?" * 5 + "+" * 30, "antrean")),
        serve([service("antrean", title="Baru", failures=2)], checks("-" * 200, end=LATER),
              checks("+" * 90, "antrean", end=LATER)), 4,
    ),
    "rivers and rain": Family(
        ("hazards.timeline", "hazards.rain"), keep_water(RIVER, FORETOLD),
        keep_water(LATE_RIVER, OTHER_FORETOLD, at=LATER), 2, [last_days(n, NOW.date()) for n in (7, 90, 900)],
    ),
    "air": Family(
        ("air.",), keep_air(AIR), keep_air(LATE_AIR, at=LATER, required_share=D("0.5")), 6,
    ),
    "one station": Family(
        ("station.", "air."), keep_air(AIR), keep_air(LATE_AIR, at=LATER), 6,
        [replace(last_days(30, NOW.date()), station="sensor/pacet")],
    ),
    "offices": Family(
        ("opd.", "alerts."), both(agreed("DLH"), raised, directed, files([dataset("a", 30)]), serve([service()]),
                                  assessed("3", "Dinkes", NOW - timedelta(days=1))),
        both(agreed("Bappeda"), ended, files([dataset("b", 2)], at=LATER), assessed("5", "DLH", LATER)), 4,
        [replace(last_days(30, NOW.date()), office=office) for office in (None, "DLH", "Dinkes")],
    ),
    "earthquakes": Family(
        ("hazards.quake",), files([quake(START)]),
        files([replace(quake(START, lat=-9.1), magnitude=6.6), quake(START + timedelta(hours=1))], at=LATER), 2,
    ),
}  # fmt: skip
