"""The wall's one document: every scene mounted, drawn on the server, no framework in the browser."""

from __future__ import annotations

import json
from datetime import datetime

from flask import Flask, Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from dashboard import clock
from dashboard.settings import ROOT
from dashboard.store.database import to_ms
from dashboard.store.displays import Display
from layouts.access.who import NOT_ALLOWED, allowed
from layouts.board import Board
from layouts.displays.gate import Gate
from layouts.drawing.markup import el
from layouts.time_machine.band import refusal
from layouts.time_machine.machine import TimeMachine
from layouts.time_machine.moment import NAME, NoSuchMoment
from layouts.time_machine.past import Past
from layouts.wall import strip
from layouts.wall.release import release
from layouts.wall.scenes import Place, Scene
from layouts.wall.screens import GAP_AM, PADDING_AM, STRIP_AM, TITLE_AM, Profile, profiles

SCRIPTS = ("age.js", "live.js", "wall/strip.js", "wall/lending.js", "wall/rotation.js", "wall/care.js", "wall/told.js")
OF_NOW = ("wall/keep.js", "wall/watchdog.js", "wall/changed.js", "display.js")
OF_THEN = ("time_machine.js",)
"""A picture of the past is not kept for the next start, not watched for new data, and no sign of life."""
STYLES = ("theme.css", "panel.css", "hazards.css", "lost.css", "wall.css", "time_machine.css", "displays.css")
KEEPER = ROOT / "assets" / "wall" / "keeper.js"
ALARMS = Place("alarms", "alerts.standing")


def register(server: Flask, board: Board, machine: TimeMachine, gate: Gate, simulated: bool) -> None:
    """Serve /wall/<profile>, /wall/<profile>/<screen> for one of several, and the keeper of the last picture; live to
    screens that may show it, and with `?at=` as it was known then.
    """

    @server.get("/wall/<name>")
    @server.get("/wall/<name>/<int:number>")
    def wall(name: str, number: int = 0) -> AnyResponse:
        profile = _shown(name, number)
        if NAME in request.args:
            return _then(profile, machine, simulated)
        return gate.wall(profile, lambda display: _page(document(profile, board, simulated, display=display)))

    @server.get("/wall/keeper.js")
    def keeper() -> Response:
        """Here and not among the assets: a service worker reaches only what lies beside and below it."""
        return Response(KEEPER.read_text(encoding="utf-8"), mimetype="text/javascript",
                        headers={"Cache-Control": "no-cache"})  # fmt: skip


def _shown(name: str, number: int) -> Profile:
    profile = profiles().get(name)
    if profile is None:
        abort(404, f"Profil layar '{name}' tidak ada. Yang ada: {', '.join(profiles())}.")
    if number > len(profile.screens):
        abort(404, f"Profil '{name}' mempunyai {len(profile.screens)} layar.")
    return profile.alone(number) if number else profile


def _then(profile: Profile, machine: TimeMachine, simulated: bool) -> Response:
    if not allowed("view"):
        abort(403, NOT_ALLOWED)
    try:
        past = machine.past(machine.moment(request.args[NAME], clock.now()))
    except NoSuchMoment as wrong:
        return _page(refused_wall(profile, str(wrong)))
    scenes = [scene for screen in profile.screens for scene in screen.scenes]
    past.know(place.indicator for scene in scenes for place in scene.places)
    return _page(document(profile, past, simulated, then=past.at))


def _page(markup: Markup) -> Response:
    return Response(markup, mimetype="text/html", headers={"Cache-Control": "no-store"})


def document(
    profile: Profile,
    board: Board | Past,
    simulated: bool,
    then: datetime | None = None,
    display: Display | None = None,
) -> Markup:
    """The page with every panel already drawn: the first paint is the picture. `then` where it is one of the past,
    `display` where a paired screen shows it.
    """
    head = _head(f"Layar {profile.name}", (*SCRIPTS, *(OF_THEN if then else OF_NOW)))
    screens = [_screen(profile, place, board, simulated, then) for place in range(len(profile.screens))]
    stage = el(
        "div", {"class": "stage"}, _frame(ALARMS, profile, board, "alarms"), el("main", {"class": "glasses"}, *screens)
    )
    settings = _settings(profile) | {"data-at": to_ms(then or clock.now())}
    settings |= {"data-display": display.id} if display else {}
    body = el("body", settings, stage, _night(profile))
    return Markup("<!doctype html>") + el("html", {"lang": "id", "data-theme": _theme_now(profile)}, head, body)


