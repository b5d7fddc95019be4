"""What a browser sends to a callback, made by hand: the way in that no hidden button protects."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ALL_TIME = "2026-09-01~2026-11-28~"


def send(
    client: FlaskClient,
    outputs: list[tuple[Any, str]],
    inputs: list[tuple[Any, str, Any]],
    match: tuple[str, ...] = (),
) -> TestResponse:
    """One callback: its outputs as (id, property), its inputs as (id, property, value); `match` names the wildcards."""
    names = [f"{_pattern(one, match)}.{of}" for one, of in outputs]
    told = [{"id": one, "property": of} for one, of in outputs]
    body = {
        "output": names[0] if len(names) == 1 else f"..{'...'.join(names)}..",
        "outputs": told[0] if len(told) == 1 else told,
        "inputs": [{"id": one, "property": of, "value": value} for one, of, value in inputs],
        "changedPropIds": [f"{_written(one)}.{of}" for one, of, _ in inputs],
    }
    return client.post("/_dash-update-component", json=body)


def _pattern(one: Any, match: tuple[str, ...]) -> str:
    if isinstance(one, str):
        return one
    return _written({key: ["MATCH"] if key in match else value for key, value in one.items()})


def _written(one: Any) -> str:
    """An id with a pattern, as Dash writes it."""
    return one if isinstance(one, str) else json.dumps(one, sort_keys=True, separators=(",", ":"))


def ask(client: FlaskClient, question: str, filters: str = ALL_TIME) -> str:
    """What the one callback of all questions answers, as text."""
    outputs = [({"type": kind, "question": question}, "children") for kind in ("answer", "answer-foot", "answer-links")]
    body = outputs[0][0]
    sent = send(client, outputs, [("filters", "data", filters), (body, "id", body)], ("question",))
    assert sent.status_code == 200, sent.get_data(as_text=True)[:500]
    return words(sent)


def words(sent: TestResponse) -> str:
    """The answer with its signs as they are: Dash escapes the brackets of markup."""
    return json.dumps(sent.get_json(), ensure_ascii=False) if sent.is_json else sent.get_data(as_text=True)
