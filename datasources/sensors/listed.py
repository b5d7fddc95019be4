"""A list of messages that came in one answer: each is read for itself, and what cannot be is refused for itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from datasources.contract import Batch, Refused
from datasources.observation import Observation
from datasources.privacy import mask
from datasources.sensors.said import Fields, Said, observed

Understand = Callable[[Any], Said | None]
"""An item → what it says, None when it measures nothing and is in order. Raises ValueError with a sentence."""


def read_all(items: Iterable[Any], understand: Understand, fields: Fields, place: str, received_at: datetime) -> Batch:
    """The observations and refusals of every item, numbered from 1 in `place`."""
    records: list[Observation] = []
    refused: list[Refused] = []
    for count, item in enumerate(items, start=1):
        where = f"{place}, isi ke-{count}"
        try:
            if not isinstance(item, dict):
                raise ValueError("bukan objek JSON")
            said = understand(item)
            batch = Batch() if said is None else observed(said, fields, received_at, where)
        except ValueError as wrong:
            refused.append(Refused(mask(json.dumps(item, default=str)[:2000]), str(wrong), where))
            continue
        records += batch.records  # type: ignore[arg-type]
        refused += batch.refused
    return Batch(tuple(records), tuple(refused))
