"""Security headers of every answer."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response

from dashboard.settings import Settings

HSTS = "max-age=31536000"
"""A year. Subdomains are not ours to speak for: the host may be the regency's own."""
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def register(server: Flask, app: Dash, settings: Settings) -> None:
    """Send a strict content-security policy; inline scripts run only when their hash is in it.

    An answer that sets a cookie is for one person and is never kept by a cache.
    """
    embedding = settings.FRAME_ANCESTORS
    fixed = {**FIXED, **({"Strict-Transport-Security": HSTS} if settings.behind_tls else {})}

    @server.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(app, embedding or "'none'"))
        if not embedding:
            response.headers.setdefault("X-Frame-Options", "DENY")
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if "Set-Cookie" in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def _policy(app: Dash, embedding: str) -> str:
    """Asked for each answer, so that what Dash adds later is in it."""
    scripts = " ".join(app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"object-src 'none'; frame-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {embedding}"
    )
