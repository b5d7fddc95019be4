"""The real readers on the simulated services: probes, the log of an earlier monitor, complaints, permits, open data."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from datasources.complaints.records import Complaint
from datasources.delivery.records import ServiceRequest
from datasources.demo import probed_services, service_sites
from datasources.demo.complaint_files import ComplaintFiles
from datasources.demo.permits_workbook import PermitsWorkbook
from datasources.demo.probed_services import SERVICES, behaviour, thinking_ms
from datasources.demo.service_history import write_history
from datasources.demo.world import SEED
from datasources.open_data.records import Dataset
from datasources.services.http_probe import HttpProbe
from datasources.services.probe import Found, probe
from datasources.services.records import ServiceCheck
from tests.datasources.demo_regency import fetched, sources
from tests.datasources.probed_site import Site, serving

MORNING = int(datetime(2026, 11, 20, 3, tzinfo=UTC).timestamp())
PERSONAL = ("PELAPOR", "PEMOHON", "Isi laporan")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as they stand on a morning in November."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "demo").mkdir()
    assert ComplaintFiles(folder / "demo" / "pengaduan", SEED).write_until(MORNING) == 1
    assert PermitsWorkbook(folder / "demo" / "layanan.xlsx", SEED).write_until(MORNING) == 1
    write_history(folder / "demo" / "riwayat_layanan.csv", SEED, MORNING, days=3)
    return folder


def test_complaints_are_understood_without_a_person_and_nothing_lies_ahead(var: Path) -> None:
    batch = fetched(var, "pengaduan_lapor")
    made = [r for r in batch.records if isinstance(r, Complaint)]
    assert len(made) > 300
    assert batch.refused == ()
    assert set(Counter(c.kind for c in made)) == {"pengaduan", "pengawasan", "informasi", "aspirasi"}
    assert max(c.received for c in made) <= date(2026, 11, 20)
    assert any(c.reopened for c in made)
    assert not any(word in repr(batch) for word in PERSONAL)


def test_requests_for_information_and_permits_are_understood(var: Path) -> None:
    information = fetched(var, "permohonan_ppid")
    assert {r.topic for r in information.records} == {"information_requests"}
    permits = fetched(var, "permohonan_layanan")
    made = [r for r in permits.records if isinstance(r, ServiceRequest)]
    assert len({r.service for r in made}) == 6
    assert all(r.limit_days for r in made)
    assert (information.refused, permits.refused) == ((), ())
    assert not any(word in repr((information, permits)) for word in PERSONAL)


def test_the_files_are_written_once_a_day(tmp_path: Path) -> None:
    files = ComplaintFiles(tmp_path, SEED)
    assert [files.write_until(MORNING + hours * 3600) for hours in (0, 1, 20)] == [1, 0, 1]


def test_the_log_of_the_earlier_monitor_names_every_service(var: Path) -> None:
    batch = fetched(var, "riwayat_layanan")
    checks = [r for r in batch.records if isinstance(r, ServiceCheck)]
    assert Counter(c.service for c in checks) == {s.id: 3 * 48 for s in SERVICES}
    assert all(c.response_ms for c in checks if c.verdict == "baik")
    assert batch.refused == ()


def test_each_service_has_its_habit() -> None:
    minutes = range(MORNING, MORNING + 5 * 86_400, 180)
    seen = {s.id: Counter(behaviour(SEED, s, moment) for moment in minutes) for s in SERVICES}
    assert seen["perizinan"]["lambat"] > 100
    assert 0.01 < seen["jdih"]["galat"] / len(minutes) < 0.2
    assert seen["data"]["isi lain"] > 20
    assert seen["aduan"]["galat"] > 50
    assert max(thinking_ms(SEED, SERVICES[0], moment) for moment in minutes) < 1000


def test_a_service_that_flaps_never_fails_three_checks_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probed_services, "_in_outage", lambda seed, service, moment: False)
    flapping = next(s for s in SERVICES if s.habit == "berkedip")
    checks = [behaviour(SEED, flapping, MORNING + n * 15) == "galat" for n in range(4 * 60 * 6)]
    runs = "".join("x" if bad else " " for bad in checks).split()
    assert runs
    assert max(map(len, runs)) < 3


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A free port with the sites of all services on it."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.2", 0))
        port = free.getsockname()[1]
    stop = Event()
    with service_sites.serving(SEED, lambda: MORNING, port, tmp_path / "demo" / "tls", stop):
        yield port, tmp_path
        stop.set()


def test_the_probes_of_the_demonstration_find_their_services(sites: tuple[int, Path]) -> None:
    reader: Any = sources(sites[1], sites[0])["layanan_opd"].reader
    assert isinstance(reader, HttpProbe)

    async def every() -> dict[str, Found]:
        found = await asyncio.gather(*(probe(reader.target(s)) for s in reader.services.values()))
        return dict(zip(reader.services, found, strict=True))

    found = asyncio.run(every())
    expected = {s.id: behaviour(SEED, s, MORNING) for s in SERVICES}
    assert {name: f.verdict in ("baik", "lambat") for name, f in found.items()} == {
        name: done in ("baik", "lambat") for name, done in expected.items()
    }
    assert found["surat"].certificate_expires_at is not None


def test_the_catalogue_of_the_demonstration_is_read_to_its_end(sites: tuple[int, Path]) -> None:
    batch = fetched(sites[1], "data_terbuka", sites[0])
    made = [r for r in batch.records if isinstance(r, Dataset)]
    assert len(made) == 56
    assert any(r.missing for r in made)
    assert batch.refused == ()


def test_another_address_of_this_machine_is_not_reached_by_the_demonstration(sites: tuple[int, Path]) -> None:
    """The allowance of loopback is one address per service, not the machine."""
    reader: Any = sources(sites[1], sites[0])["layanan_opd"].reader
    portal = reader.target(reader.services["portal"])

    async def astray() -> Found:
        async with serving() as site:
            assert isinstance(site, Site)
            return await probe(site.target(networks=portal.networks, hosts=("127.0.0.1",)))

    assert asyncio.run(astray()).cause == "alamat terlarang"
