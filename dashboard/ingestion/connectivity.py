"""Is it us? Before a source is blamed, our own line is asked."""

from __future__ import annotations

import socket

OUR_LINE = "Jaringan pusat komando sendiri terputus; sumber ini belum tentu salah."


def line_is_up(check: str, timeout_s: float = 2.0) -> bool:
    """Whether the configured neighbour ("host:port", for example our own gateway) accepts a connection."""
    host, _, port = check.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=timeout_s).close()
    except OSError:
        return False
    return True


def blame(error: str, check: str) -> str:
    """The sentence to keep for a failure: ours when the configured neighbour is silent too, else the source's."""
    if not check or line_is_up(check):
        return error
    return f"{OUR_LINE} ({error})"
