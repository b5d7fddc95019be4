"""Asks the one configured source without end, to be killed; or once, telling the most memory in kB and the seconds."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from dashboard import settings
from dashboard.ingestion.run import run_once
from dashboard.store import ingestion_log
from dashboard.store.database import open_database, writing
from datasources import registry

values = settings.load()
engine = open_database(values.database_url)
(source,) = registry.load(values.sources_file, dict(os.environ))
with writing(engine) as connection:
    ingestion_log.register(connection, [source.id])
while True:
    start = time.perf_counter()
    outcome = run_once(engine, source)
    if "once" in sys.argv:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak_kb = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        print(peak_kb, time.perf_counter() - start)
        sys.exit(1 if outcome.error else 0)
