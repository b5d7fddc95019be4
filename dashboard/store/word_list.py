"""A list of words as rows of a statement, by one parameter however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import JSON, Connection, TableValuedAlias, cast, func


def each_of(connection: Connection, words: Collection[str]) -> TableValuedAlias:
    """A row for each word, in a column "value": one statement for all numbers of them, which a list in IN is not."""
    if connection.dialect.name == "sqlite":
        return func.json_each(json.dumps(list(words))).table_valued("value")
    return func.json_array_elements_text(cast(list(words), JSON)).table_valued("value")
