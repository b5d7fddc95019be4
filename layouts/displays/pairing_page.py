"""What a screen shows that is not paired: its code, and where an officer takes it."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from layouts.briefing.qr import qr
from layouts.drawing.markup import el
from layouts.format import date_and_time
from layouts.wall.screens import Profile

STYLES = ("theme.css", "panel.css", "wall.css", "displays.css")
PAGE = "/layar"


def pairing_page(code: str, profile: Profile, address: str, revoked_at: datetime | None = None) -> Markup:
    """The code in figures that are read across the room, and the way to the page that takes it; before them why a
    screen that had a right stands here. Not by whom: anybody in the room reads it.
    """
    spoken = f"{code[:3]} {code[3:]}"
    way = f"{address}{PAGE}"
    return _page(
        profile,
        _revoked(revoked_at) if revoked_at else None,
        el("h1", {}, "Pasang layar ini"),
        el("p", {"class": "code", "aria-label": f"Kode {' '.join(code)}"}, spoken),
        el("div", {"class": "how"}, el("div", {"class": "square"}, Markup(qr(f"{way}?kode={code}", sized=False))),  # noqa: S704 - drawn by us
           el("ol", {},
              el("li", {}, "Buka ", el("b", {}, way), " di ponsel atau komputer Anda, atau pindai kotak ini."),
              el("li", {}, "Masuk dengan akun yang berhak memasang layar."),
              el("li", {}, "Ketik kode di atas dan beri nama layar ini."))),
        el("p", {"class": "state", "role": "status", "data-pairing": profile.name}, "Menunggu persetujuan petugas"),
    )  # fmt: skip


def _revoked(at: datetime) -> Markup:
    sentence = f"Izin layar ini dicabut pada {date_and_time(at)}; minta petugas memasangkan kembali dengan kode ini."
    return el("p", {"class": "revoked", "role": "status"}, sentence)


def refused_page(sentence: str, profile: Profile) -> Markup:
    """Why there is no code."""
    return _page(profile, el("h1", {}, "Belum dapat dipasang"), el("p", {"class": "state"}, sentence))


def _page(profile: Profile, *content: Markup | None) -> Markup:
    head = el(
        "head", {},
        el("meta", {"charset": "utf-8"}),
        el("title", {}, "Pasang layar · Pusat Komando Mojokerto"),
        *(el("link", {"rel": "stylesheet", "href": f"/assets/{name}"}) for name in STYLES),
        el("script", {"src": "/assets/pairing.js", "defer": ""}),
    )  # fmt: skip
    style = f"--am: {profile.am:g}px; --across: {profile.across}; --down: {profile.down}"
    body = el("body", {"class": "wall pairing", "style": style}, el("main", {}, *content))
    return Markup("<!doctype html>") + el("html", {"lang": "id", "data-theme": "kendali"}, head, body)
