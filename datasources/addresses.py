"""Addresses as they may be shown to anybody: without what stands in them as a password or a key."""

from __future__ import annotations

import re

from datasources.privacy import MASK

_USER = re.compile(r"^(\w[\w+.-]*:)?(//)?.*@", re.DOTALL)
_VALUE = re.compile(r"([?&#][^=&\s]*=)[^&\s]*")


def without_secrets(text: str) -> str:
    """A text that may be an address: what stands before its last '@' and the values of its query are masked."""
    return _VALUE.sub(rf"\1{MASK}", _USER.sub(_masked, text, count=1))


def _masked(found: re.Match[str]) -> str:
    # Without "//" the word before a colon is no scheme but the user.
    return f"{found[1] or ''}//{MASK}@" if found[2] else f"{MASK}@"
