"""The real readers on the files and messages of the simulated regency."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from dashboard.formulas.maturity_index import half_up, maturity_index
from dashboard.instruments import scheme_of
from datasources.air_quality.workbook import AirWorkbook
from datasources.calls112.records import AgentSpell, Call, CallClass, Incident
from datasources.contract import Batch
from datasources.demo import air, air_workbook, case_row, faults, mqtt_publisher, spbe_workbook
from datasources.demo.calls import calls_of_hour
from datasources.demo.case_table import CaseTable
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.tickets import Ticket, tickets_of_hour
from datasources.demo.world import SEED, hour_of
from datasources.observation import Observation
from datasources.sensors.mqtt import MqttSensors
from datasources.sensors.payloads import observations
from datasources.spbe.instrument_files import instruments
from datasources.spbe.records import AssessedValue
from tests.datasources.demo_regency import DAY, END, START, fetched, sources, write

PERSONAL = ("PELAPOR", "SIMULASI", "0800000", "62800000")
Kept = TypeVar("Kept")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty days of the world in files."""
    var = tmp_path_factory.mktemp("var")
    (var / "demo").mkdir()
    write(QueueLogWriter(var / "demo" / "queue_log", SEED), START, END)
    cases = CaseTable(var / "demo" / "kasus.db", SEED)
    write(cases, START, END)
    cases.close()
    spbe_workbook.write_workbook(var / "demo" / "spbe.xlsx", SEED)
    return var


def test_the_queue_reader_finds_every_call_and_refuses_only_damaged_lines(demo: Path) -> None:
    batch = fetched(demo, "antrean_112")
    expected = [c for h in range(hour_of(START), hour_of(END)) for c in calls_of_hour(SEED, h)]
    assert {r.call_id for r in of(Call, batch)} == {c.call_id for c in expected}
    damaged = sum(faults.has_damaged_line(c) for c in expected)
    lines = (demo / "demo" / "queue_log").read_text().count("\n")
    assert 0 < len(batch.refused) <= damaged
    assert 200 < lines / damaged < 800


def test_the_spells_of_the_log_are_three_shifts_a_day_with_a_break_for_everybody(demo: Path) -> None:
    spells = [s for s in of(AgentSpell, fetched(demo, "antrean_112")) if s.end and s.start.timestamp() > START]
    hours = Counter((s.kind, hours_long(s)) for s in spells)
    logins, pauses = (sum(n for (k, _), n in hours.items() if k == kind) for kind in ("login", "pause"))
    assert set(hours) == {("login", 8.0), ("pause", 0.5), ("pause", round(5 / 60, 2))}
    assert 6 * 59 <= logins <= pauses + 6 <= 6 * 62


def test_the_case_reader_finds_every_ticket_and_names_the_kecamatan_it_does_not_know(demo: Path) -> None:
    batch = fetched(demo, "kejadian_112")
    rows, expected = of(Incident, batch), tickets()
    assert Counter(r.class_raw for r in rows) == Counter(faults.class_written(t) for t in expected)
    assert Counter(r.category_raw for r in rows) == Counter(faults.category_written(t) for t in expected)
    assert Counter(r.status for r in rows)["batal"] == sum(t.life.cancelled is not None for t in expected)
    assert {r.category_raw for r in rows if r.category_raw and r.opd is None} == set(faults.OTHER_CATEGORIES)
    reasons = {r.reason.split(";")[0] for r in batch.refused if r.place.endswith("kec")}
    assert reasons == {"'99' bukan kecamatan Kabupaten Mojokerto"}


def test_every_answered_call_has_a_class_and_a_ticket_that_names_it(demo: Path) -> None:
    told = of(Call, fetched(demo, "antrean_112"))  # a call that two batches tell of is two records
    callers = {c.call_id: c.caller_hash for c in told if c.t_enter}
    answers = {c.call_id: c.t_answer for c in told if c.t_answer}
    ended = {c.call_id for c in told if c.outcome == "answered" and c.t_end and c.t_end.timestamp() < END}
    batch = fetched(demo, "kejadian_112")
    named = {str(ticket.first_call_id): ticket for ticket in of(Incident, batch)}
    assert ended <= set(named) <= set(callers)
    assert {r.call_id for r in of(CallClass, batch)} == set(named)
    for call_id, ticket in named.items():
        assert ticket.caller_hash == callers[call_id]
        assert ticket.t_received == answers.get(call_id, ticket.t_received)


def test_some_rings_again_and_again_and_it_is_nuisance(demo: Path) -> None:
    classes = of(CallClass, fetched(demo, "kejadian_112"))
    rings = Counter(r.caller_hash for r in classes if r.caller_hash)
    often = {code for code, n in rings.items() if n >= 20}
    assert 10 <= len(often) <= 20
    assert {r.class_raw for r in classes if r.caller_hash in often} <= {"Prank", "Ghost", faults.OTHER_CLASS}


def test_a_fire_that_many_see_is_several_tickets_within_minutes_and_metres(demo: Path) -> None:
    rows = {r.first_call_id: r for r in of(Incident, fetched(demo, "kejadian_112"))}
    pairs = [(rows[t.call.about], rows[t.call.call_id]) for t in tickets() if t.call.kind == "ganda"]
    assert len(pairs) > 20
    assert Counter(again.class_raw for _, again in pairs).keys() == {"Normal", "Laporan ganda"}
    for first, again in pairs:
        assert abs(again.t_received - first.t_received) <= timedelta(minutes=12)
        assert abs(point(first) - point(again)) < 0.006


