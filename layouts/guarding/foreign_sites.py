"""Changes that another site asks a visitor's browser for: refused by what the browser says of where they come from."""

from __future__ import annotations

from flask import abort, request

SAFE = ("GET", "HEAD", "OPTIONS")
OURS = ("same-origin", "none")
"""Sec-Fetch-Site of a request of our own pages, and of one that a person typed."""
REFUSED = "Permintaan dari situs lain ditolak."


def refuse_foreign(secure: bool) -> None:
    """403 for a change that says it comes from elsewhere. `secure`: a page without TLS is elsewhere too.

    Browsers send both headers with every POST of another site; what sends neither is no browser and has no cookies
    of ours that it was not given.
    """
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        abort(403, REFUSED)
    origin = request.headers.get("Origin")
    if origin is None:
        return
    scheme, _, host = origin.partition("://")
    if host != request.host or (secure and scheme != "https"):
        abort(403, REFUSED)
