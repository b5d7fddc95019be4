"""The web application, for gunicorn: `gunicorn app:server`."""

from __future__ import annotations

import gc
import sys

from dashboard import log_lines
from dashboard import settings as configuration
from dashboard.settings import SettingsError
from datasources.toml_file import Misconfigured
from layouts.application import build

try:
    settings = configuration.load()
    log_lines.configure(settings.LOG_LEVEL, settings.secrets)
    app = build(settings)
except (SettingsError, Misconfigured) as mistake:
    sys.exit(str(mistake))

# What stands now stands until the end. Looking through it again took 80 ms of every some hundredth answer.
gc.collect()
gc.freeze()

server = app.server
