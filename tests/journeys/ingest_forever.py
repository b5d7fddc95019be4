"""Asks the one configured source without end (or once); a process to be killed."""

from __future__ import annotations

import os
import sys
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
    outcome = run_once(engine, source)
    if "once" in sys.argv:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
        sys.exit(1 if outcome.error else 0)
