"""One of everything that somebody may change, in every stage it can be in; what belongs to an OPD belongs to Dinkes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from dashboard.access import displays as pairing
from dashboard.access import second_factor, tokens
from dashboard.assessment_stages import STAGES, Stage
from dashboard.formulas.alert_state import Alert, Severity, State
from dashboard.formulas.directive_course import Stage as Course
from dashboard.store import (
    alerts,
    assessments,
    displays,
    holiday_edits,
    incident_links,
    meanings,
    notes,
    people,
    population,
    service_maintenance,
    sessions,
    silences,
    uploads,
)  # fmt: skip
from dashboard.store.assessment_plans import IndicatorPlan, set_plan
from dashboard.store.database import writing
from dashboard.store.directives import Directive, add_directive
from dashboard.store.keep import keep
from dashboard.store.people import Person
from dashboard.store.push_subscriptions import Subscription, keep_subscription
from dashboard.store.river_thresholds import keep_thresholds
from datasources.resources import waste_workbook
from tests.dashboard.masterplan_kept import small_plan
from tests.dashboard.river_kept import STEPS, level
from tests.dashboard.services_kept import service
from tests.datasources.resource_files import filled
from tests.journeys.opd_secrets import SECRET, plant
from tests.journeys.room_112 import NOW, Room

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HANDED_IN = """
[sources.sampah]
reader = "resources.waste"
title = "Laporan sampah"
owner = "Dinkes"
path = "{folder}/sampah.xlsx"
stale_after = "1d"

