"""A secret that is shown this once, to be copied: a link, a key."""

from __future__ import annotations

from dash import html
from flask import request


def shown_once(words: str, secret: str, is_path: bool = False) -> html.Div:
    """The secret in full, chosen whole by one click; a path gets the address by which this page was reached."""
    whole = f"{request.host_url.rstrip('/')}{secret}" if is_path else secret
    return html.Div([html.P(words), html.Code(whole)], className="shown-once")
