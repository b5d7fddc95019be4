"""Screens without glass: so many open streams of one wall, read as a browser reads them, and when each heard a word."""

from __future__ import annotations

import selectors
import socket
import sys
import time
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

MARK = "beat-"
"""What a panel says in round 7 is 'beat-7'."""


@dataclass
class Stream:
    """One connection: compressed bytes in, the newest text kept."""

    connection: socket.socket
    unpacked: Any = field(default_factory=lambda: zlib.decompressobj(31))
    begun: bool = False
    received: int = 0

    def read(self) -> str:
        """The text that has come; the first bytes are the head of the answer."""
        data = self.connection.recv(1 << 20)
        self.received += len(data)
        if not self.begun:
            _, found, data = data.partition(b"\r\n\r\n")
            self.begun = bool(found)
        return self.unpacked.decompress(data).decode(errors="replace")


def main(address: str, path: str, screens: int) -> None:
    """Prints 'round<TAB>seconds since the epoch' for every screen that hears it, and for a line of input the bytes."""
    where, choose = urlsplit(address), selectors.DefaultSelector()
    streams = []
    for _ in range(screens):
        connection = socket.create_connection((where.hostname or "", where.port or 80))
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {where.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        streams.append(Stream(connection))
        choose.register(connection, selectors.EVENT_READ, streams[-1])
    choose.register(sys.stdin, selectors.EVENT_READ, None)
    while True:
        for key, _ in choose.select():
            if key.data is None:
                line = sys.stdin.readline()
                if not line:
                    return
                print(f"bytes\t{sum(s.received for s in streams)}", flush=True)
                continue
            text, now = key.data.read(), time.time()
            for word in set(text.split(MARK)[1:2]):
                print(f"{word.split('<')[0]}\t{now}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
