"""Agencies by code: what a source writes about who handles an incident, as one name for all sources."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from dashboard.store.meanings import codes
from dashboard.vocabulary112 import agencies, folded

NO_AGENCY = "OPD belum dicatat"
UNMAPPED_AGENCY = "OPD belum dipetakan"
"""What people typed there may be anything, a name too: until it is mapped it is counted and not shown."""


def agency_titles(connection: Connection, words: Iterable[str | None]) -> dict[str | None, str]:
    """The title for each word a source uses; words nobody has mapped share one."""
    known, titles = codes(connection, "agency"), agencies()
    found: dict[str | None, str] = {None: NO_AGENCY, "": NO_AGENCY}
    for word in words:
        if word:
            code = known.get(folded(word), "")
            found[word] = titles[code].title if code in titles else UNMAPPED_AGENCY
    return found
