"""JSON of others: what no database keeps is replaced, what is no number is text, what is no JSON is refused."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from datasources.json_text import loads


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null, true, "x"]}', {"a": [1, 2.5, None, True, "x"]}),
        (b'"a\\u0000b"', "a\ufffdb"),
        (b'{"\\ud800": ["\\udc00"]}', {"\ufffd": ["\ufffd"]}),
        (b'"\\ud83c\\udf0b"', "🌋"),
        (b'"\\\\u0000"', "\\u0000"),
        (b"[NaN, Infinity, -Infinity]", ["NaN", "Infinity", "-Infinity"]),
        ("[1]".encode("utf-16"), [1]),
        (b"\xef\xbb\xbf[1]", [1]),
    ],
)
def test_what_can_be_kept_is_kept(body: bytes, value: Any) -> None:
    assert loads(body) == value


def test_a_number_without_end_is_no_failure() -> None:
    (number,) = loads(b"[" + b"9" * 400 + b"]")
    assert math.isinf(number)
    assert loads(b"[" + b"9" * 400 + b"]", Decimal) == [Decimal("9" * 400)]


@pytest.mark.parametrize("body", [b'"\xed\xa0\x80"', b'"\x00"', b"", b"{", b'{"a":1}x', b"\xff\xfe\x00", b"1" * 5000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        loads(body)


def test_nesting_without_end_is_said_as_such() -> None:
    with pytest.raises((RecursionError, json.JSONDecodeError)):
        loads(b"[" * 200_000)
