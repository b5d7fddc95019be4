"""The real readers on the files and messages of the simulated regency."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.formulas.spbe_index import half_up, spbe_index
from datasources.contract import Batch
from datasources.demo import air, case_table, faults, mqtt_publisher, spbe_workbook
from datasources.demo.calls import calls_of_hour
from datasources.demo.case_table import CaseTable
from datasources.demo.incidents import incidents_of_hour
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import SEED, hour_of
from datasources.sensors.mqtt import MqttSensors
from datasources.sensors.payloads import observations
from tests.datasources.demo_regency import DAY, END, START, fetched, sources, write

PERSONAL = ("PELAPOR", "SIMULASI", "0811000", "62811000")


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
    assert {r.call_id for r in batch.records} == {c.call_id for c in expected}
    damaged = sum(faults.has_damaged_line(c) for c in expected)
    lines = (demo / "demo" / "queue_log").read_text().count("\n")
    assert 0 < len(batch.refused) <= damaged
    assert 200 < lines / damaged < 800


def test_the_case_reader_finds_every_incident_and_names_the_kecamatan_it_does_not_know(demo: Path) -> None:
    batch = fetched(demo, "kejadian_112")
    expected = [
        i for h in range(hour_of(START), hour_of(END)) for i in incidents_of_hour(SEED, h) if START <= i.received <= END
    ]
    assert len({r.incident_id for r in batch.records}) == len(expected)
    assert Counter(r.category_raw for r in batch.records) == Counter(i.category for i in expected)
    assert all(r.opd and r.lat for r in batch.records)
    reasons = {r.reason.split(";")[0] for r in batch.refused if r.place.endswith("kec")}
    assert reasons == {"'99' bukan kecamatan Kabupaten Mojokerto"}


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
    for sensor in air.SENSORS:
        for moment in range(START, START + DAY, 60):
            batch = of_message(reader, sensor, moment)
            ahead = faults.sensor_time(sensor.id, moment) != moment
            assert bool(batch.refused) == ahead
            seen.update(r.parameter for r in batch.records)
    assert set(seen) == {"pm25", "pm10", "temperature", "humidity", "river_level"}


@pytest.mark.parametrize(("year", "index"), [(2023, "3.52"), (2024, "4.16")])
def test_the_spbe_workbook_gives_the_published_index(demo: Path, year: int, index: str) -> None:
    batch = fetched(demo, "spbe")
    found = spbe_index({r.indicator: r.level for r in batch.records if r.year == year}).index
    assert batch.refused == ()
    assert found is not None
    assert str(half_up(found)) == index


def test_sources_toml_names_the_kecamatan_as_the_case_table_numbers_them(demo: Path) -> None:
    reader: Any = sources(demo)["kejadian_112"].reader
    assert reader.kecamatan_names == case_table.kecamatan_ids()
    assert all(s.simulated for s in sources(demo).values())


def of_message(reader: MqttSensors, sensor: air.Sensor, moment: int) -> Batch:
    payload = json.dumps(mqtt_publisher.message(SEED, sensor, moment)).encode()
    received = datetime.fromtimestamp(moment, UTC) + timedelta(seconds=1)
    return observations(f"mojokerto/sensor/{sensor.id}", payload, reader.format, reader.measured(), received)