[sources.sampah.duty]
period = "bulan"
due_days = 10
since = 2026-09-01
records = ["waste_months"]
template = "sampah"
"""
TELEPHONE = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INDICATORS: dict[Stage, int] = {stage: 20 + place for place, stage in enumerate(STAGES)}
"""The assessed indicator that stands at each stage."""


@dataclass
class Planted:
    """Where each of them is: its number, key or code in the store."""

    key: str
    persons: dict[str, Person] = field(default_factory=dict)
    uploads: dict[str, int] = field(default_factory=dict)
    directives: dict[Course, int] = field(default_factory=dict)
    note: int = 0
    threshold: int = 0
    alert: int = 0
    silence: int = 0
    screen: int = 0
    screen_key: str = ""
    code: str = ""
    workbook: str = ""


def changeable(room: Room, folder: Path) -> Planted:
    """Plant them all; the secret of Dinkes stands in everything that has words."""
    plant(room)
    made = Planted(str(room.server.secret_key), workbook=_workbook(folder))
    with writing(room.engine) as connection:
        people.add_person(connection, "bowo", "Bowo", "kepala_opd", "BPBD", _hash_of(connection, "ani"), NOW)
        for name in ("calon", "tertutup"):
            people.add_person(connection, name, name.title(), "analis", None, None, NOW)
        made.persons = {person.name: person for person in people.everybody(connection)}
        people.disable(connection, made.persons["tertutup"].id, NOW)
        people.set_totp(connection, made.persons["calon"].id, second_factor.sealed(TELEPHONE, made.key))
        tokens.create(connection, "Portal", ["laporan"], "30 hari", made.persons["ani"], NOW)
        _settings(connection, made)
        _of_dinkes(connection, made)
    _screens(room, made)
    return made


def _settings(connection: Connection, made: Planted) -> None:
    meanings.set_meaning(connection, "category", "banjir bandang", None, "Ani", NOW)
    people_of = population.Inhabitants("35.16.01", 2024, 60_000, "Disdukcapil 2024")
    population.keep_population(connection, [people_of], "Ani", NOW)
    made.note = notes.add_note(connection, "112", NOW - DAY, None, "peristiwa", f"banjir {SECRET}", "Ani", NOW)
    link = incident_links.IncidentLink("kasus", "T-0", "kasus", "T-1", 5.0, None)
    incident_links.propose(connection, [link], NOW)
    keep(connection, "telemetri", [level("1.2", observed_at=NOW - HOUR, received_at=NOW - HOUR)], NOW)
    made.threshold = keep_thresholds(connection, "sadar", "river_level", NOW - DAY, STEPS, f"SK {SECRET}", "Ani", NOW)
    holiday_edits.enter_days(connection, [holiday_edits.EnteredDay(date(2026, 12, 23), True, "libur", "Ani")], NOW)
    episode = Alert(State.ACTIVE, Severity.WASPADA, NOW - HOUR, NOW - HOUR, NOW - HOUR, waits_since=NOW - HOUR)
    made.alert = alerts.begin(connection, alerts.Kept(0, "air.ispu", "", episode, f"udara {SECRET}", "", "DLH", False))
    made.silence = silences.add_silence(connection, "*", NOW - HOUR, NOW + DAY, f"uji {SECRET}", "Ani", NOW)


def _of_dinkes(connection: Connection, made: Planted) -> None:
    budi = made.persons["budi"]
    keep(connection, "layanan", [service("portal", owner="Dinkes", title=f"Portal {SECRET}", declared_at=NOW - DAY)],
         NOW)  # fmt: skip
    window = service_maintenance.Announced("portal", NOW + HOUR, NOW + 2 * HOUR, f"pindah {SECRET}", "Joko")
    service_maintenance.announce(connection, window, NOW)
    keep(connection, "masterplan", small_plan(), NOW)
    for name in made.persons:
        new = uploads.Upload(0, "sampah", f"{SECRET}.xlsx", "d" * 64, name, NOW, 1, 0, "pratinjau")
        made.uploads[name] = uploads.keep_upload(connection, new, base64.b64decode(made.workbook.partition(",")[2]))
    for stage in Course:
        one = Directive(0, f"Arahan {stage.value}", f"selesai {SECRET}", "calls112.asa", "8 detik", NOW, "Dinkes",
                        NOW + DAY, NOW + 2 * DAY, budi.title, budi.id, NOW, stage, NOW)  # fmt: skip
        made.directives[stage] = add_directive(connection, one)
    for stage, number in INDICATORS.items():
        set_plan(connection, "SPBE-2020", 2025, IndicatorPlan(number, "Dinkes", None, None, False), "Ani", NOW)
        if stage != "kosong":
            entry = assessments.Entry("SPBE-2020", 2025, number, stage, Decimal(3), f"sebab {SECRET}", (), "Dinkes",
                                      "Joko", None, NOW, NOW)  # fmt: skip
            assessments.append(connection, [entry])


def _screens(room: Room, made: Planted) -> None:
    made.code = pairing.ask(room.engine, "aula", "10.0.0.4", NOW).code
    asked = pairing.ask(room.engine, "aula", "10.0.0.5", NOW)
    with writing(room.engine) as connection:
        found = displays.by_code(connection, asked.code, NOW - HOUR)
        assert found is not None
        displays.approve(connection, found.id, f"Aula {SECRET}", "aula", "Ani", NOW)
    made.screen = found.id
    made.screen_key = pairing.collect_key(room.engine, asked.key, NOW) or ""
    assert made.screen_key


def _workbook(folder: Path) -> str:
    """A report of waste as a browser sends it."""
    rows = [["2025-01", 14_000, None, 12, 2500, None, 9000, "timbangan"]]
    file = filled(folder / "isi.xlsx", waste_workbook.write_template, Sampah_bulanan=rows)
    return f"data:application/zip;base64,{base64.b64encode(file.read_bytes()).decode()}"


def _hash_of(connection: Connection, name: str) -> str | None:
    known = people.credentials(connection, name)
    return known.password_hash if known else None


def second_factor_of(connection: Connection, made: Planted, person: Person) -> None:
    """Somebody has a code on the telephone."""
    people.set_totp(connection, person.id, second_factor.sealed(TELEPHONE, made.key))


def session_elsewhere(connection: Connection, _: Planted, person: Person) -> None:
    """Somebody has signed in at another place too."""
    sessions.open_session(connection, f"{person.name:0>64}", person.id, NOW, "Firefox", "sandi")


def device_elsewhere(connection: Connection, _: Planted, person: Person) -> None:
    """A telephone that is told of alerts; the first device of the store."""
    endpoint = "https://fcm.googleapis.com/fcm/send/telepon"
    keep_subscription(connection, Subscription(person.id, endpoint, "k", "a", "Chrome di Android", NOW))
