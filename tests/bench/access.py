"""What knowing who asks, and asking for every right, costs a page: with and without, in turns, in ms."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from flask.testing import FlaskClient

from dashboard import clock, settings
from dashboard.access import passwords, sign_in
from dashboard.store import people
from dashboard.store.database import metadata, open_database, writing
from dashboard.store.people import Person
from dashboard.store.tables import TABLES
from layouts import application
from layouts.access import guard, who
from layouts.board import Board
from tests.bench.postgres_schema import postgres_schema
from tests.bench.waits import percentile
from tests.dash_payload import ALL_TIME, ask, send
from tests.forms import posted
from tests.keys import KEYS

PROMISE_MS = 10
ROUNDS = int(os.environ.get("BENCH_ACCESS", "120"))
PASSWORD = "empat kuda hitam berlari"
ANI = Person(1, "ani", "Ani", "analis")
Cost = tuple[float, float]
"""ms by the clock, and of this thread's own processor time, which is to be trusted on a busy machine."""
assert TABLES


def run() -> Iterator[str]:
    """The difference of each kind of request on each database, and the sign-in taken apart."""
    with tempfile.TemporaryDirectory() as folder, postgres_schema() as postgres:
        for url in filter(None, [f"sqlite:///{folder}/store.db", postgres]):
            yield from _measured(Path(folder), url)


def _measured(folder: Path, url: str) -> Iterator[str]:
    engine = open_database(url)
    metadata.create_all(engine)
    with writing(engine) as connection:
        people.add_person(connection, "ani", "Ani", "analis", None, passwords.hashed(PASSWORD), clock.now())
    keys = {**KEYS, "VAR": str(folder), "DATABASE_URL": url}
    with patch.object(application, "open_database", lambda _: engine), patch.object(Board, "_watch"):
        app = application.build(settings.load(keys))
    client = app.server.test_client()
    assert posted(client, "/masuk", nama="ani", sandi=PASSWORD).status_code == 303
    for what, request in _requests(client).items():
        yield _compared(f"{engine.dialect.name}, {what}", request)
    yield _sign_in(engine.dialect.name, lambda: sign_in.sign_in(engine, "ani", PASSWORD, clock.now()))
    engine.dispose()


def _requests(client: FlaskClient) -> dict[str, Callable[[], object]]:
    place = [("_pages_location", "pathname", "/112"), ("_pages_location", "search", "")]
    return {
        "frame of a page": lambda: client.get("/_dash-layout"),
        "page /112": lambda: send(client, [("_pages_content", "children"), ("_pages_store", "data")], place),
        "one question": lambda: ask(client, "calls112.answering", ALL_TIME),
        "list of indicators": lambda: client.get("/api/v1/indicators"),
    }


def _compared(what: str, request: Callable[[], object]) -> str:
    """In turns, so that what else the machine does falls on both alike."""
    request()
    asked: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(ROUNDS):
        asked.append(_cost(request))
        with patch.object(who, "person_of", lambda *_: ANI), patch.object(guard, "meets", lambda _: True), \
             patch.object(who, "may", lambda *_: True):  # fmt: skip
            plain.append(_cost(request))
    more = _p50(asked, 1) - _p50(plain, 1)
    return (
        f"{what}: by the clock p50 {_p50(asked, 0):.1f} with checks and {_p50(plain, 0):.1f} without, own time "
        f"{_p50(asked, 1):.1f} and {_p50(plain, 1):.1f} ms; more by own time {more:+.2f}, by the least clock "
        f"{_least(asked) - _least(plain):+.2f} ms; promise <= {PROMISE_MS} ms {_verdict(more)}"
    )


def _sign_in(database: str, enter: Callable[[], object]) -> str:
    """argon2 is slow by intention; what else a sign-in costs is the difference."""
    rounds = max(10, ROUNDS // 6)
    whole = [_cost(enter) for _ in range(rounds)]
    with patch.object(sign_in, "fits", lambda *_: True):
        rest = [_cost(enter) for _ in range(rounds)]
    return (
        f"{database}, signing in: own processor time p50 {_p50(whole, 1):.1f} ms (by the clock {_p50(whole, 0):.1f}, "
        f"least {_least(whole):.1f}), without argon2 {_p50(rest, 1):.1f} ms (by the clock {_p50(rest, 0):.1f}, least "
        f"{_least(rest):.1f}); promise <= {PROMISE_MS} ms {_verdict(_p50(rest, 1))}"
    )


def _p50(costs: list[Cost], which: int) -> float:
    return percentile([cost[which] for cost in costs], 50)


def _least(costs: list[Cost]) -> float:
    return min(cost[0] for cost in costs)


def _verdict(ms: float) -> str:
    return "kept" if ms <= PROMISE_MS else "MISSED"


def _cost(request: Callable[[], object]) -> Cost:
    start, begun = time.perf_counter(), time.thread_time()
    request()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - begun) * 1000


if __name__ == "__main__":
    for line in run():
        print(line, file=sys.stdout, flush=True)
