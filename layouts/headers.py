"""Security headers of every answer."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response


def register(server: Flask, app: Dash) -> None:
    """Send a strict content-security policy; inline scripts run only when their hash is in it."""

    @server.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(app))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


def _policy(app: Dash) -> str:
    """Asked for each answer, because Dash makes its pages' inline script only at the first request."""
    scripts = " ".join(app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
