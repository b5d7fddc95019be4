"""What machines ask: JSON of indicators, and alive, ready, fresh."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import clock
from dashboard.store import changes, ingestion_log, measurements
from dashboard.store.database import writing
from dashboard.store.measurements import Measurement
from datasources import registry
from layouts import routes

SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "/tidak/ada"
stale_after = "1m"
"""


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    sources = registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": "k" * 40})
    server = Flask("test")
    routes.register(server, engine, sources)
    routes.register_health(server, engine, sources)
    with writing(engine) as connection:
        ingestion_log.register(connection, ["antrean"])
        ingestion_log.answered(connection, "antrean", clock.now())
    return server.test_client()


def test_an_indicator_says_value_unit_n_times_freshness_owner_and_source(client: FlaskClient, engine: Engine) -> None:
    keep(engine, value="9.25", n=31)
    said = client.get("/api/v1/indicators/calls112.asa").get_json()
    assert (said["value"], said["unit"], said["n"], said["freshness"]) == ("9.25", "detik", 31, "segar")
    assert (said["source"], said["owner"], said["simulated"]) == (["antrean"], "Diskominfo", False)


def test_an_indicator_without_a_source_has_no_value_whatever_the_formula_says(
    client: FlaskClient, engine: Engine
) -> None:
    keep(engine, indicator="calls112.open_incidents", value="0")
    said = client.get("/api/v1/indicators/calls112.open_incidents").get_json()
    assert (said["value"], said["missing"], said["status"]) == (None, "belum ada sumber", "tidak diketahui")


def test_the_list_holds_every_indicator(client: FlaskClient) -> None:
    said = client.get("/api/v1/indicators").get_json()
    assert len(said) >= 15
    assert {"calls112.asa", "air.ispu", "spbe.index"} <= {r["id"] for r in said}


def test_history_is_what_was_known_between_two_moments(client: FlaskClient, engine: Engine) -> None:
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    for hour in range(4):
        keep(engine, value=str(hour), at=noon + timedelta(hours=hour))
    url = "/api/v1/indicators/calls112.asa/history?from=2026-11-23T13:00&to=2026-11-23T14:30"
    assert [m["value"] for m in client.get(url).get_json()] == ["1", "2"]


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("/api/v1/indicators/tidak.ada", 404, "indikator 'tidak.ada' tidak ada"),
        ("/api/v1/indicators/tidak.ada/history", 404, "indikator 'tidak.ada' tidak ada"),
        ("/api/v1/indicators/calls112.asa/history?from=kemarin", 400, "'from' = 'kemarin' bukan waktu ISO"),
        ("/api/v1/indicators/calls112.asa/history?from=2026-11-24&to=2026-11-23", 400, "'from' harus sebelum 'to'"),
    ],
)
def test_a_wrong_question_gets_a_sentence(client: FlaskClient, path: str, code: int, sentence: str) -> None:
    answer = client.get(path)
    assert answer.status_code == code
    assert sentence in answer.get_json()["error"]


def test_alive_is_said_without_asking_anything(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "hidup"}


def test_not_ready_while_the_tables_are_not_migrated(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert re.search(r"pada versi None, program memerlukan \d{4}", answer.get_json()["status"])


def test_fresh_names_the_sources_past_their_contract(client: FlaskClient, engine: Engine) -> None:
    assert client.get("/freshz").status_code == 200
    with writing(engine) as connection:
        ingestion_log.answered(connection, "antrean", clock.now() - timedelta(seconds=90))
    answer = client.get("/freshz")
    assert (answer.status_code, answer.get_json()["terlambat"]) == (503, {"antrean": "terlambat"})


def keep(
    engine: Engine, indicator: str = "calls112.asa", value: str = "9", n: int = 5, at: datetime | None = None
) -> None:
    at = at or clock.now()
    with writing(engine) as connection:
        line = Measurement(indicator, Decimal(value), "detik", "", "normal", n, at, at, "", {}, False)
        measurements.append(connection, [line])
        changes.announce(connection, ["measurements"], at)


def test_every_route_of_the_api_is_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in client.application.url_map.iter_rules()}
    assert {path for path in served if path.startswith("/api/v1/")} == set(described["paths"])


def test_what_is_said_of_an_indicator_is_what_is_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]["Indicator"]
    said = client.get("/api/v1/indicators/calls112.asa").get_json()
    assert set(said) == set(described["properties"]) == set(described["required"])
