"""Where we may ask: named hosts only, and private addresses only where a source or a service says so itself.

A name is judged by the address that it led to, once we are connected and before a byte is sent: whoever changes what
the name stands for between two look-ups gains nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
METADATA = (ipaddress.IPv4Network("169.254.0.0/16"), ipaddress.IPv6Network("fe80::/10"))
"""Link-local: where clouds keep the keys of their machines. No service may ask for it."""


_PERMITTED: ContextVar[tuple[Network, ...]] = ContextVar("permitted networks", default=())


class Forbidden(Exception):
    """We must not go there; the message says where and why, in Indonesian."""


@contextmanager
def permitting(networks: tuple[Network, ...]) -> Iterator[None]:
    """Meanwhile sources may be asked in these private networks too."""
    before = _PERMITTED.set(networks)
    try:
        yield
    finally:
        _PERMITTED.reset(before)


def check_connection(host: str, address: str) -> None:
    """Raises Forbidden unless what `host` led to may be asked. A host written as an address speaks for itself."""
    itself = host.casefold() == "localhost" or _is_address(host)
    own = ipaddress.ip_network(address)
    check_address(address, (own, *_PERMITTED.get()) if itself else _PERMITTED.get())


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_named(host: str, patterns: Collection[str]) -> bool:
    """Whether the host stands on the list: by its name, or below a name that is written as "*.contoh.go.id"."""
    name = host.rstrip(".").lower()
    return any(
        name.endswith(pattern[1:].lower()) if pattern.startswith("*.") else name == pattern.lower()
        for pattern in patterns
    )


def check_address(text: str, networks: Collection[Network]) -> None:
    """Raises Forbidden unless the address is public, or lies in one of the networks that the service names."""
    address = _meant(ipaddress.ip_address(text))
    if any(address in network for network in METADATA if network.version == address.version):
        raise Forbidden(f"{text} adalah alamat link-local; tidak pernah ditanya")
    if address.is_global and not address.is_multicast:
        return
    if not any(address in network for network in networks if network.version == address.version):
        raise Forbidden(f"{text} bukan alamat publik; sebut jaringannya di kunci networks sumber atau layanan itu")


def _meant(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that stands for it: it is where the packets go."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
    if address in NAT64:
        inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inside or address


def no_link_local(networks: Collection[Network]) -> None:
    """Raises ValueError when a network that is named as permitted reaches into the link-local ones."""
    for network in networks:
        if any(network.version == local.version and network.overlaps(local) for local in METADATA):
            raise ValueError(f"networks memuat {network}: jaringan link-local tidak pernah boleh ditanya")
