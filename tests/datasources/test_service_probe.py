"""Probes against a site that is slow, wrong, silent, astray or ill certified: the right word each, no socket left."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from datasources.outbound import Forbidden, check_address, is_named
from datasources.services import probe as module
from datasources.services import records as causes
from datasources.services.probe import Found, Target, probe
from tests.datasources.probed_site import Site, certificate, ok, redirect, serving


def found(arrange: Callable[[Site], None], tls: Any = None, **changed: Any) -> Found:
    async def run() -> Found:
        async with serving(tls) as site:
            arrange(site)
            return await probe(site.target(**changed))

    return asyncio.run(run())


def answering(*answers: bytes, pause_s: float = 0, pace_s: float = 0) -> Callable[[Site], None]:
    def arrange(site: Site) -> None:
        site.answers, site.pause_s, site.pace_s = list(answers), pause_s, pace_s

    return arrange


@pytest.mark.parametrize(
    ("arrange", "changed", "verdict", "cause"),
    [
        (answering(ok()), {}, "baik", ""),
        (answering(ok()), {"text": "Selamat"}, "baik", ""),
        (answering(ok(), pause_s=0.15), {"slow_after_ms": 100}, "lambat", ""),
        (answering(ok(b"", "500 Oops")), {}, "gagal", causes.WRONG_STATUS),
        (answering(ok(b"", "503 Busy")), {"statuses": (200, 503)}, "baik", ""),
        (answering(ok(b"Akun ditangguhkan")), {"text": "Selamat"}, "gagal", causes.WRONG_TEXT),
        (answering(ok(b"x" * 5000 + b"Selamat")), {"text": "Selamat", "most_bytes": 4096}, "gagal", causes.WRONG_TEXT),
        (answering(ok(), pause_s=30), {"timeout_s": 0.2}, "gagal", causes.TOO_LATE),
        (answering(ok(), pace_s=0.05), {"timeout_s": 0.3}, "gagal", causes.TOO_LATE),
        (answering(b"SSH-2.0-OpenSSH\r\n"), {}, "gagal", causes.BROKEN_OFF),
        (answering(b""), {}, "gagal", causes.BROKEN_OFF),
        (answering(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nkurang"), {}, "gagal", causes.BROKEN_OFF),
        (answering(ok()), {"networks": ()}, "gagal", causes.FORBIDDEN),
    ],
    ids=["ok", "text", "slow", "500", "expected", "wrong text", "text past the size", "hanging", "dripping", "not http",
         "silent", "cut off", "not allowed"],
)  # fmt: skip
def test_each_trouble_has_its_word(
    arrange: Callable[[Site], None], changed: dict[str, Any], verdict: str, cause: str
) -> None:
    answer = found(arrange, **changed)
    assert (answer.verdict, answer.cause) == (verdict, cause)


def test_the_time_is_that_of_the_whole_answer() -> None:
    assert 150 <= (found(answering(ok(), pause_s=0.15)).response_ms or 0) < 900


def test_a_port_nobody_listens_on_is_no_connection() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        target = Site(port=taken.getsockname()[1]).target()
        assert asyncio.run(probe(target)).cause == causes.NO_CONNECTION


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.5/", "http://169.254.169.254/latest/meta-data/", "http://localhost/", "http://[::1]/",
        "http://lain.example/", "http://127.0.0.2/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1:22/",
        "//10.0.0.5/x",
    ],
)  # fmt: skip
def test_a_redirect_leads_nowhere_it_may_not(to: str) -> None:
    answer = found(answering(redirect(to), ok()))
    assert (answer.verdict, answer.cause) == ("gagal", causes.ASTRAY)


def test_a_redirect_within_the_list_is_followed_and_one_in_circles_is_not() -> None:
    assert found(answering(redirect("/masuk"), ok())).verdict == "baik"
    assert found(answering(redirect("/"))).cause == causes.ASTRAY


def test_a_named_host_that_redirects_to_a_name_of_a_private_address_is_astray() -> None:
    """The name is on the list; what it stands for is not in a network of the service."""

    async def run() -> Found:
        async with serving() as site:
            site.answers = [redirect("http://dalam.contoh.go.id/"), ok()]
            names = {"luar.contoh.go.id": "127.0.0.1", "dalam.contoh.go.id": "10.1.2.3"}
            target = site.target(address=f"http://luar.contoh.go.id:{site.port}/", hosts=("*.contoh.go.id",))
            return await probe(target, named(names))

    assert asyncio.run(run()).cause == causes.ASTRAY


def test_the_name_is_looked_up_once_and_what_was_checked_is_connected_to() -> None:
    """Rebinding: a second look-up would have led to another machine."""
    asked: list[str] = []

    async def once(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("10.9.9.9",)

    async def run() -> Found:
        async with serving() as site:
            return await probe(site.target(address=f"http://layanan.test:{site.port}/", hosts=("layanan.test",)), once)

    assert asyncio.run(run()).verdict == "baik"
    assert asked == ["layanan.test"]


def test_one_private_address_among_public_ones_forbids_them_all() -> None:
    async def mixed(host: str, port: int) -> tuple[str, ...]:
        return "93.184.215.14", "10.0.0.1"

    target = Target("http://layanan.test/", ("layanan.test",))
    assert asyncio.run(probe(target, mixed)).cause == causes.FORBIDDEN


def test_a_name_that_does_not_exist_is_said() -> None:
    async def none(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror("Name or service not known")

    assert asyncio.run(probe(Target("http://tiada.test/", ("tiada.test",)), none)).cause == causes.NO_NAME


@pytest.mark.parametrize(
    ("of", "days", "trusted", "cause"),
    [
        ("127.0.0.1", 12, True, ""),
        ("127.0.0.1", -1, True, causes.EXPIRED),
        ("127.0.0.9", 12, True, causes.OTHER_NAME),
        ("127.0.0.1", 12, False, causes.UNTRUSTED),
    ],
    ids=["good", "expired", "for another name", "self-signed"],
)
def test_certificates(tmp_path: Path, of: str, days: int, trusted: bool, cause: str) -> None:
    tls = certificate(tmp_path, "situs", of=of, days=days)
    answer = found(lambda site: None, tls, ca_file=tmp_path / "situs.pem" if trusted else None)
    assert (answer.verdict, answer.cause) == (("gagal", cause) if cause else ("baik", ""))
    if not cause:
        assert answer.certificate_expires_at is not None
        assert timedelta(days=11) < answer.certificate_expires_at - datetime.now(UTC) <= timedelta(days=12)


@pytest.mark.parametrize(
    ("address", "networks", "may"),
    [
        ("8.8.8.8", (), True),
        ("2606:4700::1111", (), True),
        ("10.0.0.1", (), False),
        ("10.0.0.1", ("10.0.0.0/24",), True),
        ("10.0.1.1", ("10.0.0.0/24",), False),
        ("127.0.0.1", (), False),
        ("0.0.0.0", (), False),
        ("100.64.0.1", (), False),
        ("169.254.169.254", ("169.254.0.0/16",), False),
        ("fe80::1", ("fe80::/10",), False),
        ("::1", (), False),
        ("::ffff:10.0.0.1", (), False),
        ("::ffff:169.254.169.254", ("::/0",), False),
        ("64:ff9b::a00:1", (), False),
        ("2002:a00:1::", (), False),
        ("224.0.0.1", (), False),
        ("fd00::1", (), False),
    ],
)
def test_addresses_that_a_probe_may_reach(address: str, networks: tuple[str, ...], may: bool) -> None:
    allowed = [ip_network(n) for n in networks]
    if may:
        check_address(address, allowed)
    else:
        with pytest.raises(Forbidden):
            check_address(address, allowed)


@pytest.mark.parametrize(
    ("host", "may"),
    [("a.go.id", True), ("A.GO.ID.", True), ("b.x.go.id", True), ("x.go.id", False), ("jahat-x.go.id", False)],
)
def test_hosts_on_the_list(host: str, may: bool) -> None:
    assert is_named(host, ("a.go.id", "*.x.go.id")) is may


def test_three_hundred_probes_leave_no_socket() -> None:
    async def run() -> int:
        async with serving() as site:
            site.answers = [ok(), ok(b"", "500 Oops"), redirect("http://10.0.0.1/"), ok(b"x" * 300_000)] * 75
            before = len(os.listdir("/proc/self/fd"))
            for _ in range(100):
                await asyncio.gather(*(probe(site.target()) for _ in range(3)))
            await asyncio.sleep(0.05)
            return len(os.listdir("/proc/self/fd")) - before

    assert asyncio.run(run()) <= 1


def named(names: dict[str, str]) -> Callable[[str, int], Awaitable[tuple[str, ...]]]:
    """A resolver of these names alone."""

    async def look_up(host: str, port: int) -> tuple[str, ...]:
        return (names[host],)

    return look_up


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would connect to where the name leads then, past every check."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert found(answering(ok())).verdict == "baik"
    assert module.HEADERS["Accept-Encoding"] == "identity"
