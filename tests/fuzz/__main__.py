"""`python -m tests.fuzz [how many times the usual number]`: every parser under fire; exit code 1 for a crash."""

from __future__ import annotations

import sys
import time
import traceback
from random import Random

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz import json_readers, tables, texts
from tests.fuzz.parser import Parser

PARSERS = {**json_readers.PARSERS, **texts.PARSERS, **tables.PARSERS}
INPUTS, ROLLED = 400, 3_000
"""For each of the parsers, by Hypothesis and by dice: more than a hundred thousand in all."""


def fire(parser: Parser, inputs: int, derandomize: bool = False) -> int:
    """Feed the parser so many inputs; returns how many it was fed. Raises whatever it did not expect."""
    fed = 0

    @settings(
        max_examples=max(1, inputs), deadline=None, database=None, derandomize=derandomize,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(parser.inputs.strategy)
    def run(value: object) -> None:
        nonlocal fed
        fed += 1
        parser.run(value)

    run()
    return fed


def roll(parser: Parser, inputs: int) -> int:
    """Feed the parser so many inputs by dice; the seed and the number of a bad one stand in its note."""
    drawn = parser.inputs.drawn
    if drawn is None:
        return fire(parser, inputs, derandomize=True)
    for number in range(inputs):
        value = drawn(Random(number))
        try:
            parser.run(value)
        except BaseException as crash:
            crash.add_note(f"input {number}: {value!r}")
            raise
    return inputs


def main(inputs: int, rolled: int) -> int:
    """Fire at every parser; returns the number of parsers that crashed."""
    total = crashed = 0
    began = time.monotonic()
    for name, parser in PARSERS.items():
        started = time.monotonic()
        try:
            fed = fire(parser, inputs // parser.share) + roll(parser, rolled // parser.share)
            word = "ok"
        except BaseException as crash:
            if isinstance(crash, KeyboardInterrupt):
                raise
            crashed += 1
            fed, word = 0, f"CRASH {type(crash).__name__}: {str(crash)[:300]}"
            _where(crash)
        total += fed
        print(f"{name:28} {fed:7} inputs {time.monotonic() - started:6.1f} s  {word}", flush=True)
    print(f"{len(PARSERS)} parsers, {total} inputs, {crashed} crashed, {time.monotonic() - began:.0f} s")
    return crashed


def _where(crash: BaseException) -> None:
    for note in getattr(crash, "__notes__", []):
        print(note[:400])
    print("".join(traceback.format_exception(crash)[-6:]))


if __name__ == "__main__":
    times = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    sys.exit(1 if main(round(INPUTS * times), round(ROLLED * times)) else 0)
