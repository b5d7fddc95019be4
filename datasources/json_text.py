"""JSON of others as values that every database can keep: no NUL, no half of a pair, no number that is none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

_UNKEEPABLE = re.compile(r"\\u(0000|[dD][89a-fA-F])")
_HALF = re.compile("[\x00\ud800-\udfff]")
_ENDLESS = re.compile(r"(?<![.\d])\d{300}")
MOST_DIGITS = 1000
REPLACED = "\ufffd"


def loads(body: bytes, parse_float: Callable[[str], Any] = float) -> Any:
    """The value of a body in UTF-8, 16 or 32; NaN and Infinity are texts. Raises ValueError and RecursionError.

    What no database keeps as text (NUL, half of a surrogate pair) becomes U+FFFD.
    """
    text = body.decode(json.detect_encoding(body)).removeprefix("\ufeff")
    # A number of hundreds of digits is an int that no float can hold: it becomes a float, or what stands for one.
    parse_int = partial(_endless, parse_float) if _ENDLESS.search(text) else None
    value = json.loads(text, parse_float=parse_float, parse_int=parse_int, parse_constant=str)
    return _keepable(value) if _UNKEEPABLE.search(text) else value


def _endless(parse_float: Callable[[str], Any], digits: str) -> Any:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return parse_float(digits)


def _keepable(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub(REPLACED, value)
    if isinstance(value, list):
        return [_keepable(inner) for inner in value]
    if isinstance(value, dict):
        return {_keepable(key): _keepable(inner) for key, inner in value.items()}
    return value
