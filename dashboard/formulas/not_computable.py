"""A figure that the data cannot give: what is missing for it, in words, instead of a number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class NotComputable:
    """What is missing, as a clause after "tidak dapat dihitung dari sumber ini:"."""

    missing: str


NO_CALL = NotComputable("tidak ada panggilan pada masa ini")
NO_ANSWERED = NotComputable("tidak ada panggilan terjawab pada masa ini")

Count = int | NotComputable
Figure = Fraction | NotComputable


def minus(whole: Count, part: Count) -> Count:
    """The difference of two counts when both are known."""
    if isinstance(whole, NotComputable):
        return whole
    return part if isinstance(part, NotComputable) else whole - part


def share(part: Count, whole: Count) -> Figure:
    """Part over whole when both are known and there is something to divide by."""
    if isinstance(whole, NotComputable):
        return whole
    if isinstance(part, NotComputable):
        return part
    return Fraction(part, whole) if whole > 0 else NO_CALL