def _head(title: str, scripts: tuple[str, ...]) -> Markup:
    newest = release()
    return el(
        "head", {},
        el("meta", {"charset": "utf-8"}),
        el("title", {}, f"{title} · Pusat Komando Mojokerto"),
        *(el("link", {"rel": "stylesheet", "href": f"/assets/{name}?v={newest}"}) for name in STYLES),
        *(el("script", {"src": f"/assets/{name}?v={newest}", "defer": ""}) for name in scripts),
    )  # fmt: skip


def refused_wall(profile: Profile, sentence: str) -> Markup:
    """In place of a wall whose moment cannot be shown: why."""
    body = el("body", {"class": "wall refused", "style": f"--am: {profile.am:g}px"}, el("main", {}, refusal(sentence)))
    page = el("html", {"lang": "id", "data-theme": profile.theme}, _head("Layar", ()), body)
    return Markup("<!doctype html>") + page


def _settings(profile: Profile) -> dict[str, str | int]:
    """What the scripts and the styles must know of this screen."""
    width, height = profile.screen_size
    sizes = {"bar": STRIP_AM, "title": TITLE_AM, "gap": GAP_AM, "padding": PADDING_AM, "across": profile.across}
    lengths = {"am": profile.am, "screen-width": width, "screen-height": height}
    style = [f"--{name}: {size:g}" for name, size in sizes.items()]
    return {
        "class": "wall" if len(profile.screens) == 1 else "wall many",
        "data-wall": profile.name,
        "data-release": release(),
        "data-themes": json.dumps(profile.themes),
        "data-rest": json.dumps(profile.rest),
        "style": "; ".join(style + [f"--{name}: {size:g}px" for name, size in lengths.items()]),
    }


def _theme_now(profile: Profile) -> str:
    now = clock.wib(clock.now())
    begun = [theme for minute, theme in profile.themes if minute <= 60 * now.hour + now.minute]
    return begun[-1] if begun else profile.theme


def _screen(profile: Profile, place: int, board: Board | Past, simulated: bool, then: datetime | None) -> Markup:
    """One screen: its bar, its scenes, and what is said when the server is away."""
    screen = profile.screens[place]
    parts = json.dumps([[part.minute, part.scenes] for part in screen.parts])
    counts = [_frame(one, profile, board, "count-frame") for one in strip.COUNTED]
    return el(
        "div", {"class": "glass", "data-screen": place + 1, "data-parts": parts},
        strip.bar(profile, place, simulated, counts, then),
        *(_scene(scene, profile, board) for scene in screen.scenes),
        el("div", {"class": "lost", "role": "status", "data-lost": "wall"}),
    )  # fmt: skip


def _scene(scene: Scene, profile: Profile, board: Board | Past) -> Markup:
    hero = scene.places[0]
    headline = _frame(Place("headline", hero.indicator, hero=True), profile, board, "headline")
    panels = [_frame(place, profile, board, "frame hero" if place.hero else "frame") for place in scene.places]
    attributes = {
        "class": "scene",
        "data-scene": scene.name,
        "data-only-raised": scene.only_raised,
        "aria-label": scene.title,
    }
    return el("section", attributes, headline, el("div", {"class": "scene-grid"}, *panels))


def _frame(place: Place, profile: Profile, board: Board | Past, name: str) -> Markup:
    key = (place.form, place.indicator, f"{profile.name}.{'hero' if place.hero else 'cell'}")
    _, drawing = board.drawing(key)
    return el("div", {"class": name, "data-panel": "~".join(key), "data-plain": ""}, drawing)


def _night(profile: Profile) -> Markup:
    """The page of rest: dark, one clock that wanders, and why."""
    until = "" if profile.rest is None else f"{profile.rest[1] // 60:02d}.{profile.rest[1] % 60:02d}"
    return el(
        "div", {"class": "night", "hidden": True},
        el("div", {"class": "night-words"}, el("b", {"data-clock": "time"}),
           el("span", {}, f"Layar beristirahat sampai {until} WIB, menyala bila ada peringatan")),
    )  # fmt: skip
