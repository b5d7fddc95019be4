"""When a row last came to say something else than it said first: what the past cannot be asked without."""

from __future__ import annotations

from sqlalchemy import Column, Table

from dashboard.store.database import UtcTime

RESTATED_AT = "restated_at"


def restated_at(*ignoring: str) -> Column:
    """The column for it, empty while the row says what it said when it became known. Kept by `upsert`.

    `ignoring` names columns of which a change is no news, such as codes that are forgotten.
    """
    return Column(RESTATED_AT, UtcTime, info={"ignoring": ignoring})


def ignored(table: Table) -> tuple[str, ...]:
    """The columns of a table of which a change is no news."""
    names: tuple[str, ...] = table.c[RESTATED_AT].info["ignoring"]
    return names
