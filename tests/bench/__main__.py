"""Runs every measurement and prints its figures beside what was promised."""

from __future__ import annotations

from tests.bench import ingest, painted

for measurement in (ingest, painted):
    for line in measurement.run():
        print(line, flush=True)
