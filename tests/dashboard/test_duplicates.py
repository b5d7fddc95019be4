"""Two incidents that may be one event are proposed to the desk; nothing blank ever makes two the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.ingestion.duplicates import DuplicateSearch, possible_duplicates
from dashboard.store import calls112, changes, incident_links
from dashboard.store.database import reading, writing
from dashboard.store.possible_duplicates import Report
from dashboard.vocabulary112 import shipped_words
from dashboard.worker import Worker
from datasources.calls112.records import Incident
from tests.dashboard.incidents_kept import NOW, incident, keep, link, minutes

KINDS = shipped_words("category")
HERE = {"lat": -7.5, "lon": 112.5}
DESA = "35.16.03.2001"


@pytest.mark.parametrize(
    ("first", "later", "after"),
    [
        ({}, {}, 30),
        ({"category_raw": "KEBAKARAN"}, {"category_raw": "kebakaran rumah"}, 120),
        ({"category_raw": "BANJIR"}, {"category_raw": "genangan"}, 120),
        ({"category_raw": "kucing jatuh"}, {"category_raw": "Kucing  Jatuh"}, 9),
        ({"lat": -7.5, "lon": 112.5}, {"lat": -7.50449, "lon": 112.5}, 5),
        ({"lat": None, "lon": None, "desa_code": DESA}, {"desa_code": DESA}, 5),
        ({"caller_hash": None}, {"caller_hash": None}, 5),
        ({"caller_hash": ""}, {"caller_hash": ""}, 5),
    ],
    ids=["thirty minutes", "a fire", "a flood", "an unmapped word", "500 m", "the desa", "no caller", "blank callers"],
)
def test_near_soon_and_alike_is_proposed(first: dict[str, Any], later: dict[str, Any], after: float) -> None:
    assert pairs([report("a", **first), report("b", after, **later)]) == [("b", "a")]


@pytest.mark.parametrize(
    ("first", "later", "after"),
    [
        ({}, {}, 30.1),
        ({"category_raw": "KEBAKARAN"}, {"category_raw": "KEBAKARAN"}, 120.1),
        ({"category_raw": "BANJIR"}, {"category_raw": "LONGSOR"}, 31),
        ({"category_raw": "ULAR"}, {"category_raw": "LAKA LANTAS"}, 5),
        ({"category_raw": ""}, {"category_raw": ""}, 5),
        ({}, {"lat": -7.5046}, 5),
        ({"desa_code": DESA}, {"lat": -7.6, "desa_code": DESA}, 5),
        ({"lat": None, "lon": None}, {"lat": None, "lon": None}, 5),
        ({"lat": None, "lon": None, "desa_code": ""}, {"lat": None, "lon": None, "desa_code": ""}, 5),
        ({"caller_hash": "x"}, {"caller_hash": "x"}, 5),
    ],
    ids=["31 minutes", "a fire after two hours", "not both a flood", "another kind", "no word at all", "511 m",
         "far although in one desa", "no place at all", "a blank desa", "the same caller"],
)  # fmt: skip
def test_anything_else_is_not(first: dict[str, Any], later: dict[str, Any], after: float) -> None:
    assert pairs([report("a", **first), report("b", after, **later)]) == []


def test_all_point_at_the_first_report_and_never_at_each_other() -> None:
    told = [report(name, after) for name, after in (("a", 0), ("b", 20), ("c", 29), ("d", 45), ("e", 60))]
    assert pairs(told) == [("b", "a"), ("c", "a"), ("e", "d")]


def test_what_was_rejected_is_a_first_report_and_what_was_linked_is_none() -> None:
    told = [report("a"), report("b", 5, state="ditolak"), report("c", 8, state="diterima"), report("d", 34)]
    assert pairs(told) == [("d", "b")]


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from("xyz"), st.booleans()), max_size=12))
def test_a_first_report_is_earlier_and_no_report_is_both(told: list[tuple[int, str, bool]]) -> None:
    reports = [
        report(str(n), after, caller_hash=caller, lat=-7.5 if here else -7.6)
        for n, (after, caller, here) in enumerate(sorted(told))
    ]
    found = pairs(reports)
    assert len({later for later, _ in found}) == len(found)
    assert not {later for later, _ in found} & {first for _, first in found}
    assert all(int(first) < int(later) for later, first in found)


def test_a_link_carries_how_far_and_how_long_apart() -> None:
    (found,) = possible_duplicates([report("a"), report("b", 7.5, lat=-7.501)], KINDS)
    assert (found.minutes, round(found.metres or 0), found.state) == (7.5, 111, "diusulkan")


def test_the_search_proposes_once_and_keeps_what_was_decided(engine: Engine) -> None:
    first, second, third = near(0), near(5), near(9)
    keep(engine, [first, second, third])
    search = DuplicateSearch()
    assert search.run(engine, NOW) == 2
    assert search.run(engine, NOW) == 0
    with writing(engine) as connection:
        incident_links.decide(connection, "kasus", second.incident_id, "ditolak", "sari", NOW)
    assert DuplicateSearch().run(engine, NOW) == 0
    assert states(engine) == {second.incident_id: "ditolak", third.incident_id: "diusulkan"}


def test_cancelled_and_nuisance_tickets_are_not_compared(engine: Engine) -> None:
    keep(engine, [near(0), near(1, cancelled=True), near(2, class_raw="prank")])
    assert DuplicateSearch().run(engine, NOW) == 0


def test_old_incidents_are_looked_at_once_and_the_newest_month_always(engine: Engine) -> None:
    old, search = timedelta(days=100), DuplicateSearch()
    keep(engine, [near(0, ago=old), near(3, ago=old)])
    assert search.run(engine, NOW) == 1
    keep(engine, [near(6, ago=old), near(0), near(4)])
    assert search.run(engine, NOW) == 1
    assert DuplicateSearch().run(engine, NOW) == 1


def test_a_pair_across_the_border_of_two_pieces_is_found(engine: Engine) -> None:
    keep(engine, [near(0, ago=timedelta(days=70)), near(-1, ago=timedelta(days=39)), near(1, ago=timedelta(days=39))])
    assert DuplicateSearch().run(engine, NOW) == 1


def test_the_worker_proposes_when_incidents_changed_and_says_that_something_did(engine: Engine) -> None:
    worker = Worker(engine, [])
    worker.measure_changed(NOW)
    with writing(engine) as connection:
        calls112.keep_incidents(connection, "kasus", [near(0), near(5)], NOW)
        changes.announce(connection, ["incidents"], NOW)
    worker.measure_changed(NOW + timedelta(seconds=1))
    assert list(states(engine).values()) == ["diusulkan"]
    with reading(engine) as connection:
        assert "edits" in changes.revisions(connection)


def test_a_link_that_was_accepted_by_hand_stays(engine: Engine) -> None:
    first, second = near(0), near(5)
    keep(engine, [first, second])
    link(engine, second, first, "diterima")
    DuplicateSearch().run(engine, NOW)
    assert states(engine) == {second.incident_id: "diterima"}


def near(after: float, ago: timedelta = timedelta(days=2), **given: Any) -> Incident:
    """A fire at one place, that many minutes later, by a caller nobody knows."""
    return incident(NOW - ago + minutes(after), caller_hash=None, **HERE, **given)


def report(number: str, after: float = 0, **given: Any) -> Report:
    """An accident at one place, reported by a caller of its own."""
    defaults: dict[str, Any] = {
        "source": "kasus", "incident_id": number, "received": NOW + minutes(after), "category_raw": "LAKA LANTAS",
        "class_raw": None, "desa_code": None, "caller_hash": number, "state": None, **HERE,
    }  # fmt: skip
    return Report(**{**defaults, **given})


def pairs(reports: Iterable[Report]) -> list[tuple[str, str]]:
    return [(found.incident_id, found.parent_id) for found in possible_duplicates(reports, KINDS)]


def states(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        return {found.incident_id: found.state for found in incident_links.links(connection)}
