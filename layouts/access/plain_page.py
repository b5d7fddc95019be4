"""Pages without a framework: plain HTML and no script of ours but the theme, for any screen and any password keeper."""

from __future__ import annotations

from flask import Response
from markupsafe import Markup

from layouts.drawing.markup import el

STYLES = ("theme.css", "panel.css", "access.css")


def page(title: str, *content: Markup | None, status: int = 200) -> Response:
    """A whole answer, kept by no cache. Where it leads, layouts/headers.py tells no other site."""
    head = el(
        "head", {},
        el("meta", {"charset": "utf-8"}),
        el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        el("script", {"src": "/assets/theme.js"}),
        el("title", {}, f"{title} · Pusat Komando Mojokerto"),
        *(el("link", {"rel": "stylesheet", "href": f"/assets/{name}"}) for name in STYLES),
    )  # fmt: skip
    main = el("main", {"id": "isi"}, el("h1", {}, "Pusat Komando Mojokerto"), *content)
    whole = Markup("<!doctype html>") + el("html", {"lang": "id", "data-theme": "siang"}, head,
                                           el("body", {"class": "sign-in"}, main))  # fmt: skip
    headers = {"Cache-Control": "no-store"}
    return Response(str(whole), status=status, mimetype="text/html", headers=headers)


def form(action: str, *content: Markup | None) -> Markup:
    """A form that is sent by POST."""
    return el("form", {"method": "post", "action": action}, *content)


def field(label: str, name: str, kind: str = "text", keeper: str = "off", longest: int = 256) -> Markup:
    """A labelled field; `keeper` tells a password keeper what belongs in it."""
    control = {"name": name, "type": kind, "autocomplete": keeper, "required": True, "maxlength": longest}
    return el("label", {}, label, el("input", control))


def hidden(name: str, value: str) -> Markup:
    """What goes with a form unseen."""
    return el("input", {"type": "hidden", "name": name, "value": value})


def button(label: str) -> Markup:
    """Sends the form."""
    return el("button", {"type": "submit"}, label)


def wrong(sentence: str) -> Markup | None:
    """What was not accepted; nothing when nothing was said."""
    return el("p", {"class": "wrong", "role": "alert"}, sentence) if sentence else None


def link(label: str, href: str) -> Markup:
    """A way on."""
    return el("p", {}, el("a", {"href": href}, label))
