"""Every request and every callback is asked for its right before anything of it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from dash import Dash, Output, html, no_update
from dash.exceptions import PreventUpdate
from flask import Flask, abort, g, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response

from layouts.access.door import door
from layouts.access.refusals import note_refusal
from layouts.access.rules import CALLBACKS, ROUTES, Rule, named, writes
from layouts.access.who import NOT_ALLOWED, allowed, person
from layouts.editing.saving import wrong


def register(server: Flask) -> None:
    """Refuse addresses without a rule, and those whose rule who asks does not meet."""

    @server.before_request
    def ask() -> Response | None:
        if request.url_rule is None:
            return None
        rule = ROUTES.get(request.url_rule.rule)
        if rule is not None and meets(rule):
            return None
        note_refusal("halaman", f"{request.method} {request.path}")
        return _refused()


def meets(rule: Rule) -> bool:
    """Whether who asks may do one of these; a rule without any is open."""
    return not rule or any(allowed(action) for action in rule)


def _refused() -> Response:
    if request.path.startswith("/api/"):
        return make_response(jsonify(error=NOT_ALLOWED), 403)
    if person() is None and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return redirect(f"/masuk?lalu={quote(request.path)}")
    return abort(403, NOT_ALLOWED)


def at_door(title: str, path: str, layout: Callable[..., Any], rule: Rule) -> Callable[..., Any]:
    """The page for those who may; for others its title and the way in."""

    def asked(**given: Any) -> Any:
        if meets(rule) or g.get("validating"):
            return layout(**given)
        note_refusal("halaman", path)
        return html.Div([html.H1(title), door(title, path)])

    return asked


class GuardedDash(Dash):
    """Dash, of which every callback asks for its right first; one that has no rule answers nobody."""

    def callback(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """As Dash's own."""
        keep = super().callback(*args, **kwargs)
        outputs = _outputs(args, kwargs)
        name = named(outputs) if outputs else ""

        def decorate(function: Callable[..., Any]) -> Any:
            return keep(_guarded(function, name, len(outputs)))

        return decorate


def _outputs(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Output]:
    given = [*args, *([kwargs["output"]] if "output" in kwargs else [])]
    flat = [one for arg in given for one in (arg if isinstance(arg, list | tuple) else [arg])]
    return [one for one in flat if isinstance(one, Output)]


def _guarded(function: Callable[..., Any], name: str, outputs: int) -> Callable[..., Any]:
    rule = CALLBACKS.get(name)

    @wraps(function)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if rule is not None and (meets(rule) or g.get("validating")):
            return function(*args, **kwargs)
        if not writes(name):
            raise PreventUpdate
        note_refusal("perubahan", name.partition(".")[0].removesuffix("-said"))
        sentence = wrong(NOT_ALLOWED)
        return sentence if outputs == 1 else (sentence, *[no_update] * (outputs - 1))

    return asked
