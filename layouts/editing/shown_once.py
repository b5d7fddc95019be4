"""A secret that is shown this once, to be copied: a link, a key, codes."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from flask import request


def shown_once(words: str, secret: str, is_path: bool = False) -> html.Div:
    """The secret in full, chosen whole by one click; a path gets the address by which this page was reached."""
    whole = f"{request.host_url.rstrip('/')}{secret}" if is_path else secret
    return html.Div([html.P(words), html.Code(whole)], className="shown-once")


def codes_shown_once(words: str, codes: Sequence[str]) -> html.Div:
    """Several secrets, each by itself, to be copied together or written down."""
    listed = html.Ol([html.Li(html.Code(code)) for code in codes], className="codes")
    return html.Div([html.P(words), listed], className="shown-once")
