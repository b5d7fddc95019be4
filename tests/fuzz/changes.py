"""Valid samples with some places changed: most of an input stays understandable, so that the deep code is reached."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

NASTY = (
    "", " ", "=1+1", "@SUM(A1)", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "\x00", "\ud800", "\u202e",
    "a\nb", "../../etc/passwd", "%00", "9" * 400, "1e400", "-1e-400", "NaN", "Infinity", "-0", "1.797e309", "0x10",
    "٣", "½", "31/02/2026", "2026-13-40", "0001-01-01", "9999-12-31T23:59:59+14:00", "24:00", "1795409400000000000",
    "🌋" * 50, "x" * 5000, "${SECRET_KEY}", "'; DROP TABLE calls;--", "{{7*7}}", "35.16.99", "Pacet", "true", "null",
    "-", "#REF!",
)  # fmt: skip

scalars = (
    st.sampled_from(NASTY)
    | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from([2**63, -(2**63) - 1, 10**400, 1e308, -1, 0])
)  # fmt: skip
_nested = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
places = st.integers(min_value=0, max_value=10_000)
LOOSE = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e308, float("nan"), float("inf"),
    [], {}, [[]], [None], {"": ""}, {"id": None}, [[], {}], {"value": {"value": []}}, [0] * 50, *NASTY,
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """Two ways to the same kind of input: Hypothesis, which finds the smallest one, and dice, fifty times as fast."""

    strategy: st.SearchStrategy[Any]
    drawn: Callable[[Random], Any] | None = None

    def or_else(self, other: Inputs) -> Inputs:
        """One or the other."""
        one, two = self.drawn, other.drawn
        assert one
        assert two
        return Inputs(self.strategy | other.strategy, lambda dice: (one if dice.random() < 0.5 else two)(dice))


def changed_json(sample: Any) -> Inputs:
    """The sample with one to four of its values replaced, as JSON; NaN and half pairs as Python writes them."""
    swaps = st.lists(st.tuples(places, _nested), min_size=1, max_size=4)
    return Inputs(swaps.map(lambda found: _json(sample, found)), lambda dice: _json(sample, [
        (dice.randrange(10_000), dice.choice(LOOSE)) for _ in range(dice.randint(1, 4))
    ]))  # fmt: skip


def _json(sample: Any, swaps: Sequence[tuple[int, Any]]) -> bytes:
    whole = [copy.deepcopy(sample)]
    for place, value in swaps:
        found = list(_inside(whole))
        holder, key = found[place % len(found)]
        holder[key] = copy.deepcopy(value)
    return json.dumps(whole[0]).encode()


def _inside(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        yield value, key
        yield from _inside(value[key])


def changed_bytes(sample: bytes) -> Inputs:
    """The sample with one to six cuts, repeats and insertions."""
    pieces = [text.encode("utf-8", "surrogatepass") for text in NASTY]
    piece = st.binary(max_size=6) | st.sampled_from(pieces)
    change = st.tuples(places, st.integers(0, 30), piece, st.integers(0, 3))

    def drawn(dice: Random) -> bytes:
        changes = [(dice.randrange(10_000), dice.randint(0, 30), _piece(dice, pieces), dice.randint(0, 3))
                   for _ in range(dice.randint(1, 6))]  # fmt: skip
        return _bytes(sample, changes)

    return Inputs(st.lists(change, min_size=1, max_size=6).map(lambda found: _bytes(sample, found)), drawn)


def _piece(dice: Random, pieces: Sequence[bytes]) -> bytes:
    return dice.randbytes(dice.randint(0, 6)) if dice.random() < 0.5 else dice.choice(pieces)


def _bytes(sample: bytes, changes: Sequence[tuple[int, int, bytes, int]]) -> bytes:
    content = sample
    for place, length, piece, times in changes:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at : at + length] * times + content[at + length :]
    return content[:200_000]


def changed_rows(rows: Sequence[Sequence[Any]]) -> Inputs:
    """A table with one to five cells replaced, or with a row cut or repeated."""
    cells = [value for value in LOOSE if not isinstance(value, list | dict)]
    change = st.tuples(places, places, scalars, st.integers(0, 9))
    return Inputs(st.lists(change, min_size=1, max_size=5).map(lambda found: _rows(rows, found)), lambda dice: _rows(
        rows, [(dice.randrange(10_000), dice.randrange(10_000), dice.choice(cells), dice.randint(0, 9))
               for _ in range(dice.randint(1, 5))]))  # fmt: skip


def _rows(rows: Sequence[Sequence[Any]], changes: Sequence[tuple[int, int, Any, int]]) -> list[list[Any]]:
    table = [list(row) for row in rows]
    for row, column, value, kind in changes:
        at = row % len(table)
        if kind == 0 and len(table) > 1:
            del table[at]
        elif kind == 1:
            table.insert(at, list(table[at]))
        elif table[at]:
            table[at][column % len(table[at])] = value
    return table
