"""What the sources and who runs the program give away: plain HTTP, wide networks, simulation, root."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from dashboard.safety.finding import Finding, Setup

WIDEST = {4: 8, 6: 32}
"""Shortest prefixes of a network that may be named as one's own."""


def check(setup: Setup) -> Iterator[Finding]:
    """One line for each source that is asked in the clear over the internet, or may go nearly anywhere."""
    values = setup.values
    if values.demonstration and values.PUBLIC_URL:
        yield Finding("SOURCES", "dunia SIMULASI terbuka di PUBLIC_URL; pasang sources.toml sebelum dipakai orang.")
    for source in setup.sources:
        address = getattr(source.reader, "address", "")
        if isinstance(address, str) and address.startswith("http://") and not _is_near(address):
            yield Finding(
                f"sources.{source.id}", f"{urlsplit(address).hostname} ditanya lewat http://; pakai https://."
            )
        services = getattr(source.reader, "services", {}).values()
        for network in (*source.networks, *(n for service in services for n in getattr(service, "networks", ()))):
            if network.prefixlen < WIDEST[network.version]:
                yield Finding(f"sources.{source.id}", f"networks memuat {network}, hampir semua alamat; persempit.")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not values.demonstration:
        yield Finding("pengguna", "program berjalan sebagai root; buat pengguna tersendiri tanpa hak lain.")


def _is_near(address: str) -> bool:
    """On this machine or in a private network, as an address of figures."""
    host = urlsplit(address).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost"
