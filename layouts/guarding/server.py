"""The web server made strict before anything is served: sizes, names, proxies, no debugger."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.settings import Settings
from datasources.contract import LARGEST_MESSAGE

LARGEST_FORM = 65_536
MOST_FIELDS = 100
LARGEST_BODY = LARGEST_MESSAGE + 65_536
"""Bytes; a message for /hooks may be as large as its reader takes, and is told so in the reader's own words."""


def harden(server: Flask, settings: Settings) -> None:
    """Whatever the environment says: no debugger, bodies of limited size, only the names people open us by."""
    server.debug = server.testing = False
    server.config.update(
        PROPAGATE_EXCEPTIONS=False,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_SECURE=settings.behind_tls,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    if settings.PUBLIC_URL:
        server.config["TRUSTED_HOSTS"] = [urlsplit(settings.PUBLIC_URL).hostname, "localhost", "127.0.0.1"]
    if settings.proxies:
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0, x_port=0, x_prefix=0
        )