def test_tickets_are_reopened_forgotten_and_cancelled_now_and_then_and_no_stage_runs_backwards(demo: Path) -> None:
    rows = of(Incident, fetched(demo, "kejadian_112"))
    real = [r for r in rows if r.t_acknowledged]
    assert all(len(stages(r)) >= 5 and stages(r) == sorted(stages(r)) for r in real)
    assert 0.01 < sum(r.t_reopened is not None for r in real) / len(real) < 0.05
    assert 0.01 < sum(r.cancelled for r in rows) / len(real) < 0.06
    days_open = [((r.t_closed.timestamp() if r.t_closed else END) - r.t_received.timestamp()) / DAY for r in real]
    assert 2 <= sum(days > 1 for days in days_open) <= 25


def test_invented_people_stand_in_the_case_table_and_nowhere_behind_the_reader(demo: Path) -> None:
    database = sqlite3.connect(demo / "demo" / "kasus.db")
    names = [row[0] for row in database.execute("SELECT nama_pelapor FROM lokasi")]
    database.close()
    assert names
    assert all(name.startswith("PELAPOR SIMULASI ") for name in names)
    for source in ("kejadian_112", "antrean_112"):
        kept = repr(fetched(demo, source))
        assert not [word for word in PERSONAL if word in kept]


def test_the_sensor_reader_understands_every_sensor_and_refuses_a_clock_that_runs_ahead(demo: Path) -> None:
    reader = sources(demo)["sensor_lingkungan"].reader
    assert isinstance(reader, MqttSensors)
    seen: Counter[str] = Counter()
    spoilt = 0
    for sensor in air.SENSORS:
        for moment in range(START, START + DAY, 60):
            batch = of_message(reader, sensor, moment)
            ahead = faults.sensor_time(sensor.id, moment) != moment
            impossible = [r for r in batch.refused if "humidity 180.0 % tidak mungkin" in r.reason]
            assert bool(batch.refused) == (ahead or bool(impossible))
            spoilt += bool(impossible)
            seen.update(r.parameter for r in of(Observation, batch))
    assert set(seen) == {"pm25", "pm10", "temperature", "humidity", "river_level"}
    assert 5 <= spoilt <= 40


@pytest.mark.parametrize(("year", "index"), [(2023, "3.52"), (2024, "4.16")])
def test_the_spbe_workbook_gives_the_published_index(demo: Path, year: int, index: str) -> None:
    batch = fetched(demo, "spbe")
    values = {r.indicator: r.value for r in of(AssessedValue, batch) if r.year == year}
    found = maturity_index(scheme_of(instruments()["SPBE-2020"]), values).index
    assert batch.refused == ()
    assert found is not None
    assert str(half_up(found)) == index


def test_sources_toml_names_the_kecamatan_as_the_case_table_numbers_them(demo: Path) -> None:
    reader: Any = sources(demo)["kejadian_112"].reader
    assert reader.kecamatan_names == case_row.kecamatan_ids()
    assert [s.id for s in sources(demo).values() if not s.simulated] == ["spbe_terbit"]


def of_message(reader: MqttSensors, sensor: air.Sensor, moment: int) -> Batch:
    payload = json.dumps(mqtt_publisher.message(SEED, sensor, moment)).encode()
    received = datetime.fromtimestamp(moment, UTC) + timedelta(seconds=1)
    return observations(f"mojokerto/simulasi/8093/{sensor.id}", payload, reader.format, reader.measured(), received)


def of(kind: type[Kept], batch: Batch) -> list[Kept]:
    return [record for record in batch.records if isinstance(record, kind)]


def tickets() -> list[Ticket]:
    """Those of calls answered in the sixty days and written down by their end."""
    hours = range(hour_of(START) - 1, hour_of(END) + 1)
    every = [t for h in hours for t in tickets_of_hour(SEED, h)]
    return [t for t in every if t.call.answered_at >= START and t.life.created <= END]


def stages(incident: Incident) -> list[datetime]:
    i = incident
    told = (i.t_received, i.t_created, i.t_dispatched, i.t_acknowledged, i.t_enroute, i.t_arrived, i.t_controlled)
    return [t for t in (*told, i.t_closed) if t is not None]


def point(incident: Incident) -> complex:
    """Degrees of latitude and longitude; two points lie as far apart as their difference is long."""
    assert incident.lat is not None
    assert incident.lon is not None
    return complex(incident.lat, incident.lon)


def hours_long(spell: AgentSpell) -> float:
    return round((spell.end - spell.start) / timedelta(hours=1), 2) if spell.end else 0.0


def test_the_workbook_of_the_dlh_is_understood_as_a_whole(tmp_path: Path) -> None:
    air_workbook.write_workbook(tmp_path / "udara.xlsx", SEED, float(START))
    (batch,) = AirWorkbook(path=tmp_path / "udara.xlsx").fetch({})
    assert batch.refused == ()
    assert {r.parameter for r in of(Observation, batch)} == {"pm25", "pm10", "so2", "co", "no2"}
    assert len({r.observed_at for r in of(Observation, batch)}) > 300
