"""How long callers waited, as exactly as the source tells it: to the second, or in buckets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import mul

from dashboard.formulas.percentile import checked

Bucket = tuple[int, int | None]
"""More than the first second (from it, when 0) up to and with the second; None: without end."""


@dataclass(frozen=True)
class Waits:
    """Waits of one kind of call. Add those of several periods: what either does not know, the sum does not know.

    `edges` None: each wait is known to the second and `counts` holds seconds → n. Else the calls are counted up to
    each edge only: `counts` holds edge → n of the bucket that ends there, and `beyond` the calls after the last edge.
    """

    counts: Mapping[int, int] = field(default_factory=dict)
    edges: frozenset[int] | None = None
    beyond: int = 0

    def __hash__(self) -> int:
        """Of how many there are: figures of weeks that are over are remembered by their waits."""
        return hash((self.total, len(self.counts), self.edges))

    def __add__(self, other: Waits) -> Waits:
        if self.exact and other.exact:
            return Waits(dict(Counter(self.counts) + Counter(other.counts)))
        edges = frozenset(edge for edge in (self.edges or set()) | (other.edges or set()) if self.knows(edge, other))
        return Waits._upto(edges, {edge: _sum(self, other, edge) for edge in edges}, self.total + other.total)

    @property
    def exact(self) -> bool:
        """Whether each wait is known to the second."""
        return self.edges is None

    @cached_property
    def total(self) -> int:
        """All calls of this kind whose wait is told."""
        return sum(self.counts.values()) + self.beyond

    @cached_property
    def edges_in_order(self) -> list[int]:
        """The seconds (or edges) of `counts`, the shortest first."""
        return sorted(self.counts)

    @cached_property
    def within_edges(self) -> list[int]:
        """Calls within none of them, within the first, within the first two …: added up once, asked often."""
        return list(accumulate(map(self.counts.__getitem__, self.edges_in_order), initial=0))

    def knows(self, threshold_s: int, *others: Waits) -> bool:
        """Whether it is known of every call if it waited longer than this."""
        return all(waits.edges is None or threshold_s in waits.edges for waits in (self, *others))

    def within(self, threshold_s: int) -> int | None:
        """Calls that waited at most so many seconds; None when the threshold lies inside a bucket."""
        if not self.knows(threshold_s):
            return None
        return self.within_edges[bisect_right(self.edges_in_order, threshold_s)]

    @cached_property
    def total_s(self) -> int | None:
        """Seconds waited in all; None when only buckets are known."""
        return sum(map(mul, self.counts.keys(), self.counts.values())) if self.exact else None

    @property
    def mean_s(self) -> Fraction | None:
        """Mean wait; None without calls or when only buckets are known."""
        return Fraction(self.total_s, self.total) if self.total_s is not None and self.total else None

    @property
    def longest_s(self) -> int | None:
        """The longest wait; None without calls or when only buckets are known."""
        return next((wait for wait in reversed(self.edges_in_order) if self.counts[wait]), None) if self.exact else None

    def percentile_s(self, percent: int) -> int | None:
        """Nearest-rank percentile; None without calls or when only buckets are known."""
        if not self.exact or not self.total:
            return None
        rank = -(-checked(percent) * self.total // 100)
        return self.edges_in_order[bisect_left(self.within_edges, rank) - 1]

    @classmethod
    def of(cls, seconds: Iterable[int]) -> Waits:
        """From single waits."""
        return cls(dict(Counter(seconds)))

    @classmethod
    def in_buckets(cls, buckets: Mapping[Bucket, int], total: int | None = None) -> Waits:
        """From exclusive buckets, known as far as they follow each other from 0 without a gap.

        `total` are all calls of this kind where the source says so; without it all buckets are needed to the open one.
        Raises ValueError when the buckets hold more calls than the total or two begin at the same second.
        """
        edges, known, at = [], {}, 0
        ends = dict(tuple(buckets))
        if len(ends) < len(buckets):
            raise ValueError("dua kelompok waktu tunggu mulai pada detik yang sama")
        while (end := ends.get(at)) is not None and end > at:
            known[end] = buckets[at, end]
            edges.append(end)
            at = end
        counted = sum(known.values())
        beyond = buckets.get((at, None), 0) if total is None else total - counted
        if beyond < 0:
            raise ValueError(f"kelompok waktu tunggu berisi {counted} panggilan, lebih dari jumlahnya, {total}")
        return cls(known, frozenset(edges), beyond)

    @classmethod
    def _upto(cls, edges: frozenset[int], cumulative: Mapping[int, int], total: int) -> Waits:
        counts, before = {}, 0
        for edge in sorted(edges):
            counts[edge] = cumulative[edge] - before
            before = cumulative[edge]
        return cls(counts, edges, total - before)


def bucket(label: str) -> Bucket:
    """ "10-15" → (10, 15), "120-" → (120, None). Raises ValueError for a label that is no bucket."""
    start, dash, end = label.replace("–", "-").partition("-")
    try:
        found = int(start), int(end) if end.strip() else None
    except ValueError:
        found = (0, 0)
    if not dash or (found[1] is not None and found[1] <= found[0]):
        raise ValueError(f"'{label}' bukan kelompok waktu tunggu; tulis seperti 10-15 atau 120-")
    return found


def _sum(one: Waits, other: Waits, edge: int) -> int:
    return (one.within(edge) or 0) + (other.within(edge) or 0)
