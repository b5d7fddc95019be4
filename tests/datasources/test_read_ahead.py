"""Batches made ahead: all of them, in order, one at a time ahead, and their errors where they belong."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from datasources.contract import SourceUnavailable
from datasources.read_ahead import read_ahead


def test_every_batch_comes_once_and_in_order() -> None:
    assert list(read_ahead(iter(range(100)))) == list(range(100))


def test_nothing_stays_nothing_and_starts_no_thread() -> None:
    before = threading.active_count()
    assert list(read_ahead(iter(()))) == []
    assert threading.active_count() == before


def test_the_next_is_made_while_the_caller_works() -> None:
    made_second = threading.Event()

    def batches() -> Iterator[int]:
        yield 1
        made_second.set()
        yield 2

    ahead = read_ahead(batches())
    assert next(ahead) == 1
    assert made_second.wait(5)
    assert list(ahead) == [2]


def test_no_more_than_one_is_made_ahead() -> None:
    made: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    ahead = read_ahead(batches())
    assert [next(ahead), next(ahead)] == [0, 1]
    ahead.close()  # type: ignore[attr-defined]
    assert made == [0, 1, 2]


def test_what_making_one_raises_comes_after_those_before_it() -> None:
    def batches() -> Iterator[int]:
        yield 1
        raise SourceUnavailable("berkas hilang")

    ahead = read_ahead(batches())
    assert next(ahead) == 1
    with pytest.raises(SourceUnavailable, match="berkas hilang"):
        next(ahead)


def test_a_caller_that_stops_leaves_no_thread() -> None:
    before = threading.active_count()
    ahead = read_ahead(iter(range(10)))
    next(ahead)
    ahead.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
