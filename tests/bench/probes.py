"""Ten thousand probes of a site that is well, wrong, astray and cut off: sockets left open, probes a second."""

from __future__ import annotations

import asyncio
import os
import sys
import time

from datasources.services.probe import probe
from tests.datasources.probed_site import ok, redirect, serving

PROBES, AT_ONCE = int(os.environ.get("BENCH_PROBES", "10000")), 16
ANSWERS = (ok(), ok(b"", "500 Oops"), redirect("http://10.0.0.1/"), b"", ok(b"x" * 50_000), b"HTTP/1.1 200 OK\r\n")


def run() -> list[str]:
    """One line."""
    left, seconds = asyncio.run(_probed())
    return [f"probes: {PROBES:,} at {PROBES / seconds:,.0f}/s, {left} sockets left open (promise 0)"]


async def _probed() -> tuple[int, float]:
    async with serving() as site:
        site.answers = list(ANSWERS) * (PROBES // len(ANSWERS) + 1)
        before, began = len(os.listdir("/proc/self/fd")), time.perf_counter()
        for _ in range(PROBES // AT_ONCE):
            await asyncio.gather(*(probe(site.target(timeout_s=2)) for _ in range(AT_ONCE)))
        seconds = time.perf_counter() - began
        await asyncio.sleep(0.2)
        return max(0, len(os.listdir("/proc/self/fd")) - before), seconds


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
