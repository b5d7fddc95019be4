"""Ten years (BENCH_DAYS) of a 112 desk, made in the database itself: the same on each run and in each database."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, text

from dashboard.store import agent_spells, ingestion_log
from dashboard.store.database import metadata, to_ms, writing
from dashboard.store.population import Inhabitants, keep_population
from dashboard.store.recount import recount_all
from dashboard.store.recount_due import mark
from dashboard.store.tables import TABLES
from datasources.region import kecamatan
from tests.bench.hazards import decide_terms

assert TABLES
NOW = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
"""Selasa, 24 November 2026 12.30 WIB."""
DAYS = int(os.environ.get("BENCH_DAYS", "3652"))
START = NOW.replace(hour=17, minute=0) - timedelta(days=DAYS)
"""00.00 WIB, so that the last day is today."""
CALLS_PER_INCIDENT = 16
"""Six of a hundred calls: centres report 0.5 to 12."""
HOURS = "".join(f"{hour:02d}" for hour, share in enumerate(
    (2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 6, 6, 6, 5, 5, 6, 6, 6, 6, 6, 6, 5, 3, 3)) for _ in range(share))  # fmt: skip
"""The hour of a day, two digits each, as often of a hundred as calls come in it."""

_NUMBERS = {
    "sqlite": "(WITH RECURSIVE g(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM g WHERE n < {count}) SELECT n FROM g)",
    "postgresql": "(SELECT n FROM generate_series(CAST(1 AS BIGINT), {count}) AS g(n))",
}


def _chance(k: int, number: str = "n") -> str:
    """A number below a million that looks like chance, by the number of the row."""
    return f"((({number} * 40503 + {k * 12289}) * 69069 + 362437) % 1000003)"


def _one_of(words: list[str], k: int) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE {_chance(k)} % {len(words)} {cases} END"


def _moment(calls: int, number: str = "n") -> str:
    """When that call entered, in ms: days in order, the hour by the rhythm of a day, the second by chance."""
    hour = f"CAST(substr('{HOURS}', CAST(1 + 2 * ({_chance(1, number)} % 100) AS INTEGER), 2) AS INTEGER)"
    second = f"{_chance(2, number)} % 3600"
    return f"{to_ms(START)} + ({number} * {DAYS} / {calls}) * 86400000 + {hour} * 3600000 + ({second}) * 1000"


def _calls(calls: int) -> str:
    wait = f"CASE WHEN {_chance(4)} % 8 = 0 THEN {_chance(5)} % 90 ELSE {_chance(5)} % 12 END"
    code = f"CASE WHEN t > {to_ms(NOW - timedelta(days=3))} THEN 'code' || ({_chance(7)} % 400) END"
    return f"""
        INSERT INTO calls (source, call_id, queue, t_enter, t_answer, t_end, wait_s, talk_s, ring_ms, outcome,
                           caller_hash, agent_code, known_at)
        SELECT 'antrean', (t / 1000) || '.' || n, '112', t, CASE WHEN fate < 82 THEN t + wait * 1000 END,
               t + (wait + CASE WHEN fate < 82 THEN talk ELSE 0 END) * 1000, wait, CASE WHEN fate < 82 THEN talk END,
               CASE WHEN fate < 82 THEN 3000 END,
               CASE WHEN fate < 82 THEN 'answered' WHEN fate < 97 THEN 'abandoned' ELSE 'timeout' END,
               {code}, CASE WHEN fate < 82 THEN 'A' || ({_chance(8)} % 12) END, t
        FROM (SELECT n, {_moment(calls)} AS t, {_chance(3)} % 100 AS fate, {wait} AS wait,
                     20 + {_chance(6)} % 240 AS talk FROM {{numbers}} AS numbers) AS told
        WHERE t <= {to_ms(NOW)}"""


CLASSES = """
    INSERT INTO call_classes (source, call_id, at, class_raw, caller_hash, known_at)
    SELECT source, call_id, t_enter,
           CASE WHEN talk_s % 20 < 8 THEN 'ghost' WHEN talk_s % 20 < 15 THEN 'prank' WHEN talk_s % 20 < 18 THEN 'info'
                ELSE 'normal' END, caller_hash, t_enter
    FROM calls WHERE outcome = 'answered'"""
RUNG_BACK = """
    INSERT INTO outbound_calls (source, call_id, at, called_hash, answered, known_at)
    SELECT source, call_id, t_enter + 300000, caller_hash, wait_s % 2 = 0, t_enter
    FROM calls WHERE outcome = 'abandoned' AND wait_s % 3 = 0"""
CATEGORIES = ["KEBAKARAN", "LAKA LANTAS", "MEDIS", "POHON TUMBANG", "BANJIR", "ULAR", "PENCURIAN", "ODGJ", "PJU",
              "LAPORAN LAIN", "EVAKUASI", "TAWON"]  # fmt: skip
AGENCIES = ["Satpol PP/Damkar", "Dinkes", "BPBD", "Polres Mojokerto", "Dinsos"]


def _incidents(calls: int) -> str:
    points = kecamatan()
    first = _moment(calls, f"(n * {CALLS_PER_INCIDENT})")
    lat, lon = (
        f"CASE place {' '.join(f'WHEN {i} THEN {getattr(k, axis)}' for i, k in enumerate(points))} END"
        for axis in ("lat", "lon")
    )
    code = f"CASE place {' '.join(f'WHEN {i} THEN {chr(39)}{k.code}{chr(39)}' for i, k in enumerate(points))} END"
    arrives = f"CASE WHEN {_chance(13)} % 20 > 0 THEN"
    closes = f"CASE WHEN {_chance(14)} % 500 > 0 AND t + stay < {to_ms(NOW)} THEN t + stay END"
    return f"""
        INSERT INTO incidents (source, incident_id, t_received, category_raw, opd, kecamatan_code, lat, lon, n_calls,
            t_created, t_dispatched, t_acknowledged, t_enroute, t_arrived, t_closed, t_reopened, cancelled, class_raw,
            first_call_id, known_at)
        SELECT 'kasus', 'K' || n, t, {_one_of(CATEGORIES, 10)}, {_one_of(AGENCIES, 11)}, {code},
               {lat} + ({_chance(18)} % 400 - 200) / 10000.0, {lon} + ({_chance(19)} % 400 - 200) / 10000.0,
               1 + {_chance(12)} % 20 / 19, t + 40000, t + 90000, t + 120000, t + 180000,
               {arrives} t + 240000 + ({_chance(15)} % 1400) * 1000 END, {closes},
               CASE WHEN {_chance(16)} % 40 = 0 THEN t + stay + 3600000 END, {_chance(17)} % 50 = 0, 'normal',
               (t / 1000) || '.' || (n * {CALLS_PER_INCIDENT}), t
        FROM (SELECT n, t, {_chance(9)} % 18 AS place, (1800 + {_chance(20)} % 5400) * 1000 AS stay
              FROM (SELECT n, {first} AS t FROM {{numbers}} AS numbers) AS first) AS told
        WHERE t <= {to_ms(NOW)}"""


LINKS = """
    INSERT INTO incident_links (source, incident_id, parent_source, parent_id, minutes, metres, state, proposed_at)
    SELECT source, incident_id, source, 'K1', 4, 120,
           CASE WHEN t_received / 1000 % 2 = 0 THEN 'diterima' ELSE 'diusulkan' END, t_received
    FROM incidents WHERE t_received / 1000 % 60 = 7"""
SPELLS = f"""
    INSERT INTO agent_spells (source, agent_code, queue, kind, start, "end", known_at)
    SELECT 'antrean', 'A' || (n % 12), 'NONE', 'login', t,
           CASE WHEN t + 28800000 < {to_ms(NOW)} THEN t + 28800000 END, t
    FROM (SELECT n, {to_ms(START)} + n / 12 * 86400000 + n % 3 * 28800000 AS t FROM {{numbers}} AS numbers) AS told
    WHERE t <= {to_ms(NOW)}"""
RECAPS = f"""
    INSERT INTO recaps (source, start, "end", subject, label, is_total, n, file, known_at)
    SELECT 'rekap', t, t + 2592000000, 'categories', 'label ' || (n % 10), {{false}}, 40 + n % 17, 'rekap.xlsx', t
    FROM (SELECT n, {to_ms(START)} + n / 10 * 2592000000 AS t FROM {{numbers}} AS numbers) AS told"""
WARNINGS = f"""
    INSERT INTO warnings (identifier, source, sent, message_type, "references", event, severity, urgency, certainty,
                          effective, expires, headline, description, kecamatan, known_at)
    SELECT 'W' || n, 'bmkg', t, 'Alert', '', 'Hujan lebat', 'Moderate', 'Expected', 'Likely', t, t + 10800000,
           'Hujan lebat', 'Hujan lebat', '35.16.01', t
    FROM (SELECT n, {to_ms(START)} + n * 432000000 AS t FROM {{numbers}} AS numbers) AS told
    WHERE t <= {to_ms(NOW)}"""
MEASURED = f"""
    INSERT INTO measurements (indicator, value, unit, band, status, n, data_time, known_at, missing, detail, simulated)
    SELECT '{{indicator}}', n % 90, '%', '', 'normal', n % 500, t, t, '', '{{{{}}}}', {{false}}
    FROM (SELECT n, CASE WHEN n < {DAYS} THEN {to_ms(START)} + n * 86400000
                         ELSE {to_ms(NOW)} - (n - {DAYS}) * 180000 END AS t FROM {{numbers}} AS numbers) AS told"""
"""Ten years thinned to a line a day, and sixty days in which the figure changed every three minutes."""
MEASURED_ROWS = DAYS + 60 * 480


def make(engine: Engine, calls: int, indicators: list[str]) -> None:
    """Fill a new store with so many calls and what belongs to them, counted as the worker counts."""
    metadata.create_all(engine)
    with writing(engine) as connection:
        ingestion_log.register(connection, ["antrean", "kasus", "rekap", "bmkg"])
        _run(connection, _calls(calls), calls)
        _run(connection, CLASSES)
        _run(connection, RUNG_BACK)
        _run(connection, _incidents(calls), calls // CALLS_PER_INCIDENT)
        _run(connection, LINKS)
        _run(connection, SPELLS, DAYS * 12)
        _run(connection, RECAPS, DAYS // 30 * 10)
        _run(connection, WARNINGS, DAYS // 5)
        decide_terms(connection)
        for indicator in indicators:
            _run(connection, MEASURED.replace("{indicator}", indicator), MEASURED_ROWS)
        people = [Inhabitants(k.code, 2025, 50_000 + 3_000 * i, "angka uji") for i, k in enumerate(kecamatan())]
        keep_population(connection, people, "uji", NOW)
        for what, source in (("calls", "antrean"), ("call_classes", "antrean"), ("incidents", "kasus")):
            mark(connection, what, source, START, NOW)
        mark(connection, agent_spells.SPELLS, agent_spells.EVERY_SOURCE, START, NOW)
    recount_all(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # autovacuum does it within minutes


def _run(connection: Connection, statement: str, count: int = 0) -> None:
    database = connection.dialect.name
    numbers = _NUMBERS[database].format(count=count)
    false = "0" if database == "sqlite" else "false"
    connection.execute(text(statement.format(numbers=numbers, false=false)))
