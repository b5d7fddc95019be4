"""The navigation for who asks: six groups with the pages they may open, and the way in or to one's own account.

Hiding is for the eye: every page asks for the right itself. assets/menu.js closes what is open.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import dash_bootstrap_components as dbc
from dash import html

from dashboard.access.roles import ROLE_TITLES
from layouts.access.guard import meets
from layouts.access.who import person
from layouts.pages import RULES, opd
from layouts.pages.account import PATH as OWN
from layouts.pages.groups import GROUPS
from layouts.pages.page import Page

MENU = "menu"


def navigation() -> html.Div:
    """On a phone behind one button; a group opens by a click, Enter or the space bar, and closes by Escape."""
    opened = {page.name for page, rule in RULES if meets(rule)}
    groups = [(title, [page for page in pages if page.name in opened]) for title, pages in GROUPS]
    named: dict[str, Any] = {"aria-label": "Halaman"}
    controls: dict[str, Any] = {"aria-expanded": "false", "aria-controls": MENU, "data-menu-button": ""}
    return html.Div(
        [
            html.Button("Menu", type="button", className="menu-button", **controls),
            html.Nav([_group(title, pages) for title, pages in groups if pages], id=MENU, className="pages", **named),
        ],
        className="menu",
    )


def _group(title: str, pages: list[Page]) -> Any:
    if len(pages) == 1:
        return _link(pages[0], title)
    links = [html.Li(_link(page, page.title)) for page in pages]
    who = person()
    if opd.PAGE in pages and who is not None and who.opd:
        links.append(html.Li(dbc.NavLink(f"OPD {who.opd}", href=f"{opd.PAGE.path}?opd={quote(who.opd)}")))
    return html.Details([html.Summary(title), html.Ul(links)], className="group")


def _link(page: Page, words: str) -> dbc.NavLink:
    return dbc.NavLink(words, href=page.path, active="exact")


def account() -> html.Div:
    """The way in; for who is signed in the way to the own account, where one also leaves."""
    who = person()
    if who is None:
        link = html.A("Masuk", href="/masuk", title="Masuk dengan akun Anda")
    else:
        role = ROLE_TITLES.get(who.role, who.role)  # type: ignore[call-overload]
        link = html.A(who.title, href=OWN, title=f"Masuk sebagai {who.title} ({role}); akun Anda, dan keluar")
    return html.Div(link, className="account")
