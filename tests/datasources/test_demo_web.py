"""The servers of the simulated regency speak as BMKG and KLH do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from datasources.contract import SourceUnavailable
from datasources.demo import faults, http_bmkg, world
from datasources.demo.world import HOUR, SEED
from tests.datasources.demo_regency import DAY, START, a_storm, fetched


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


@pytest.mark.parametrize(
    ("source", "least"),
    [("bmkg_prakiraan", 18 * 16), ("bmkg_gempa", 20), ("bmkg_peringatan", 2), ("klh_ispu", 3), ("airgradient", 8)],
)
def test_the_web_readers_understand_the_public_servers(
    tmp_path: Path, public_servers: tuple[int, list[float]], source: str, least: int
) -> None:
    batch = fetched(tmp_path, source, public_servers[0])
    assert len(batch.records) >= least
    assert batch.refused == ()


def test_a_storm_is_warned_of_where_it_is_and_foreign_provinces_are_left_out(
    tmp_path: Path, public_servers: tuple[int, list[float]]
) -> None:
    storm = a_storm()
    begun = world.as_utc((storm.start - 1) * HOUR)
    records = fetched(tmp_path, "bmkg_peringatan", public_servers[0]).records
    found = {r.message_type: r for r in records if r.data_time >= begun}  # type: ignore[attr-defined]
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


def test_an_outage_of_the_servers_is_said_in_a_sentence(
    tmp_path: Path, public_servers: tuple[int, list[float]]
) -> None:
    port, moment = public_servers
    moment[0] = next(t for t in range(START, START + DAY, 60) if faults.server_is_down(SEED, t))
    with pytest.raises(SourceUnavailable, match="sedang bermasalah"):
        fetched(tmp_path, "bmkg_prakiraan", port)


def get(port: int, path: str, tag: str = "") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    found = answer.status, answer.getheader("ETag") or "", answer.read()
    connection.close()
    return found
