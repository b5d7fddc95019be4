"""Where sources may be asked: a name is judged by the address it led to, before a byte is sent."""

from __future__ import annotations

import ipaddress
import socket
from datetime import timedelta
from typing import Any

import pytest

from datasources import http, outbound
from datasources.contract import SourceUnavailable
from tests.datasources.loopback import Loopback, serving

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def site() -> Any:
    with serving() as site:
        site.json("/a", {"isi": 1})
        yield site


@pytest.fixture
def rebound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to this machine, as a name of an attacker does at its second look-up."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    ])  # fmt: skip


def named(site: Loopback, host: str = "data.example.go.id") -> str:
    return site.url("/a").replace("127.0.0.1", host)


@pytest.mark.usefixtures("rebound")
def test_a_name_that_leads_inside_is_not_asked(site: Loopback) -> None:
    with pytest.raises(SourceUnavailable, match=r"data\.example\.go\.id:\d+: 127\.0\.0\.1 bukan alamat publik; sebut"):
        http.ask(named(site))
    assert site.asked == []


@pytest.mark.usefixtures("rebound")
def test_it_is_asked_in_a_network_that_the_source_names_and_in_no_other(site: Loopback) -> None:
    with outbound.permitting(LOOPBACK):
        answer = http.ask(named(site))
    assert answer is not None
    assert answer.json() == {"isi": 1}
    with outbound.permitting((ipaddress.ip_network("10.0.0.0/8"),)), pytest.raises(SourceUnavailable):
        http.ask(named(site))
    with pytest.raises(SourceUnavailable):
        http.ask(named(site))


def test_an_address_in_figures_was_written_by_the_operator(site: Loopback) -> None:
    assert http.ask(site.url("/a")) is not None
    assert http.ask(named(site, "localhost")) is not None


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"])
def test_the_keys_of_the_cloud_are_asked_by_nobody(address: str) -> None:
    everywhere = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))
    for host in (address, "meta.example"):
        with outbound.permitting(everywhere), pytest.raises(outbound.Forbidden, match="link-local"):
            outbound.check_connection(host, address)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.1.1", "127.0.0.1", "::1", "fd00::1", "0.0.0.0", "100.64.0.1"])
def test_names_lead_to_public_addresses_only(address: str) -> None:
    with pytest.raises(outbound.Forbidden):
        outbound.check_connection("data.example.go.id", address)
    outbound.check_connection("data.example.go.id", "103.10.20.30")


def test_a_redirect_to_another_host_is_not_followed(site: Loopback) -> None:
    site.json("/b", {}, status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    with pytest.raises(SourceUnavailable, match="hanya host dan https yang sama diikuti"):
        http.ask(site.url("/b"), timeout=timedelta(seconds=2))
