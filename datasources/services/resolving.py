"""A name to addresses, once per request: what is checked is what is connected to, whatever the name says later."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection
from threading import Thread

from datasources.outbound import Network, check_address

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Host and port to addresses. Raises OSError."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, IPv4 first. Raises OSError (socket.gaierror) when there is none."""
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        return await _looked_up(host, port)


async def pinned(host: str, port: int, networks: Collection[Network], resolve: Resolve) -> str:
    """The address to connect to. One forbidden address among several forbids them all: that is how names are rebound.

    Raises Forbidden, OSError.
    """
    found = await resolve(host, port)
    for address in found:
        check_address(address, networks)
    return found[0]


async def _looked_up(host: str, port: int) -> tuple[str, ...]:
    """By a thread of its own that nobody waits for at the end: a name server that hangs must not hold up stopping."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            wrong = error if isinstance(error, OSError) else socket.gaierror(str(error))
            _tell(loop, lambda: None if answer.done() else answer.set_exception(wrong))
            return
        addresses = dict.fromkeys(str(a[4][0]) for a in sorted(found, key=lambda a: a[0] != socket.AF_INET))
        _tell(loop, lambda: None if answer.done() else answer.set_result(tuple(addresses)))

    Thread(target=look_up, name=f"resolve-{host}", daemon=True).start()
    return await answer


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], object]) -> None:
    try:
        loop.call_soon_threadsafe(what)
    except RuntimeError:  # the loop was closed meanwhile: nobody waits any more
        return
