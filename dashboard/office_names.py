"""Names of agencies as people write them: several owners in one line, a part in brackets, a name written out."""

from __future__ import annotations

import re
from functools import cache

from dashboard.vocabulary112 import agencies, folded, shipped_words

_ASIDE = re.compile(r"\s*\(.*\)$")


def offices_in(owner: str) -> list[str]:
    """'DPMPTSP, Dispendukcapil' → both; what stands in brackets is a part of an agency. 'Dinas Kesehatan' is Dinkes."""
    return [_named(_ASIDE.sub("", name).strip()) for name in owner.split(",") if name.strip()]


@cache
def _named(name: str) -> str:
    code = shipped_words("agency").get(folded(name))
    return name if code is None else agencies()[code].title


def is_of(office: str, owner: str) -> bool:
    """Whether an agency is (one of) the owners."""
    return office in offices_in(owner)
