"""QARTOD flags of a reading, each with its reasons; the reading itself is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum


class Flag(IntEnum):
    """The numbers of QARTOD (US IOOS)."""

    PASS = 1
    NOT_EVALUATED = 2
    SUSPECT = 3
    FAIL = 4
    MISSING = 9

    @property
    def word(self) -> str:
        """The word on the screen."""
        return {1: "lolos", 2: "belum diuji", 3: "diragukan", 4: "gagal", 9: "tidak ada data"}[self]


@dataclass(frozen=True, slots=True)
class Sample:
    """A raw value in the unit of its sensor at the end of its interval; None when it did not come."""

    at: datetime
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The flag of one reading and why, in words; a pass has no reasons."""

    flag: Flag
    reasons: tuple[str, ...] = ()


PASSED = Judged(Flag.PASS)
NOT_EVALUATED = Judged(Flag.NOT_EVALUATED)
MISSING = Judged(Flag.MISSING, ("tidak ada data",))

_GRAVITY = (Flag.NOT_EVALUATED, Flag.PASS, Flag.SUSPECT, Flag.FAIL)


def worst(judgements: Sequence[Judged]) -> Judged:
    """All tests of one reading together: the gravest flag and every reason; passed when one test could be made.

    A missing reading stays missing. Without any test it is not evaluated, which is not a pass.
    """
    if any(judged.flag is Flag.MISSING for judged in judgements):
        return MISSING
    flag = max((judged.flag for judged in judgements), key=_GRAVITY.index, default=Flag.NOT_EVALUATED)
    return Judged(flag, tuple(dict.fromkeys(reason for judged in judgements for reason in judged.reasons)))
