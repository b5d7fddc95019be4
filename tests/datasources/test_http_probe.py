"""The reader of probes: what it declares, its own clock per service, one question per host, and how it stops."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from datasources import registry
from datasources.contract import Batch, SourceUnavailable
from datasources.services import http_probe
from datasources.services.http_probe import HttpProbe
from datasources.services.probe import Found, Target
from datasources.services.records import DeclaredService, ServiceCheck
from datasources.toml_file import Misconfigured

TABLE = """
[sources.layanan]
reader = "services.http_probe"
title = "Layanan"
owner = "Diskominfo"
allow = ["*.mojokertokab.go.id"]
stale_after = "5m"
[sources.layanan.services.portal]
title = "Portal"
owner = "Diskominfo"
address = "https://portal.mojokertokab.go.id/?kunci=rahasia"
"""


def loaded(tmp_path: Path, text: str) -> HttpProbe:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    (source,) = registry.load(file, {})
    assert isinstance(source.reader, HttpProbe)
    return source.reader


def test_another_service_is_one_table_in_the_file(tmp_path: Path) -> None:
    more = TABLE + '[sources.layanan.services.ppid]\ntitle = "PPID"\nowner = "PPID"\n'
    reader = loaded(tmp_path, more + 'address = "https://ppid.mojokertokab.go.id/"\n')
    assert list(reader.services) == ["portal", "ppid"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('address = "https://lain.example/"', "host 'lain.example' tidak ada dalam kunci allow"),
        ('every = "5s"', "paling sedikit 10 detik"),
        ('every = "20s"\ntimeout = "25s"', "timeout harus lebih pendek daripada every"),
        ('timeout = "40s"', "paling banyak 30 detik"),
        ('method = "POST"', "pilihannya: 'GET' atau 'HEAD'"),
        ('method = "HEAD"\ntext = "Selamat"', "HEAD tidak membawa isi"),
        ('networks = ["169.254.0.0/16"]', "jaringan link-local tidak pernah boleh ditanya"),
        ('networks = ["0.0.0.0/0"]', "jaringan link-local tidak pernah boleh ditanya"),
        ("failures = 0", "paling sedikit 1"),
        ('perid = "1m"', "kunci services.portal.perid tidak dikenal"),
        ("maintenance = [{ start = 2026-12-02T10:00:00, end = 2026-12-01T10:00:00, reason = 'uji coba' }]",
         "tidak sesudah mulai"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_said_before_anything_is_asked(tmp_path: Path, line: str, said: str) -> None:
    text = TABLE if not line.startswith("address") else TABLE[: TABLE.index("address")]
    with pytest.raises(Misconfigured) as wrong:
        loaded(tmp_path, text + line + "\n")
    assert said in str(wrong.value)


def test_a_declared_service_keeps_no_secret_and_reads_times_as_wib(tmp_path: Path) -> None:
    window = "maintenance = [{ start = 2026-12-01T22:00:00, end = 2026-12-02T04:00:00, reason = 'pindah server' }]\n"
    reader = loaded(tmp_path, TABLE + window)
    (record,) = reader.declared(datetime(2026, 11, 23, tzinfo=UTC))
    assert record.address == "https://portal.mojokertokab.go.id/"
    assert record.maintenance[0].start == datetime(2026, 12, 1, 15, tzinfo=UTC)


RHYTHM = {"every": timedelta(seconds=10), "timeout": timedelta(seconds=9)}


class Listening:
    """A listener in a thread, with probes that answer as the test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, hosts: list[str], takes_s: dict[str, float]) -> None:
        self.batches: list[Batch] = []
        self.stop, self.fails = Event(), False
        self.running: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.takes_s = takes_s
        monkeypatch.setattr(http_probe, "probe", self.probe)
        monkeypatch.setattr(http_probe, "GATHER_S", http_probe.STOP_S)
        services = {
            f"s{n}": {"title": f"S{n}", "owner": "OPD", "address": f"http://{host}/{n}", **RHYTHM}
            for n, host in enumerate(hosts)
        }
        reader = HttpProbe.model_validate({"allow": tuple(dict.fromkeys(hosts)), "services": services})
        self.thread = Thread(target=self.listen, args=(reader,), daemon=True)
        self.error: BaseException | None = None

    def listen(self, reader: HttpProbe) -> None:
        try:
            reader.listen(self.deliver, self.stop)
        except SourceUnavailable as error:
            self.error = error

    def deliver(self, batch: Batch) -> None:
        if self.fails:
            raise SourceUnavailable("penyimpanan penuh")
        self.batches.append(batch)

    async def probe(self, target: Target) -> Found:
        host = target.address.split("/")[2]
        self.running[host] = self.running.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self.running[host])
        await asyncio.sleep(self.takes_s.get(host, 0.01))
        self.running[host] -= 1
        return Found("baik", "", 200, 10)

    def seconds_to_stop(self) -> float:
        began = time.monotonic()
        self.stop.set()
        self.thread.join(timeout=5)
        assert not self.thread.is_alive()
        return time.monotonic() - began

    def wait_for(self, *services: str) -> None:
        """Until all of these were checked and handed over, for ten seconds at most."""
        until = time.monotonic() + 10
        while not set(services) <= self.checked() and time.monotonic() < until:
            time.sleep(0.05)

    def checked(self) -> set[str]:
        return {r.service for b in self.batches for r in b.records if isinstance(r, ServiceCheck)}


def test_a_service_that_hangs_holds_up_no_other_and_stopping_takes_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    listening = Listening(monkeypatch, ["gantung.id", "a.id", "b.id", "c.id"], {"gantung.id": 60})
    listening.thread.start()
    listening.wait_for("s1", "s2", "s3")
    assert listening.checked() == {"s1", "s2", "s3"}
    assert isinstance(listening.batches[0].records[0], DeclaredService)
    assert listening.seconds_to_stop() < 1


def test_a_host_is_asked_one_question_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    listening = Listening(monkeypatch, ["satu.id"] * 4, {"satu.id": 0.2})
    listening.thread.start()
    listening.wait_for("s0", "s1", "s2", "s3")
    listening.seconds_to_stop()
    assert listening.checked() == {"s0", "s1", "s2", "s3"}
    assert listening.most == {"satu.id": 1}


def test_what_cannot_be_handed_over_ends_the_listening_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    listening = Listening(monkeypatch, ["a.id"], {"a.id": 0.2})
    listening.thread.start()
    while not listening.batches:
        time.sleep(0.001)
    listening.fails = True
    listening.thread.join(timeout=20)
    assert isinstance(listening.error, SourceUnavailable)


def test_a_verdict_holds_for_two_rounds_and_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    listening = Listening(monkeypatch, ["a.id"], {})
    listening.thread.start()
    listening.wait_for("s0")
    listening.seconds_to_stop()
    found: list[Any] = [r for b in listening.batches for r in b.records if isinstance(r, ServiceCheck)]
    assert found[0].holds_s == 2 * 10 + 9
