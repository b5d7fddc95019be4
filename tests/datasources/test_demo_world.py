"""The simulated regency: always the same, lifelike in size, and understood by the real readers."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import pytest

from dashboard.formulas.spbe_index import half_up, spbe_index
from datasources import registry
from datasources.contract import Batch, SourceUnavailable
from datasources.demo import (
    air,
    case_table,
    faults,
    http_bmkg,
    klh_feed,
    mqtt_publisher,
    run,
    spbe_workbook,
    warnings,
    weather,
    world,
)  # fmt: skip
from datasources.demo.calls import calls_of_hour
from datasources.demo.case_table import CaseTable
from datasources.demo.incidents import incidents_of_hour
from datasources.demo.queue_log_writer import QueueLogWriter
from datasources.demo.world import HOUR, SEED, hour_of
from datasources.region import kecamatan
from datasources.sensors.mqtt import MqttSensors
from datasources.sensors.payloads import observations

START = int(datetime(2025, 1, 6, 17, tzinfo=UTC).timestamp())
DAY = 24 * HOUR
DAYS = 60
END = START + DAYS * DAY
SOURCES = Path(run.__file__).parent / "sources.toml"
PERSONAL = ("PELAPOR", "SIMULASI", "0811000", "62811000")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty days of the world in files."""
    var = tmp_path_factory.mktemp("var")
    (var / "demo").mkdir()
    began = time.perf_counter()
    write(QueueLogWriter(var / "demo" / "queue_log", SEED), START, END)
    cases = CaseTable(var / "demo" / "kasus.db", SEED)
    write(cases, START, END)
    cases.close()
    took = time.perf_counter() - began
    spbe_workbook.write_workbook(var / "demo" / "spbe.xlsx", SEED)
    (var / "took").write_text(str(took), encoding="utf-8")
    return var


