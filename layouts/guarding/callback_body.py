"""Bodies of Dash's callbacks, looked at before Dash does: what no page of ours sends is refused and not a failure."""

from __future__ import annotations

from typing import Any

from dash import Dash
from flask import Flask, abort, request

from dashboard.ingestion.upload_checks import LARGEST
from layouts.access.who import allowed

CALLBACK = "/_dash-update-component"
LARGEST_UPLOAD = 4 * LARGEST // 3 + 65_536
"""Bytes of a callback that carries a file; only who may hand one in is read so far."""
NOT_OURS = "Permintaan ini tidak berasal dari halaman aplikasi."


def register(server: Flask, app: Dash) -> None:
    """400 for JSON that is broken, nested too deeply, of another shape, or for a callback that does not exist."""

    @server.before_request
    def look() -> None:
        if request.method != "POST" or request.path != CALLBACK:
            return
        if allowed("data.hand_in"):
            request.max_content_length = LARGEST_UPLOAD
        try:
            body = request.get_json()
        except RecursionError:
            abort(400, NOT_OURS)
        if not isinstance(body, dict) or not _is_ours(body) or body["output"] not in app.callback_map:
            abort(400, NOT_OURS)


def _is_ours(body: dict[str, Any]) -> bool:
    told = [body.get("inputs", []), body.get("state", [])]
    names = body.get("changedPropIds", [])
    return (
        isinstance(body.get("output"), str)
        and all(isinstance(each, list) and all(map(_is_property, each)) for each in told)
        and isinstance(names, list)
        and all(isinstance(name, str) for name in names)
        and isinstance(body.get("outputs", []), list | dict)
    )


def _is_property(told: Any) -> bool:
    """One property of one component, or those of all that fit a pattern."""
    if isinstance(told, list):
        return all(isinstance(each, dict) and _is_property(each) for each in told)
    if not isinstance(told, dict) or not isinstance(told.get("property"), str):
        return False
    if not isinstance(told.get("id"), dict):
        return isinstance(told.get("id"), str)
    return all(isinstance(value, str | int | float | bool) for value in told["id"].values())
