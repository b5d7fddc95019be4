"""Five hundred rules looked at once: the seconds of a round, with a tenth of them raised and moving."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from dashboard.alerts.evaluate import evaluate
from dashboard.alerts.rule import WHOLE, AlertRule, Look, Picture
from dashboard.formulas.alert_state import Severity, Timing
from dashboard.store.database import metadata, open_database, writing
from tests.builders import NOW

RULES, ROUNDS = 500, 30


def run() -> list[str]:
    """One line."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'store.db'}")
        metadata.create_all(engine)
        seconds = []
        for n in range(ROUNDS):
            rules, start = [_rule(i, n) for i in range(RULES)], time.perf_counter()
            with writing(engine) as connection:
                evaluate(connection, rules, {}, [], NOW + n * timedelta(seconds=5))
            seconds.append(time.perf_counter() - start)
        engine.dispose()
    worst = sorted(seconds)[-1]
    return [f"alert rules: {RULES} rules, {ROUNDS} rounds, slowest {worst * 1000:.0f} ms (promise <= 1000 ms)"]


def _rule(number: int, round_: int) -> AlertRule:
    seen = Severity.WASPADA if number % 10 == round_ % 10 else Severity.NONE

    def look(rule: AlertRule, picture: Picture) -> dict[str, Look]:
        return {WHOLE: Look(seen, f"Aturan {number} pada putaran {round_}")}

    return AlertRule(f"uji.{number}", f"Aturan {number}", "uji", "Diskominfo", "Periksa.", look, Timing())