@pytest.fixture
def public_servers() -> Iterator[tuple[int, list[float]]]:
    """Port of a server, and the Unix second it believes in."""
    moment = [a_storm().start * HOUR + 2 * HOUR + 600.0]
    while faults.server_is_down(SEED, moment[0]):
        moment[0] += faults.OUTAGE_S
    server = http_bmkg.server(SEED, lambda: moment[0], port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_address[1], moment
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_same_seed_is_the_same_world_and_another_seed_another() -> None:
    def of(seed: str) -> list[Any]:
        hours = range(hour_of(START), hour_of(START) + 48)
        calls = [c for h in hours for c in calls_of_hour.__wrapped__(seed, h)]
        return [calls, [weather.sky(seed, k, hours[0]) for k in kecamatan()], warnings.alerts(seed, START)]

    assert of("satu") == of("satu")
    assert of("satu") != of("dua")


def test_a_day_has_the_size_of_a_peer_of_mojokerto() -> None:
    quiet = [d for d in days_of_year() if world.storm_of_day(SEED, d) is None]
    calls = [sum(len(calls_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet]
    real = [sum(len(incidents_of_hour(SEED, h)) for h in hours_of(d)) for d in quiet]
    assert sorted(calls)[len(calls) // 20] >= 60
    assert sorted(calls)[-len(calls) // 20] <= 120
    assert 3 <= median(real) <= 8
    assert (
        Counter(c.outcome for h in hours_of(quiet[0]) for c in calls_of_hour(SEED, h)).most_common(1)[0][0]
        == "answered"
    )


def test_storms_bring_three_to_six_times_the_calls_of_such_hours() -> None:
    stormy: Counter[str] = Counter()
    for day in days_of_year():
        for hour in hours_of(day):
            if storm := world.storm_at(SEED, hour):
                stormy["calls"] += len(calls_of_hour(SEED, hour))
                stormy["usual"] += world.expected_calls(SEED, hour) / storm.factor
    assert 3 <= stormy["calls"] / stormy["usual"] <= 6


def test_help_mostly_arrives_within_six_to_twenty_minutes_and_stages_never_run_backwards() -> None:
    incidents = [i for d in days_of_year() for h in hours_of(d) for i in incidents_of_hour(SEED, h)]
    minutes = [(i.arrived - i.received) / 60 for i in incidents if i.arrived]
    assert sum(6 <= m <= 20 for m in minutes) / len(minutes) > 0.7
    assert 0.6 < sum(m <= 15 for m in minutes) / len(minutes) < 0.95
    assert all(list(i.stages()) == sorted(i.stages()) for i in incidents)


def test_the_backfill_of_sixty_days_takes_no_more_than_three_seconds(demo: Path) -> None:
    assert float((demo / "took").read_text(encoding="utf-8")) < 3


def test_a_log_written_in_ticks_with_restarts_is_the_log_written_at_once(tmp_path: Path) -> None:
    whole, ticked = tmp_path / "whole", tmp_path / "ticked"
    write(QueueLogWriter(whole, SEED), START, START + DAY)
    QueueLogWriter(ticked, SEED).begin(START)
    for until in (*range(START + 1, START + DAY, 977), START + DAY):
        QueueLogWriter(ticked, SEED).write_until(until)
    assert ticked.read_text() == whole.read_text()
    times = [int(line.split("|")[0]) for line in whole.read_text().splitlines()]
    assert times == sorted(times)


def test_a_log_past_its_size_is_rotated_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "queue_log"
    write(QueueLogWriter(file, SEED), START, START + DAY)
    QueueLogWriter(file, SEED, rotate_bytes=1000).write_until(START + 2 * DAY)
    old, new = file.with_name("queue_log.1").read_text(), file.read_text()
    write(QueueLogWriter(tmp_path / "whole", SEED), START, START + 2 * DAY)
    assert old + new == (tmp_path / "whole").read_text()


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
    expected = [i for h in range(hour_of(START), hour_of(END)) for i in incidents_of_hour(SEED, h) if i.received <= END]
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


def test_a_row_is_completed_as_help_goes_on_and_a_restart_tells_no_incident_twice(tmp_path: Path) -> None:
    incident = next(i for h in range(hour_of(START), hour_of(END)) for i in incidents_of_hour(SEED, h) if i.arrived)
    file, seen = tmp_path / "kasus.db", []
    for moment in (incident.received, incident.dispatched, incident.arrived):
        table = CaseTable(file, SEED)
        if table.is_new:
            table.begin(incident.received - 60)
        table.write_until(moment)
        rows = table._connection.execute(
            "SELECT id, tanggal_terima, tanggal_diteruskan, tanggal_tiba FROM lokasi"
        ).fetchall()
        table.close()
        seen.append((len(rows), sum(bool(cell) for cell in rows[0]) - 1))
    assert seen == [(1, 1), (1, 2), (1, 3)]


def test_dates_are_indonesian_words_with_minutes() -> None:
    moment = int(datetime(2021, 9, 11, 5, 45, tzinfo=UTC).timestamp())
    assert case_table.in_words(moment) == "11 September 2021 12:45"
    assert case_table.moment_of("11 September 2021 12:45") == moment


@pytest.mark.parametrize(
    ("source", "least"),
    [("bmkg_prakiraan", 18 * 16), ("bmkg_gempa", 20), ("bmkg_peringatan", 2), ("klh_ispu", 3)],
)
def test_the_web_readers_understand_the_public_servers(
    demo: Path, public_servers: tuple[int, list[float]], source: str, least: int
) -> None:
    batch = fetched(demo, source, public_servers[0])
    assert len(batch.records) >= least
    assert batch.refused == ()


def test_a_storm_is_warned_of_where_it_is_and_foreign_provinces_are_left_out(
    demo: Path, public_servers: tuple[int, list[float]]
) -> None:
    storm = a_storm()
    found = {r.message_type: r for r in fetched(demo, "bmkg_peringatan", public_servers[0]).records}
    first, update = found["Alert"], found["Update"]
    assert set(storm.kecamatan) <= set(first.kecamatan)
    assert update.references == (first.identifier,)
    assert first.identifier.split(".")[-2] == "35"
    assert first.effective == world.as_utc(storm.start * HOUR)


def test_the_forecast_has_the_shape_of_bmkg(public_servers: tuple[int, list[float]]) -> None:
    status, _, body = get(public_servers[0], "/publik/prakiraan-cuaca?adm4=35.16.08.1007")
    days = json.loads(body)["data"][0]["cuaca"]
    assert status == 200
    assert [len(day) for day in days[1:]] == [8, 8]
    assert 1 <= len(days[0]) <= 8
    assert {"datetime", "analysis_date", "t", "hu", "tp", "weather", "vs"} <= set(days[0][0])
    assert get(public_servers[0], "/publik/prakiraan-cuaca?adm4=31.71.01.1001")[0] == 404


def test_what_has_not_changed_is_answered_with_304_and_an_outage_with_503(
    public_servers: tuple[int, list[float]],
) -> None:
    port, moment = public_servers
    _, tag, _ = get(port, "/DataMKG/TEWS/autogempa.json")
    assert get(port, "/DataMKG/TEWS/autogempa.json", tag)[0] == 304
    moment[0] = next(t for t in range(START, START + DAY, 60) if faults.server_is_down(SEED, t))
    assert get(port, "/DataMKG/TEWS/autogempa.json")[0] == 503


def test_an_outage_of_the_servers_is_said_in_a_sentence(demo: Path, public_servers: tuple[int, list[float]]) -> None:
    port, moment = public_servers
    moment[0] = next(t for t in range(START, START + DAY, 60) if faults.server_is_down(SEED, t))
    with pytest.raises(SourceUnavailable, match="sedang bermasalah"):
        fetched(demo, "bmkg_prakiraan", port)


@pytest.mark.parametrize("hour", range(hour_of(START), hour_of(START) + 20 * 24, 7))
def test_the_published_ispu_belongs_to_its_means(hour: int) -> None:
    for row in klh_feed.feed(SEED, hour * HOUR)["rows"]:  # type: ignore[attr-defined]
        means = {name: klh_feed.Decimal(row[f"a_{name}"]) for name in ("pm25", "pm10")}
        assert row["val"] == str(max(klh_feed.sub_index(name, mean) for name, mean in means.items()))
        assert means["pm10"] > means["pm25"]


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


def test_a_river_rises_with_a_storm_and_falls_again() -> None:
    storm, sadar = a_storm(), next(s for s in air.SENSORS if s.id == "tma-sadar")
    before, high, after = (
        air.read(SEED, sadar, hour * HOUR)["tma"] for hour in (storm.start, storm.end + 1, storm.end + 20)
    )
    assert high > before + 0.4
    assert after < high - 0.4


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


def test_ten_years_are_written_fast_and_go_on_from_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run.history(tmp_path, 1)
    assert "Riwayat 1 tahun ditulis" in capsys.readouterr().out
    assert not QueueLogWriter(tmp_path / "queue_log", SEED).is_new
    table = CaseTable(tmp_path / "kasus.db", SEED)
    assert not table.is_new
    table.close()


def test_the_world_runs_until_it_is_told_to_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = Event()
    thread = Thread(target=run.run, args=(tmp_path, stop), kwargs={"days": 2})
    thread.start()
    deadline = time.monotonic() + 20
    while "SIMULASI" not in capsys.readouterr().out and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert {"queue_log", "kasus.db", "spbe.xlsx"} <= {f.name for f in tmp_path.iterdir()}


def write(writer: QueueLogWriter | CaseTable, start: int, end: int) -> None:
    writer.begin(start)
    writer.write_until(end)


def a_storm() -> world.Storm:
    """The first one of 2025 after a week without any."""
    days = list(days_of_year())
    storms = [world.storm_of_day(SEED, d) for d in days]
    return next(s for n, s in enumerate(storms) if s and s.hours >= 3 and n > 4 and not any(storms[n - 4 : n]))


def days_of_year() -> range:
    first = world.day_of(hour_of(START))
    return range(first, first + 365)


def hours_of(day: int) -> range:
    return range(world.midnight(day), world.midnight(day) + 24)


def sources(var: Path, port: int = http_bmkg.PORT) -> dict[str, registry.ConfiguredSource]:
    """The demonstration's own configuration, with the servers on another port."""
    file = var / f"sources-{port}.toml"
    file.write_text(SOURCES.read_text(encoding="utf-8").replace(":8093/", f":{port}/"), encoding="utf-8")
    return {s.id: s for s in registry.load(file, {"VAR": str(var), "CALLER_HASH_KEY": "k" * 40})}


def fetched(var: Path, source: str, port: int = http_bmkg.PORT) -> Batch:
    """Everything the configured reader finds on a first run, as one batch."""
    reader: Any = sources(var, port)[source].reader
    batches = list(reader.fetch({}))
    return Batch(tuple(r for b in batches for r in b.records), tuple(r for b in batches for r in b.refused))


def get(port: int, path: str, tag: str = "") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    found = answer.status, answer.getheader("ETag") or "", answer.read()
    connection.close()
    return found


def of_message(reader: MqttSensors, sensor: air.Sensor, moment: int) -> Batch:
    payload = json.dumps(mqtt_publisher.message(SEED, sensor, moment)).encode()
    received = datetime.fromtimestamp(moment, UTC) + timedelta(seconds=1)
    return observations(f"mojokerto/sensor/{sensor.id}", payload, reader.format, reader.measured(), received)
