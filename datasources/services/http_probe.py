"""Probes of services over HTTP, each on its own clock, side by side in one thread; ends soon after it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from threading import Event
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from datasources.contract import Batch
from datasources.http import Address
from datasources.indonesian_dates import WIB
from datasources.outbound import is_named, no_link_local
from datasources.services.probe import Target, probe
from datasources.services.records import DeclaredService, Maintenance, ServiceCheck

Deliver = Callable[[Batch], None]
LEAST_REST = timedelta(seconds=10)
"""The load agreed with those who run the services: nobody is asked more often."""
GATHER_S, STOP_S = 2.0, 0.2
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,48}$")]


class Window(BaseModel):
    """Announced maintenance; a time without an offset is WIB."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime
    end: datetime
    reason: str = Field(min_length=3, max_length=200)

    @model_validator(mode="after")
    def _forward(self) -> Window:
        if min(self.start.year, self.end.year) < 1970:  # year 1 has no moment in UTC
            raise ValueError("tahun jadwal pemeliharaan sebelum 1970")
        if _utc(self.end) <= _utc(self.start):
            raise ValueError(f"akhir {self.end} tidak sesudah mulai {self.start}")
        return self


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(UTC)


class ProbedService(BaseModel):
    """One service. `networks` names private networks that this service, and no other, may be reached in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=80)
    owner: str = Field(min_length=1, max_length=80)
    address: Address
    method: Literal["GET", "HEAD"] = "GET"
    status: tuple[int, ...] = (200,)
    text: str | None = Field(default=None, min_length=1)
    every: timedelta = Field(default=timedelta(minutes=1), ge=LEAST_REST)
    timeout: timedelta = Field(default=timedelta(seconds=10), gt=timedelta(0), le=timedelta(seconds=30))
    slow_after: timedelta = Field(default=timedelta(seconds=3), gt=timedelta(0))
    failures: int = Field(default=3, ge=1, le=20)
    successes: int = Field(default=2, ge=1, le=20)
    certificate_days: int = Field(default=21, ge=1, le=90)
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    ca_file: Path | None = None
    maintenance: tuple[Window, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> ProbedService:
        if self.method == "HEAD" and self.text is not None:
            raise ValueError("HEAD tidak membawa isi; pakai GET, atau hapus text")
        if self.timeout >= self.every:
            raise ValueError("timeout harus lebih pendek daripada every")
        no_link_local(self.networks)
        return self


class HttpProbe(BaseModel):
    """`allow` lists the hosts that any probe or redirect may go to; `services` what is probed, by id."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("services", "service_checks")

    allow: tuple[str, ...] = Field(min_length=1)
    services: dict[Name, ProbedService] = Field(min_length=1)
    most_at_once: int = Field(default=16, ge=1, le=64)

    @model_validator(mode="after")
    def _listed(self) -> HttpProbe:
        for name, service in self.services.items():
            host = urlsplit(service.address).hostname or ""
            if not is_named(host, self.allow):
                raise ValueError(f"layanan {name}: host '{host}' tidak ada dalam kunci allow; tambahkan di sana")
        return self

    def listen(self, deliver: Deliver, stop: Event) -> None:
        """Probe until `stop` is set, handing over what was found every other second."""
        asyncio.run(_Watch(self, deliver, stop).run())

    def declared(self, at: datetime) -> tuple[DeclaredService, ...]:
        """What is probed, as records."""
        return tuple(_declared(name, service, at) for name, service in self.services.items())

    def target(self, service: ProbedService) -> Target:
        """What a probe of a service asks."""
        return Target(
            address=service.address,
            hosts=self.allow,
            networks=service.networks,
            method=service.method,
            statuses=service.status,
            text=service.text,
            timeout_s=service.timeout.total_seconds(),
            slow_after_ms=round(service.slow_after.total_seconds() * 1000),
            ca_file=service.ca_file,
        )


def _declared(name: str, service: ProbedService, at: datetime) -> DeclaredService:
    windows = tuple(Maintenance(_utc(w.start), _utc(w.end), w.reason) for w in service.maintenance)
    return DeclaredService(
        service=name,
        title=service.title,
        owner=service.owner,
        address=urlunsplit(urlsplit(service.address)._replace(query="", fragment="")),
        declared_at=at,
        every_s=round(service.every.total_seconds()),
        failures=service.failures,
        successes=service.successes,
        certificate_days=service.certificate_days,
        slow_after_ms=round(service.slow_after.total_seconds() * 1000),
        maintenance=windows,
    )


class _Watch:
    """One task per service; never two questions to one host at once, and so many in all."""

    def __init__(self, options: HttpProbe, deliver: Deliver, stop: Event) -> None:
        self._options, self._deliver, self._stop = options, deliver, stop
        self._found: list[ServiceCheck] = []
        self._slots = asyncio.Semaphore(options.most_at_once)
        self._hosts = {urlsplit(s.address).hostname: asyncio.Lock() for s in options.services.values()}

    async def run(self) -> None:
        """Until told to stop, or until what was found cannot be handed over."""
        await asyncio.to_thread(self._deliver, Batch(self._options.declared(datetime.now(UTC))))
        tasks = [asyncio.create_task(self._watch(n, place)) for place, n in enumerate(self._options.services)]
        try:
            rounds = 0
            while not self._stop.is_set():
                await asyncio.sleep(STOP_S)
                rounds += 1
                if rounds * STOP_S >= GATHER_S:
                    rounds = 0
                    await self._hand_over()
                for task in tasks:
                    if task.done():
                        task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _hand_over(self) -> None:
        if found := tuple(self._found):
            await asyncio.to_thread(self._deliver, Batch(found))
            del self._found[: len(found)]

    async def _watch(self, name: str, place: int) -> None:
        service = self._options.services[name]
        target, every = self._options.target(service), service.every.total_seconds()
        holds = round(2 * every + target.timeout_s)
        loop = asyncio.get_running_loop()
        due = loop.time() + every * place / len(self._options.services) / 10  # not all in the same moment
        while True:
            await asyncio.sleep(max(0.0, due - loop.time()))
            async with self._hosts[urlsplit(service.address).hostname], self._slots:
                began, due = datetime.now(UTC), loop.time() + every
                found = await probe(target)
            self._found.append(
                ServiceCheck(
                    service=name,
                    checked_at=began,
                    verdict=found.verdict,
                    holds_s=holds,
                    cause=found.cause,
                    status=found.status,
                    response_ms=found.response_ms,
                    certificate_expires_at=found.certificate_expires_at,
                )
            )
