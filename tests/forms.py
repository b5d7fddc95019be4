"""Sending a form as a browser does: the page is fetched first, and its token goes back with the fields."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layouts.guarding.form_token import FIELD

_TOKEN = re.compile(rf'name="{FIELD}" value="(\w+)"')


def posted(client: FlaskClient, path: str, page: str = "", **fields: str) -> TestResponse:
    """The form of `page` (the same path when empty) sent to `path`."""
    found = _TOKEN.search(client.get(page or path).get_data(as_text=True))
    assert found, f"no form with a token on {page or path}"
    return client.post(path, data={FIELD: found[1], **fields})
