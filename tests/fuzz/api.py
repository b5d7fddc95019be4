"""`python -m tests.fuzz.api [cases per operation]`: the API by its own description, over the whole application."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from dashboard import clock
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store import measurements
from dashboard.store.database import writing
from dashboard.store.measurements import Measurement
from tests.fuzz.changes import NASTY
from tests.layouts.guarded import guarded

log = logging.getLogger("fuzz")
CASES = 7_000
"""For each operation with parameters, and again for what its description forbids: more than twenty thousand in all."""
FEW = 20
"""For an operation without parameters."""
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def main(cases: int, derandomize: bool = False) -> Counter[int]:
    """Answers by status. Raises AssertionError for a failure of the server or an answer unlike the description."""
    server = guarded(Path(tempfile.mkdtemp(prefix="fuzz-api-")))
    _filled(server)
    served = server.wsgi_app
    # This machine itself is not counted: what is tried are the answers, not the limits.
    server.wsgi_app = lambda environ, start: served({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)  # type: ignore[method-assign]
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)
    found: Counter[int] = Counter()
    for operation in (result.ok() for result in description.get_all_operations()):
        has_parameters = bool(operation.path_parameters or operation.query)
        # A path of any text cannot be wrong by its description; a query can.
        for mode in MODES if operation.query else MODES[:1]:
            _attack(operation, mode, cases if has_parameters else FEW, found, derandomize)
            log.info("%s %s: %s answers so far", operation.label, mode.value, found.total())
    server.extensions["test_engine"].dispose()
    return found


def _filled(server: Flask) -> None:
    with writing(server.extensions["test_engine"]) as connection:
        now = clock.now()
        measurements.append(connection, [
            Measurement("calls112.asa", Decimal("9.25"), "detik", "baik", "normal", 31, now, now, "", {}, False)
        ])  # fmt: skip


def _attack(operation: object, mode: GenerationMode, cases: int, found: Counter[int], derandomize: bool) -> None:
    names = st.sampled_from([*sorted(CATALOGUE)[:20], *(text for text in NASTY if text.isprintable())])

    @settings(max_examples=cases, deadline=None, database=None, derandomize=derandomize,
              suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), name=names | st.none())  # type: ignore[attr-defined]
    def ask(case: object, name: str | None) -> None:
        if name and case.path_parameters:  # type: ignore[attr-defined]
            case.path_parameters["indicator"] = name  # type: ignore[attr-defined]
        answer = case.call(headers={"Accept-Encoding": "identity"})  # type: ignore[attr-defined]
        found[answer.status_code] += 1
        assert answer.status_code < 500, f"{answer.status_code} for {case!r}"
        if answer.status_code in (200, 400) and mode is GenerationMode.POSITIVE:
            case.operation.validate_response(answer)  # type: ignore[attr-defined]

    ask()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    log.setLevel(logging.INFO)
    began = time.monotonic()
    answers = main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
    told = ", ".join(f"{status}: {n}" for status, n in sorted(answers.items()))
    print(f"API: {answers.total()} cases in {time.monotonic() - began:.0f} s ({told}), no failure of the server")
