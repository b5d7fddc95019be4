"""Percentiles of measured times."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(times: Sequence[float], p: int) -> float:
    """The nearest-rank percentile, without interpolation: a time that was measured."""
    return sorted(times)[math.ceil(p * len(times) / 100) - 1]
