"""Parallel, updated, cancelled, expired, repeated, late and foreign alerts: what page and wall show at each minute is
exactly what an oracle says that never saw the store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from shapely import box
from sqlalchemy import Engine

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding
from dashboard.store import bmkg
from dashboard.store.database import metadata, open_database, reading, writing
from datasources.bmkg.cap import warning
from datasources.region import by_code, kecamatan
from layouts.drawing.canvas import PAGE, wall
from layouts.panels.forms import FORMS
from tests.builders import reading as a_reading

START = datetime(2026, 11, 23, 5, tzinfo=UTC)
LAST_MINUTE = 75
CODES = [k.code for k in kecamatan()]
BORDERS = {k.code: box(k.lon - 0.004, k.lat - 0.004, k.lon + 0.004, k.lat + 0.004) for k in kecamatan()}
"""Made-up borders that do not touch: a polygon over one of them is a warning for it alone."""
INDICATOR = CATALOGUE["weather.active_warnings"]
HERO = wall(2.29, 1200, 391)
ELSEWHERE = "-6.02,106.05 -6.02,106.07 -6.04,106.07"
"""Cilegon, in a province where a kecamatan is called Jombang."""


@dataclass(frozen=True)
class Message:
    """One alert of the story, in minutes after START. `refers` are numbers of earlier messages."""

    number: int
    kind: str
    sent: int
    effective: int
    expires: int
    codes: frozenset[str]
    province: str
    refers: frozenset[int]

    @property
    def identifier(self) -> str:
        return f"2.49.0.1.360.0.2026.11.23.05.{self.province}.{self.number:03d}"


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Message], list[int]]:
    """Messages in the order in which they were sent, and the order in which they arrive, some of them twice."""
    count = draw(st.integers(1, 7))
    sent = sorted(draw(st.lists(st.integers(0, 60), min_size=count, max_size=count)))
    told: list[Message] = []
    for number, minute in enumerate(sent):
        kind = draw(st.sampled_from(["Alert", "Alert", "Update", "Cancel"])) if told else "Alert"
        earlier = st.sets(st.integers(0, number - 1), min_size=1, max_size=2) if told else st.nothing()
        begin = minute + draw(st.integers(-10, 20))
        told.append(Message(
            number, kind, minute, begin, begin + draw(st.integers(1, 60)),
            frozenset(draw(st.sets(st.sampled_from(CODES), max_size=18))),
            draw(st.sampled_from(["35", "35", "35", "36", "75"])),
            frozenset(draw(earlier)) if kind != "Alert" else frozenset(),
        ))  # fmt: skip
    arriving = draw(st.permutations(range(count)))
    return told, [*arriving, *draw(st.lists(st.integers(0, count - 1), max_size=3))]


def in_force(told: list[Message], minute: int) -> list[frozenset[str]]:
    """The oracle: the kecamatan of each alert of our province that holds at this minute and covers any of ours."""
    heard = [m for m in told if m.sent <= minute]
    withdrawn = {number for m in heard if m.kind in ("Update", "Cancel") for number in m.refers}
    return [
        m.codes
        for m in heard
        if m.kind != "Cancel" and m.number not in withdrawn and m.province == "35" and m.codes
        and m.effective <= minute < m.expires
    ]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_page_and_wall_show_the_valid_alerts_of_each_kecamatan_at_each_minute(
    story: tuple[list[Message], list[int]],
) -> None:
    told, arriving = story
    engine = kept_in("sqlite://", told, arriving)
    drawn: dict[str, tuple[list[list[str]], list[list[str]], int]] = {}
    with reading(engine) as connection:
        for minute in range(LAST_MINUTE):
            expected = in_force(told, minute)
            found = INDICATOR.formula(connection, START + timedelta(minutes=minute))
            assert found.detail["kecamatan"] == {code: sum(code in codes for codes in expected) for code in CODES}
            assert found.value == len(expected)
            if str(found.detail["rows"]) not in drawn:  # the same picture is drawn once
                drawn[str(found.detail["rows"])] = on_page(found), on_wall(found), not_shown(found)
            page, across, more = drawn[str(found.detail["rows"])]
            assert page == sorted(sorted(codes) for codes in expected)
            assert len(across) + more == len(expected)
            assert bool(across) == bool(expected)
            assert all(codes in page for codes in across)
    engine.dispose()


def test_a_story_with_everything_is_the_same_on_both_databases(engine: Engine) -> None:
    pacet, sooko, ngoro = "35.16.03", "35.16.13", "35.16.05"
    told = [
        Message(0, "Alert", 0, 5, 60, frozenset({pacet, sooko}), "35", frozenset()),
        Message(1, "Alert", 2, 2, 30, frozenset({sooko}), "35", frozenset()),  # in parallel
        Message(2, "Alert", 3, 3, 70, frozenset(CODES), "36", frozenset()),  # another province
        Message(3, "Update", 20, 25, 55, frozenset({ngoro}), "35", frozenset({0})),
        Message(4, "Cancel", 40, 40, 55, frozenset(), "35", frozenset({3})),
    ]
    keep(engine, told, [4, 3, 2, 1, 0, 0, 3])
    expected = {
        1: [], 4: [[sooko]], 10: [[pacet, sooko], [sooko]], 22: [[sooko]], 27: [[ngoro], [sooko]], 35: [[ngoro]],
        41: [], 59: [],
    }  # fmt: skip
    with reading(engine) as connection:
        for minute, codes in expected.items():
            found = INDICATOR.formula(connection, START + timedelta(minutes=minute))
            assert on_page(found) == sorted(codes), minute


def test_an_older_copy_that_comes_later_changes_nothing(engine: Engine) -> None:
    newer = Message(0, "Alert", 10, 10, 60, frozenset({"35.16.03"}), "35", frozenset())
    older = Message(0, "Alert", 5, 5, 20, frozenset({"35.16.05"}), "35", frozenset())
    keep(engine, [newer], [0])
    keep(engine, [older], [0])
    with reading(engine) as connection:
        found = INDICATOR.formula(connection, START + timedelta(minutes=30))
    assert on_page(found) == [["35.16.03"]]


def kept_in(url: str, told: list[Message], arriving: list[int]) -> Engine:
    engine = open_database(url)
    metadata.create_all(engine)
    keep(engine, told, arriving)
    return engine


def keep(engine: Engine, told: list[Message], arriving: list[int]) -> None:
    """Each message by the real reader, in the order of arrival."""
    for number in arriving:
        with writing(engine) as connection:
            bmkg.keep_warnings(connection, "bmkg", [warning(cap(told[number], told), BORDERS)], START)


def on_page(found: Finding) -> list[list[str]]:
    """The codes of the kecamatan named in each line of the page's panel."""
    names = {k.name: k.code for k in kecamatan()}
    return sorted(
        sorted(CODES if where == "seluruh kecamatan" else [names[name] for name in where.split(", ")])
        for where in places(FORMS["warnings"](as_reading(found), PAGE))
    )


