"""The web application, for gunicorn: `gunicorn app:server`."""

from __future__ import annotations

import sys

from dashboard.settings import SettingsError
from datasources.registry import RegistryError
from layouts.application import build

try:
    app = build()
except (SettingsError, RegistryError) as mistake:
    sys.exit(str(mistake))

server = app.server
