"""The wall's one document: every scene mounted, drawn on the server, no framework in the browser."""

from __future__ import annotations

from flask import Flask, Response, abort
from markupsafe import Markup

from layouts.board import Board
from layouts.drawing.markup import el
from layouts.wall.screens import GAP_AM, PADDING_AM, SCENES, STRIP_AM, TITLE_AM, Place, Profile, Scene, profiles

SCRIPTS = ("live.js", "wall.js")
STYLES = ("theme.css", "panel.css", "wall.css")


def register(server: Flask, board: Board, simulated: bool) -> None:
    """Serve /wall/<profile>."""

    @server.get("/wall/<name>")
    def wall(name: str) -> Response:
        profile = profiles().get(name)
        if profile is None:
            abort(404, f"Profil layar '{name}' tidak ada. Yang ada: {', '.join(profiles())}.")
        return Response(
            document(profile, board, simulated), mimetype="text/html", headers={"Cache-Control": "no-store"}
        )


def document(profile: Profile, board: Board, simulated: bool) -> Markup:
    """The page with every panel already drawn: the first paint is the picture."""
    sizes = {"am": profile.am, "strip": STRIP_AM, "title": TITLE_AM, "gap": GAP_AM, "padding": PADDING_AM}
    style = "; ".join(f"--{name}: {size:g}{'px' if name == 'am' else ''}" for name, size in sizes.items())
    head = el(
        "head", {},
        el("meta", {"charset": "utf-8"}),
        el("title", {}, f"Layar {profile.name} · Pusat Komando Mojokerto"),
        *(el("link", {"rel": "stylesheet", "href": f"/assets/{name}"}) for name in STYLES),
        *(el("script", {"src": f"/assets/{name}", "defer": ""}) for name in SCRIPTS),
    )  # fmt: skip
    body = el(
        "body", {"class": "wall", "data-wall": profile.name, "style": style},
        _strip(simulated), *(_scene(scene, profile, board) for scene in SCENES),
        el("div", {"class": "lost", "role": "status", "data-lost": "wall"}),
    )  # fmt: skip
    return Markup("<!doctype html>") + el("html", {"lang": "id", "data-theme": profile.theme}, head, body)


def _strip(simulated: bool) -> Markup:
    return el(
        "header", {"class": "strip"},
        el("span", {"class": "simulated"}, "SIMULASI") if simulated else "",
        el("span", {"class": "alarms", "data-alarms": "wall"}),
        el("span", {"class": "space"}),
        el("span", {"class": "oldest", "data-oldest": "wall"}),
        el("b", {"class": "clock", "data-clock": "wall"}),
    )  # fmt: skip


def _scene(scene: Scene, profile: Profile, board: Board) -> Markup:
    hero = scene.places[0]
    headline = _frame(Place("headline", hero.indicator, hero=True), profile, board, "headline")
    panels = [_frame(place, profile, board, "frame hero" if place.hero else "frame") for place in scene.places]
    attributes: dict[str, str | int] = {
        "class": "scene",
        "data-scene": scene.name,
        "data-dwell": scene.dwell_s,
        "aria-label": scene.title,
    }
    return el("section", attributes, headline, el("div", {"class": "scene-grid"}, *panels))


def _frame(place: Place, profile: Profile, board: Board, name: str) -> Markup:
    key = (place.form, place.indicator, f"{profile.name}.{'hero' if place.hero else 'cell'}")
    _, drawing = board.drawing(key)
    return el("div", {"class": name, "data-panel": "~".join(key), "data-plain": ""}, drawing)
