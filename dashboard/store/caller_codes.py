"""How long the code of a caller may live: it is dropped when it is kept late, and emptied later by forgetting.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

LONGEST_HASH = timedelta(hours=72)
"""Long enough to see who rings again and who was not called back; nothing else needs it."""


def living(code: str | None, moment: datetime | None, known_at: datetime) -> str | None:
    """The code, or None when its call is older than 72 hours."""
    return None if moment is not None and known_at - moment > LONGEST_HASH else code


def living_codes(
    codes: Sequence[str | None], moments: Sequence[datetime | None], known_at: datetime
) -> list[str | None]:
    """`living` of a column of codes, beside the column of the moments of their calls."""
    before = known_at - LONGEST_HASH
    return [
        None if moment is not None and moment < before else code for code, moment in zip(codes, moments, strict=True)
    ]
