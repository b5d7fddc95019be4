"""A list of words or numbers as rows of a statement, by one parameter however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import JSON, Connection, TableValuedAlias, cast, func


def each_of(connection: Connection, words: Collection[str] | Collection[int]) -> TableValuedAlias:
    """A row for each, as text or number, in a column "value": one statement however many, which a list in IN is not."""
    if connection.dialect.name == "sqlite":
        return func.json_each(json.dumps(list(words))).table_valued("value")
    return func.json_array_elements_text(cast(list(words), JSON)).table_valued("value")
