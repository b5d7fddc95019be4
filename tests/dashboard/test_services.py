"""Probed services from checks to the board: flapping, maintenance, silence, pooled seconds, certificates."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from threading import Event

import pytest
from sqlalchemy import Engine, func, select

from dashboard import clock
from dashboard.ingestion import our_line, schedule
from dashboard.store.database import reading, writing
from dashboard.store.service_checks import KEPT_FOR, newest_checks, service_checks
from dashboard.store.service_days import days_between, rounded
from dashboard.store.service_maintenance import Announced, announce, withdraw
from dashboard.store.service_spells import spells_between
from datasources.contract import Batch
from datasources.services.records import Maintenance, ServiceCheck
from tests.dashboard.scripted import Broker, register, source
from tests.dashboard.services_kept import MINUTE, NOW, ask, checks, kept, measured, service


@pytest.mark.parametrize(
    ("marks", "value", "band", "word"),
    [
        ("+++++", 1, "Semua berjalan", "berjalan"),
        ("+++~", 1, "Ada yang lambat", "lambat"),
        ("+++--", 1, "Semua berjalan", "berjalan"),
        ("++---", 0, "Ada yang gagal", "gagal: status lain"),
        ("++---+", 0, "Ada yang gagal", "gagal: status lain"),
        ("++---++", 1, "Semua berjalan", "berjalan"),
        ("++??", 0, "Ada yang tidak diketahui", "tidak diketahui: jaringan sendiri terputus"),
        ("++" + 10 * " ", 0, "Ada yang tidak diketahui", "tidak diketahui: tidak diperiksa"),
        ("---" + 65 * "-", 0, "Gagal > 60 menit", "gagal: status lain"),
    ],
)
def test_what_a_service_does_now(engine: Engine, marks: str, value: int, band: str, word: str) -> None:
    end = NOW - (len(marks) - len(marks.rstrip())) * MINUTE
    kept(engine, [service(), *checks(marks.rstrip(), end=end)])
    found = measured(engine, "services.up_now")
    assert (found.value, found.n, found.band) == (value, 1, band)
    assert found.detail["layanan"][0]["value"] == word
    raised = {"Gagal > 60 menit": "kritis", "Ada yang gagal": "waspada", "Ada yang lambat": "waspada"}
    assert found.detail["layanan"][0]["status"] == raised.get(
        band, "tidak diketahui" if word.startswith("tidak") else None
    )


def test_checks_told_twice_or_one_by_one_come_to_the_same(engine: Engine) -> None:
    told = checks("++---+++-++")
    kept(engine, [service(), *told])
    with reading(engine) as connection:
        at_once = spells_between(connection, NOW - timedelta(days=1), NOW)
    kept(engine, told)
    for check in checks("++---+++-++", "ppid"):
        kept(engine, [check])
    with reading(engine) as connection:
        found = spells_between(connection, NOW - timedelta(days=1), NOW)
        n = connection.execute(select(func.count()).select_from(service_checks)).scalar_one()
        days = days_between(connection, NOW - timedelta(days=1), NOW)
    assert found["portal"] == at_once["portal"] == found["ppid"]
    assert n == 22
    assert [(d.checks, d.failed, d.response_ms[120]) for d in days["portal"].values()] == [(11, 4, 7)]


def test_two_sources_that_saw_the_same_time_count_it_once(engine: Engine) -> None:
    kept(engine, [service(), *checks("+" * 10, end=NOW)])
    kept(engine, checks("+" * 10, end=NOW - 5 * MINUTE), source="riwayat")
    with reading(engine) as connection:
        spells = spells_between(connection, NOW - timedelta(hours=1), NOW)["portal"]
    assert sum((s.end - s.start for s in spells), timedelta()) == 14 * MINUTE


def test_what_an_old_monitor_still_vouches_for_does_not_hide_a_failure(engine: Engine) -> None:
    old = [replace(check, holds_s=3600) for check in checks("++", end=NOW - 20 * MINUTE)]
    kept(engine, [service(), *old], source="riwayat")
    kept(engine, checks("----------"))
    found = measured(engine, "services.up_now")
    assert (found.value, found.band) == (0, "Ada yang gagal")
    assert ask(engine, "services.incidents").rows[0]["start"] == NOW - 9 * MINUTE


def test_a_log_of_a_day_inside_a_long_spell_takes_nothing_away_from_it(engine: Engine) -> None:
    kept(engine, [service(), *checks("+" * 60)])
    kept(engine, checks("++---++", end=NOW - 30 * MINUTE), source="riwayat")
    with reading(engine) as connection:
        spells = spells_between(connection, NOW - timedelta(hours=2), NOW)["portal"]
    assert [(s.state, (s.end - s.start) // MINUTE) for s in spells] == [
        ("berjalan", 25),
        ("gagal", 3),
        ("berjalan", 31),
    ]
    assert all(one.end == after.start for one, after in pairwise(spells))


def test_availability_pools_the_seconds_of_all_services(engine: Engine) -> None:
    """100 minutes up of 100 and 1 of 10: 101 of 110 minutes, not the mean of 100 % and 10 %."""
    kept(engine, [service(), service("ppid", failures=1, successes=1)])
    kept(engine, checks("+" * 101))
    kept(engine, checks("+---------+", "ppid"))
    found = measured(engine, "services.availability_30d")
    assert float(found.value or 0) == pytest.approx(100 * 101 / 110, abs=0.001)
    assert found.n == 2
    assert found.detail["basis"] == "lokal"
    rows = ask(engine, "services.availability").rows
    assert [(row["service"], row["down"]) for row in rows] == [("Ppid", 9), ("Portal", 0), ("Semua layanan", 9)]


def test_maintenance_is_no_incident_and_no_down_time(engine: Engine) -> None:
    window = Maintenance(NOW - 6 * MINUTE, NOW + 10 * MINUTE, "pindah server")
    kept(engine, [service(maintenance=(window,)), *checks("++++------")])
    assert measured(engine, "services.up_now").detail["layanan"][0]["value"] == "pemeliharaan"
    assert measured(engine, "services.up_now").n == 0
    assert measured(engine, "services.availability_30d").value == 100
    assert ask(engine, "services.incidents").rows[0]["maintenance"] == "ya"
    assert ask(engine, "services.maintenance").rows[0]["reason"] == "pindah server"


def test_a_window_that_is_no_longer_declared_is_withdrawn_and_an_officers_stays(engine: Engine) -> None:
    window = Maintenance(NOW - MINUTE, NOW + 10 * MINUTE, "pindah server")
    kept(engine, [service(maintenance=(window,))])
    with writing(engine) as connection:
        announce(connection, Announced("*", NOW + MINUTE, NOW + 9 * MINUTE, "listrik", "Sari"), NOW)
    kept(engine, [service()])
    assert [row["by"] for row in ask(engine, "services.maintenance").rows] == ["Sari"]
    with writing(engine) as connection:
        assert withdraw(connection, "*", NOW + MINUTE, NOW)
        assert not withdraw(connection, "*", NOW + MINUTE, NOW)


def test_a_service_that_is_no_longer_declared_leaves_the_board_and_keeps_its_past(engine: Engine) -> None:
    kept(engine, [service(), service("ppid"), *checks("+++"), *checks("+++", "ppid")])
    kept(engine, [service()], at=NOW + MINUTE)
    assert measured(engine, "services.up_now", NOW + 2 * MINUTE).n == 1
    assert measured(engine, "services.up_now", NOW).n == 2


def test_incidents_have_start_end_and_cause_and_a_running_one_has_no_end(engine: Engine) -> None:
    kept(engine, [service(), *checks("++---+++++---")])
    rows = ask(engine, "services.incidents").rows
    assert [(r["start"], r["end"], r["cause"]) for r in rows] == [
        (NOW - 2 * MINUTE, None, "status lain"),
        (NOW - 10 * MINUTE, NOW - 7 * MINUTE, "status lain"),
    ]


@pytest.mark.parametrize(
    ("days", "value", "band"), [(40, 0, "Semua masih lama"), (20, 1, "Segera berakhir"), (6, 1, "Berakhir ≤ 7 hari")]
)
def test_certificates_are_warned_of_in_time(engine: Engine, days: int, value: int, band: str) -> None:
    ends = NOW + timedelta(days=days, hours=1)
    kept(engine, [service(), *checks("++", certificate_expires_at=ends), *checks("++", "tanpa_tls")])
    found = measured(engine, "services.certificates")
    assert (found.value, found.band, found.n) == (value, band, 1)
    assert ask(engine, "services.certificates").rows[0]["days"] == days


def test_response_times_are_nearest_rank_with_n(engine: Engine) -> None:
    times = [100] * 94 + [4200] * 6
    records = [c for n, ms in enumerate(times) for c in checks("+", end=NOW - n * MINUTE, response_ms=ms)]
    kept(engine, [service(), *records])
    found = measured(engine, "services.response_p95")
    assert (found.value, found.n, found.detail["p50"]) == (4200, 100, 100)


def test_once_there_is_a_whole_day_today_is_left_out_of_the_response_times(engine: Engine) -> None:
    kept(engine, [service(), *checks("++", end=NOW - timedelta(days=1), response_ms=200)])
    kept(engine, checks("++", response_ms=900))
    found = measured(engine, "services.response_p95")
    assert (found.value, found.n) == (200, 2)


@pytest.mark.parametrize(("ms", "kept_as"), [(0, 0), (7, 7), (99, 99), (123, 120), (126, 130), (2460, 2500)])
def test_times_keep_two_figures(ms: int, kept_as: int) -> None:
    assert rounded(ms) == kept_as


def test_single_checks_are_forgotten_after_a_month_and_their_days_stay(engine: Engine) -> None:
    kept(engine, [service(), *checks("+++", end=NOW - KEPT_FOR - timedelta(days=2))])
    kept(engine, checks("+++"))
    with reading(engine) as connection:
        n = connection.execute(select(func.count()).select_from(service_checks)).scalar_one()
        days = days_between(connection, NOW - timedelta(days=60), NOW)["portal"]
    assert (n, len(days)) == (3, 2)


def test_nothing_declared_is_said_and_is_no_zero(engine: Engine) -> None:
    assert measured(engine, "services.up_now").value is None
    assert measured(engine, "services.availability_30d").missing == "belum ada layanan yang didaftarkan untuk diperiksa"
    assert ask(engine, "services.availability").missing


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bool]]:
    state = {"up": True}
    monkeypatch.setattr(our_line, "line_is_up", lambda check: state["up"])
    return state  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("up", "check", "cause", "verdict"),
    [
        (False, "192.0.2.1:80", "tidak tersambung", "tidak diketahui"),
        (False, "192.0.2.1:80", "terlalu lama", "tidak diketahui"),
        (False, "192.0.2.1:80", "status lain", "gagal"),
        (True, "192.0.2.1:80", "tidak tersambung", "gagal"),
        (False, "", "tidak tersambung", "gagal"),
    ],
)
def test_when_our_own_line_is_down_no_service_is_called_down(
    line: dict[str, bool], up: bool, check: str, cause: str, verdict: str
) -> None:
    line["up"] = up
    batch = our_line.judged(Batch(tuple(checks("+-", cause=cause))), check)
    assert [r.verdict for r in batch.records if isinstance(r, ServiceCheck)] == ["baik", verdict]


def test_a_round_of_the_worker_asks_our_neighbour_before_it_calls_a_service_down(engine: Engine) -> None:
    """The neighbour's port is bound and nobody listens on it: our own line is down."""
    stop, woken = Event(), Event()
    register(engine, "antrean")
    told = Batch((service(), *checks("++-", end=clock.now(), cause="tidak tersambung")))
    broker = Broker(downs=0, told=told)
    broker.topics = ("services", "service_checks")  # type: ignore[misc]
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        neighbour = f"127.0.0.1:{silent.getsockname()[1]}"
        (thread,) = schedule.start(engine, [source(broker)], stop, woken.set, neighbour)
        assert woken.wait(timeout=10)
        stop.set()
        thread.join(timeout=5)
    with reading(engine) as connection:
        (newest,) = newest_checks(connection).values()
    assert (newest.verdict, newest.cause) == ("tidak diketahui", "jaringan sendiri terputus")
