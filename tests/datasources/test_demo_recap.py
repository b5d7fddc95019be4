"""The recap that the simulated centre published of an earlier year, read by the real reader."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from datasources.calls112.records import RecapCount
from datasources.demo import recap_112
from datasources.demo.world import SEED, year_of
from tests.datasources.demo_regency import START, fetched

YEAR = year_of(START) - 1


def test_the_recap_says_what_the_calls_of_that_year_say_but_for_one_total(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    recap_112.write_recap(tmp_path / "demo" / "rekap_112.xlsx", SEED, YEAR)
    batch = fetched(tmp_path, "rekap_112")
    assert batch.refused == ()
    counts = [record for record in batch.records if isinstance(record, RecapCount)]
    calls, categories = recap_112.counted(SEED, YEAR)
    said = Counter[tuple[str, str]]()
    for c in counts:
        said[c.subject, c.label] += 0 if c.is_total else c.n
    assert said["calls", "offered"] == sum(m["answered"] + m["abandoned"] + m["timeout"] for m in calls)
    assert said["classes", "ghost"] == sum(m["ghost"] for m in calls)
    assert said["categories", "KEBAKARAN"] == sum(m["KEBAKARAN"] for m in categories)
    assert {c.subject for c in counts} == {"calls", "classes", "categories"}
    (off,) = (c for c in counts if c.is_total and c.n != added_up(c, counts))
    assert (off.subject, off.label, off.n) == ("classes", "total", recap_112.with_a_slip(added_up(off, counts)))


@pytest.mark.parametrize(("right", "slipped"), [(29075, 20975), (31155, 32155), (144, 154), (199, 109)])
def test_a_slip_of_the_pen_changes_the_number(right: int, slipped: int) -> None:
    assert recap_112.with_a_slip(right) == slipped


def added_up(total: RecapCount, counts: list[RecapCount]) -> int:
    """The parts of a total: of every label of its subject, or of its own label."""
    own = [c for c in counts if c.subject == total.subject and not c.is_total and total.start <= c.start < total.end]
    return sum(c.n for c in own if total.label in ("total", c.label))
