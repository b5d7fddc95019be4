"""An edition from the store: figures of whole weeks as known at Monday 06.00 WIB, recomputed here from the rows."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
from sqlalchemy import Engine

from dashboard.briefings.compose import Order, audiences, compose, label
from dashboard.briefings.deliver import Post
from dashboard.briefings.edition import Edition
from dashboard.briefings.issue import Press
from dashboard.briefings.notification import Nowhere
from dashboard.briefings.rounds import Rounds
from dashboard.indicators import weekly
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import readings
from dashboard.store import calls112, ingestion_log, source_spells, week_figures
from dashboard.store.database import reading, writing
from dashboard.store.editions import every_edition
from dashboard.store.notes import add_note
from datasources import registry
from datasources.calls112.records import Call
from datasources.registry import ConfiguredSource
from layouts.briefing.document import render
from layouts.briefing.edition_words import headline
from layouts.drawing.canvas import PAGE, wall
from layouts.panels import tile
from tests.conftest import missing_service

MONDAY = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
SIX = timedelta(days=7, hours=6)
SOURCES = """
[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean 112"
owner = "Diskominfo"
path = "/tidak/ada"
stale_after = "10m"
"""


@pytest.fixture
def sources(tmp_path: Path) -> tuple[ConfiguredSource, ...]:
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return registry.load(tmp_path / "sources.toml", {"CALLER_HASH_KEY": "k" * 40})


@pytest.mark.slow
def test_every_number_of_ten_editions_is_that_of_the_rows(
    engine: Engine, sources: Sequence[ConfiguredSource], tmp_path: Path
) -> None:
    calls = {MONDAY - WEEK * back: a_week(MONDAY - WEEK * back, seed=back) for back in range(24)}
    for week in reversed(calls):
        learn(engine, sources, calls[week], week + SIX)
    for back in range(10):
        week = MONDAY - WEEK * back
        printed = blocks(render(composed(engine, sources, week)), tmp_path)
        past = [calls[monday] for monday in sorted(calls) if monday <= week]
        for title, decimals, figure in RULES:
            values = [figure(each) for each in past]
            said = printed.get(title)
            if said is None:
                assert title == "Panggilan terputus > 5 detik", (
                    "six charts at most, the last of the catalogue gives way"
                )
                continue
            allowed = {id_id(values[-1], decimals), id_id(values[-2], decimals), str(len(past[-1])), str(len(values))}
            allowed |= {id_id(limit, decimals) for limit in limits(values, counts=title == "Panggilan 112 masuk")}
            allowed |= {str(case(past[-1])) for case in DENOMINATORS} | {"12", "15", "90", "100", "100,0", "112"}
            change = abs(values[-1] - values[-2])
            allowed |= {id_id(change, 0), id_id(100 * change / values[-2], 0)}
            numbers = set(re.findall(r"\d[\d.]*(?:,\d+)?", RULE_WORDS.sub("(batas", said)))
            assert numbers <= allowed, (label(week), title, numbers - allowed, said)
            assert id_id(values[-1], decimals) in numbers


def test_late_rows_of_an_earlier_week_are_a_revision_with_old_and_new(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    before = MONDAY - WEEK
    learn(engine, sources, a_week(before, seed=1), before + WEEK)
    first = len(a_week(before, seed=1))
    learn(engine, sources, a_week(MONDAY, seed=2), MONDAY + WEEK)
    late = [Call(f"terlambat-{k}", "112", before + timedelta(hours=k), outcome="answered", wait_s=3) for k in range(7)]
    learn(engine, sources, late, MONDAY + WEEK + timedelta(hours=1))
    made = composed(engine, sources, MONDAY, previous_as_of=before + SIX)
    revised = next(r for r in made.revisions if r.title == "Panggilan 112 masuk")
    assert (revised.week, revised.old, revised.new) == ("2026-W46", first, first + 7)


def test_what_was_learned_after_monday_six_is_not_in_the_edition(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    learn(engine, sources, a_week(MONDAY, seed=2), MONDAY + WEEK)
    before = composed(engine, sources, MONDAY)
    extra = [Call("terlambat", "112", MONDAY + timedelta(hours=5), outcome="answered", wait_s=3)]
    learn(engine, sources, extra, MONDAY + WEEK + timedelta(days=1))
    after = composed(engine, sources, MONDAY)
    assert before.figure("calls112.offered_today").value == after.figure("calls112.offered_today").value
    assert before.figures == after.figures


def test_a_source_that_never_answered_leaves_nothing_known(engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    made = composed(engine, sources, MONDAY)
    assert all(figure.value is None for figure in made.figures)
    assert made.figure("calls112.asa").missing == "sumber belum menjawab"
    assert made.figure("spbe.index").missing == "belum ada sumber"


def test_a_note_stands_on_the_page_of_its_family_and_a_changed_definition_begins_the_limits_again(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    for back in reversed(range(14)):
        learn(engine, sources, a_week(MONDAY - WEEK * back, seed=back), MONDAY - WEEK * back + WEEK)
    assert composed(engine, sources, MONDAY).figure("calls112.asa").judged.points == 14
    changed_at = MONDAY - 2 * WEEK + timedelta(hours=9)
    with writing(engine) as connection:
        add_note(connection, "112", changed_at, None, "perubahan definisi", "Antrean baru", "Sari", changed_at)
    made = composed(engine, sources, MONDAY)
    assert made.figure("calls112.asa").judged.points == 3
    assert [(event.family, event.text) for event in made.events] == [("112", "Antrean baru")]


def test_an_opd_gets_its_own_indicators_only(engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    made = composed(engine, sources, MONDAY, audience="BPBD")
    assert {figure.of.owner for figure in made.figures} == {"BPBD"}
    assert audiences()[0] == "bupati"
    assert "BPBD" in audiences()


def test_the_rounds_of_a_worker_make_the_newest_edition_of_everybody_once(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    learn(engine, sources, a_week(MONDAY, seed=2), MONDAY + WEEK)
    now = MONDAY + SIX + timedelta(minutes=1)
    press = Press(lambda connection, order: compose(connection, sources, order), lambda edition: b"%PDF")
    post = Post((), Nowhere(), Nowhere(), lambda connection, line: ("", "", ()))
    rounds = Rounds(engine, sources, press, post, now=lambda: now, patience=timedelta(0))
    for _ in range(30):
        rounds.round()
    with reading(engine) as connection:
        lines = every_edition(connection)
    assert [(line.edition, line.audience) for line in lines] == [("2026-W47", a) for a in audiences()]
    assert {line.as_of for line in lines} == {MONDAY + SIX}


def test_an_edition_that_cannot_be_printed_stays_due_and_does_not_hold_up_the_others(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    def broken(edition: Edition) -> bytes:
        if edition.audience == "BPBD":
            raise ValueError("template")
        return b"%PDF"

    learn(engine, sources, a_week(MONDAY, seed=2), MONDAY + WEEK)
    press = Press(lambda connection, order: compose(connection, sources, order), broken)
    post = Post((), Nowhere(), Nowhere(), lambda connection, line: ("", "", ()))
    rounds = Rounds(engine, sources, press, post, by_itself=True, now=lambda: MONDAY + SIX, patience=timedelta(0))
    rounds.editions()
    with reading(engine) as connection:
        made = every_edition(connection)
    assert {line.audience for line in made} == set(audiences()) - {"BPBD"}
    assert {line.approved_by for line in made} == {"otomatis"}


def test_an_opd_whose_owner_has_no_figure_is_no_audience() -> None:
    owners = {office for i in CATALOGUE.values() if i.in_briefing for office in i.offices}
    assert set(audiences()) <= owners | {"bupati"}


def test_an_indicator_of_two_offices_stands_in_both_their_editions(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    for audience in ("DPMPTSP", "Dispendukcapil"):
        shown = [figure.of.id for figure in composed(engine, sources, MONDAY, audience=audience).figures]
        assert shown == ["delivery.within_promise"]
    assert not any("," in name or "(" in name for name in audiences())


def test_a_figure_whose_value_is_withheld_is_not_drawn_and_has_no_signal(
    engine: Engine, sources: Sequence[ConfiguredSource]
) -> None:
    for back in reversed(range(13)):
        learn(engine, sources, a_week(MONDAY - WEEK * back, seed=back), MONDAY + WEEK + timedelta(days=3))
    made = composed(engine, sources, MONDAY).figure("calls112.asa")
    assert (made.value, made.missing) == (None, "sumber belum menjawab")
    assert made.weeks[-1].value is None
    assert made.judged.signal == "belum cukup data"
    assert headline((made,)) == "Dari 1 indikator: 1 tidak dapat dihitung."


def test_a_tile_says_the_same_of_the_week_as_the_briefing(engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    for back in reversed(range(13)):
        week = MONDAY - WEEK * back
        learn(engine, sources, a_week(week, seed=back), week + SIX)
    printed = composed(engine, sources, MONDAY).figure("calls112.service_level")
    with reading(engine) as connection:
        shown = readings(connection, sources, MONDAY + SIX, ["calls112.service_level"])["calls112.service_level"]
    assert shown.last_week is not None
    assert shown.last_week.words(shown.indicator) == f"Minggu 47: {printed.verdict}"
    assert shown.last_week.words(shown.indicator) in str(tile.draw(shown, PAGE))
    assert "Minggu 47" not in str(tile.draw(shown, wall(4, 400, 300)))


def a_week(monday: datetime, seed: int) -> list[Call]:
    """Between eighty and a hundred and twenty calls, spread over the week."""
    dice = random.Random(seed)
    calls = []
    for k in range(dice.randint(80, 120)):
        outcome = dice.choices(("answered", "abandoned", "timeout"), (88, 9, 3))[0]
        at = monday + timedelta(seconds=dice.randrange(7 * 86_400 - 600))
        calls.append(Call(f"{monday:%y%m%d}-{k}", "112", at, outcome=outcome, wait_s=dice.randint(0, 28)))  # type: ignore[arg-type]
    return calls


def learn(engine: Engine, sources: Sequence[ConfiguredSource], calls: list[Call], known_at: datetime) -> None:
    """The source answers, and the figures of the last weeks are computed, all at `known_at`."""
    with writing(engine) as connection:
        ingestion_log.register(connection, ["antrean"])
        ingestion_log.answered(connection, "antrean", known_at)
        source_spells.extend(connection, "antrean", "answered", known_at, timedelta(hours=1))
        calls112.keep_calls(connection, "antrean", calls, known_at)
    shown = [i for i in CATALOGUE.values() if i.in_briefing]
    for week in weekly.closed_weeks(known_at, 3):
        with reading(engine) as connection:
            found = weekly.figures_of(connection, shown, week, known_at, sources)
        with writing(engine) as connection:
            week_figures.append_new(connection, found)


def composed(
    engine: Engine, sources: Sequence[ConfiguredSource], week: datetime, audience: str = "bupati",
    previous_as_of: datetime | None = None,
) -> Edition:  # fmt: skip
    order = Order(week, week + SIX, audience, previous_as_of=previous_as_of)
    with reading(engine) as connection:
        return compose(connection, sources, order, "https://pusatkomando.example")


def share(part: int, whole: int) -> float:
    return 100 * part / whole


def answered(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.outcome == "answered"]


def within_15(calls: list[Call]) -> list[Call]:
    return [call for call in answered(calls) if (call.wait_s or 0) <= 15]


def not_short(calls: list[Call], limit: int) -> list[Call]:
    return [c for c in calls if not (c.outcome == "abandoned" and (c.wait_s or 0) <= limit)]


def abandoned_long(calls: list[Call]) -> int:
    return sum(call.outcome == "abandoned" for call in not_short(calls, 5))


RULES: tuple[tuple[str, int, Callable[[list[Call]], float]], ...] = (
    ("Panggilan 112 masuk", 0, lambda calls: float(len(calls))),
    ("Panggilan terjawab", 1, lambda calls: share(len(answered(calls)), len(calls))),
    ("Terjawab ≤ 15 detik", 1, lambda calls: share(len(within_15(calls)), len(not_short(calls, 15)))),
    ("Rata-rata waktu tunggu (ASA)", 1, lambda calls: fmean(c.wait_s or 0 for c in answered(calls))),
    ("Panggilan terputus > 5 detik", 1, lambda calls: share(abandoned_long(calls), len(not_short(calls, 5)))),
)
DENOMINATORS: tuple[Callable[[list[Call]], int], ...] = (
    len,
    lambda calls: len(answered(calls)),
    lambda calls: len(not_short(calls, 15)),
    lambda calls: len(not_short(calls, 5)),
)


def limits(values: list[float], counts: bool) -> tuple[float, float]:
    """XmR by its definition; for counts u or Laney u' of equal weeks by theirs."""
    if len(values) < 12:
        return 0.0, 0.0
    mean = fmean(values)
    if not counts:
        reach = 2.66 * fmean(abs(b - a) for a, b in pairwise(values))
        return max(0.0, mean - reach), mean + reach
    phi = sum((v - mean) ** 2 / mean for v in values) / (len(values) - 1)
    z = [(v - mean) / mean**0.5 for v in values]
    sigma = 1.0 if phi <= 1.3 else fmean(abs(b - a) for a, b in pairwise(z)) / 1.128
    return max(0.0, mean - 3 * sigma * mean**0.5), mean + 3 * sigma * mean**0.5


def id_id(value: float, decimals: int) -> str:
    """'1.234,5' by hand, rounded half up."""
    rounded = Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")
    return f"{rounded:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


RULE_WORDS = re.compile(r"\((?:\d minggu searah|\d minggu di satu sisi rata-rata|2 dari 3 minggu dekat batas); batas")
"""The names of the rules; which of them holds is the matter of the tests of signals."""
BEGINNINGS = "Di bawah|Di atas|Di dalam|Memenuhi|Belum|Tidak|Baru|Naik|Turun|Membaik|Memburuk"


def blocks(pdf: bytes, directory: Path) -> dict[str, str]:
    """Title → value, n and sentence of each chart on the page of 112, without the scale of the chart itself."""
    found = {}
    for left in (45, 300):
        column = re.split(r"Indikator lain|\S* Arah Sinyal", words_within(pdf, directory, page=2, left=left))[0]
        for title in re.split(rf"(?={TITLES})", column):
            rule = next((rule[0] for rule in RULES if title.startswith(rule[0])), None)
            said = re.search(rf"(?:{BEGINNINGS})\b.*", title, re.DOTALL)
            if rule and said:
                value = title.removeprefix(rule).split(" M4")[0].strip().split("  ")[0]
                found[rule] = f"{re.match(VALUE, value)[0]} {said[0]}"  # type: ignore[index]
    return found


TITLES = "|".join(re.escape(rule[0]) for rule in RULES)
VALUE = r"\S+ \S+(?: · n \d+)?"


def words_within(pdf: bytes, directory: Path, page: int, left: int) -> str:
    """The words of one column of a page: poppler reads across columns otherwise."""
    if shutil.which("pdftotext") is None:
        missing_service("pdftotext (poppler-utils)")
    path = directory / "laporan.pdf"
    path.write_bytes(pdf)
    area = ["-f", str(page), "-l", str(page), "-x", str(left), "-y", "40", "-W", "250", "-H", "740"]
    out = subprocess.run(["pdftotext", *area, str(path), "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(out.replace("\u00a0", " ").split())
