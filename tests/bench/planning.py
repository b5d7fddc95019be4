"""How long a plan of 47 indicators takes: the cheapest, twelve alternatives, and what each indicator is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

from dashboard.planning.cheapest import cheapest, plans
from dashboard.planning.worth import worths
from tests.planning.problems import mojokerto_like

T = TypeVar("T")
PROMISED_S = 0.5


def run() -> Iterator[str]:
    """One line for each figure."""
    problem = mojokerto_like()
    cheapest(problem)  # loads the libraries
    seconds, best = _timed(lambda: cheapest(problem))
    yield f"planning: 47 indicators, cheapest plan {seconds * 1000:.0f} ms (promised {PROMISED_S * 1000:.0f} ms)"
    seconds, found = _timed(lambda: list(plans(problem, 12)))
    yield f"planning: {len(found)} plans of different kinds {seconds * 1000:.0f} ms"
    assert best is not None
    seconds, each = _timed(lambda: worths(problem, best))
    yield f"planning: worth of {len(each)} indicators {seconds * 1000:.0f} ms"


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result