def on_wall(found: Finding) -> list[list[str]]:
    """The codes told across a room, by names, by three letters, or by those that are spared."""
    told = {**{k.name: k.code for k in kecamatan()}, **{k.short: k.code for k in kecamatan()}}
    lines = []
    for where in places(FORMS["warnings"](as_reading(found), HERO)):
        spared, words = where.startswith("semua kecuali "), where.removeprefix("semua kecuali ")
        split = words.split(", ") if words.split(", ")[0] in told else words.split(" ")
        named = set(CODES) if words == "seluruh kecamatan" else {told[word] for word in split}
        lines.append(sorted(set(CODES) - named if spared else named))
    return sorted(lines)


def not_shown(found: Finding) -> int:
    """How many the wall says there are besides those it has room for."""
    more = re.search(r"\+ (\d+) lagi", str(FORMS["warnings"](as_reading(found), HERO)))
    return int(more[1]) if more else 0


def places(drawn: Markup) -> list[str]:
    return re.findall(r'<span class="where">([^<]*)</span>', str(drawn))


def as_reading(found: Finding) -> object:
    band = INDICATOR.band_of(found)
    assert band is not None
    return a_reading(
        bands=INDICATOR.bands, band=band.word, status=band.status, value=found.value, detail=found.detail, unit=""
    )


def cap(message: Message, told: list[Message]) -> bytes:
    def moment(minute: int) -> str:
        return (START + timedelta(minutes=minute)).isoformat()

    squares = [by_code()[code] for code in sorted(message.codes)]
    rings = [
        f"{k.lat - d},{k.lon - d} {k.lat - d},{k.lon + d} {k.lat + d},{k.lon + d} {k.lat + d},{k.lon - d}"
        for k in squares
        for d in (0.002,)
    ] or [ELSEWHERE]
    refers = " ".join(f"x@bmkg.go.id,{told[n].identifier},{moment(told[n].sent)}" for n in sorted(message.refers))
    return f"""<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>{message.identifier}</identifier><sender>x@bmkg.go.id</sender><sent>{moment(message.sent)}</sent>
<status>Actual</status><msgType>{message.kind}</msgType><references>{refers}</references>
<info><language>id</language><event>Hujan Lebat</event><urgency>Immediate</urgency><severity>Moderate</severity>
<certainty>Observed</certainty><effective>{moment(message.effective)}</effective><expires>{moment(message.expires)}</expires>
<headline>x</headline><description>Pacet, Jombang, Sooko</description><area><areaDesc>x</areaDesc>
{"".join(f"<polygon>{ring}</polygon>" for ring in rings)}</area></info></alert>""".encode()
