"""Payloads for every callback, made from what the application itself says of it, as somebody with a terminal would."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FAMILY = {"form": "tile", "indicator": "calls112.asa", "look": "page", "question": "calls112.answering"}
"""What stands for MATCH."""
GUESSED = {"n_clicks": 1, "n_intervals": 1, "pathname": "/", "search": "", "value": "x", "data": "x"}


def press(client: FlaskClient, key: str, told: dict[str, Any], given: dict[str, Any] | None = None) -> TestResponse:
    """Call the callback `key`, of which Dash tells `told`; `given` are values by 'id.property', others are guessed.

    A given value of {"id": …, "value": …} for a family of components is one member of it, which was pressed.
    """
    given = given or {}
    inputs = [_sent(one, given) for one in told["inputs"]]
    pressed = [one for one in inputs if isinstance(one, list) and one] or [
        one for one in inputs if not isinstance(one, list) and (not given or one["value"])
    ]
    first = pressed[0][0] if pressed and isinstance(pressed[0], list) else pressed[0] if pressed else None
    parts = key.strip(".").split("...") if key.startswith("..") else [key]
    outputs = [{"id": _concrete(part.rpartition(".")[0]), "property": part.rpartition(".")[2].partition("@")[0]}
               for part in parts]  # fmt: skip
    body = {
        "output": key,
        "outputs": outputs if key.startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [_sent(one, given) for one in told.get("state", [])],
        "changedPropIds": [f"{_written(first['id'])}.{first['property']}"] if first else [],
    }
    return client.post("/_dash-update-component", json=body)


def name_of(key: str) -> str:
    """'words-list.children' for the key of a callback, as the list of rules names it."""
    first = (key.strip(".").split("...") if key.startswith("..") else [key])[0]
    identity, _, changed = first.rpartition(".")
    return f"{json.loads(identity)['type'] if identity.startswith('{') else identity}.{changed.partition('@')[0]}"


def _sent(one: dict[str, Any], given: dict[str, Any]) -> Any:
    identity, of = one["id"], one["property"]
    if identity.startswith("{"):
        pattern = json.loads(identity)
        value = given.get(f"{pattern['type']}.{of}")
        if any(part == ["ALL"] for part in pattern.values()):
            members = [] if value is None else value if isinstance(value, list) else [value]
            return [{"id": member["id"], "property": of, "value": member["value"]} for member in members]
        concrete = _concrete(identity)
        return {"id": concrete, "property": of, "value": concrete if of == "id" else value}
    guessed = GUESSED.get(of) if not given else None
    return {"id": identity, "property": of, "value": given.get(f"{identity}.{of}", guessed)}


def _concrete(identity: str) -> Any:
    if not identity.startswith("{"):
        return identity
    return {name: FAMILY.get(name, "x") if part == ["MATCH"] else part for name, part in json.loads(identity).items()}


def _written(identity: Any) -> str:
    return identity if isinstance(identity, str) else json.dumps(identity, sort_keys=True, separators=(",", ":"))
