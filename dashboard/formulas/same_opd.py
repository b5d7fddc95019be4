"""Whether two names mean one OPD: the one comparison by which a head reaches what is the own OPD's."""

from __future__ import annotations


def same_opd(one: str | None, other: str | None) -> bool:
    """Case and spaces do not matter; no name is nobody's."""
    folded = [" ".join((name or "").casefold().split()) for name in (one, other)]
    return bool(folded[0]) and folded[0] == folded[1]
