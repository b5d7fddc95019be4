"""What stands where somebody may not look: one sentence, and the way in."""

from __future__ import annotations

from urllib.parse import quote

from dash import html

from dashboard.access.roles import ROLE_TITLES
from layouts.access.who import person

DESK = "/112/meja"


def way_in(what: str, path: str) -> html.P:
    """For a guest: 'Masuk untuk melihat …', which leads back to where one was."""
    link = html.A("Masuk", href=f"/masuk?lalu={quote(path)}")
    return html.P([link, f" untuk melihat {what}."], className="door")


def door(what: str, path: str) -> html.P:
    """For whoever asks: the way in, or that their role does not reach here."""
    who = person()
    if who is None:
        return way_in(what, path)
    role = ROLE_TITLES.get(who.role, who.role)  # type: ignore[call-overload]
    return html.P(
        f"Akun Anda ({role}) tidak berhak melihat {what}. Bila perlu, mintalah kepada Diskominfo.", className="door"
    )
