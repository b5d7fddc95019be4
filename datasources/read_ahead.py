"""Making the next batch while the present one is kept: the processor reads while the database writes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def read_ahead(batches: Iterator[T]) -> Iterator[T]:
    """The same batches in the same order, each made in one other thread while the caller works on the one before.

    For readers whose batches cost processor time and wait for nobody's answer to the one before; one batch more is in
    memory. What making one raises is raised where that batch would have come.
    """
    first = next(batches, None)
    if first is None:
        return
    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as maker:
        coming = maker.submit(next, batches, None)
        yield first
        while (batch := coming.result()) is not None:
            coming = maker.submit(next, batches, None)
            yield batch
