"""A plan as answers: the steps of the cheapest one, the next ones, and what each indicator is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from itertools import groupby

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Ask, Column, Question, nothing
from dashboard.exploring.spbe.plan_problem import Starting, starting
from dashboard.exploring.spbe.plan_request import PlanRequest
from dashboard.exploring.spbe.plan_words import (
    after_words,
    climb_words,
    losing_words,
    pattern_words,
    standing_words,
    step_words,
    unreachable_words,
)
from dashboard.formulas.written_number import written
from dashboard.planning.outcome import Outcome, outcome
from dashboard.planning.problem import Plan, Step
from dashboard.planning.worth import Worth

MOST_PLANS, MOST_REAL_PLANS = 12, 5
"""Values between levels make many plans that differ by little; each costs a solution of its own."""
TOPICS = {"isian": "spbe_levels", "terbit": "spbe_published"}


def questions(request: PlanRequest) -> dict[str, Question]:
    """The questions of one request by name; their ids hold the request, so that equal ones are answered once."""
    made = {
        "langkah": ("Cara termurah", "table", _asked(request, _steps)),
        "pilihan": ("Pilihan lain", "table", _asked(request, _others)),
        "nilai": ("Nilai setiap indikator bagi rencana ini", "table", _asked(request, _worths)),
    }
    return {
        name: Question(
            id=f"spbe.rencana.{name}?{request.query()}", title=title, family="spbe", topics=(TOPICS[request.basis],),
            form=form, clock="Optimasi bilangan bulat; hasil diperiksa ulang dengan angka eksak", ask=ask,  # type: ignore[arg-type]
            by_kecamatan=False, by_period=False,
        )
        for name, (title, form, ask) in made.items()
    }  # fmt: skip


def _asked(request: PlanRequest, answer: object) -> Ask:
    def ask(connection: Connection, _filters: Filters, at: datetime) -> Answer:
        start = starting(connection, request)
        if start.missing:
            return nothing(start.missing)
        return answer(start, request)  # type: ignore[operator, no-any-return]

    return ask


def _outcome(start: Starting) -> Outcome:
    return outcome(start.up, MOST_PLANS if start.instrument.values.whole else MOST_REAL_PLANS)


def _steps(start: Starting, request: PlanRequest) -> Answer:
    found = _outcome(start).plans
    notes = [standing_words(start, request.target)]
    if not found:
        notes += [unreachable_words(start), *losing_words(start)]
        return Answer((Column("what", "Langkah", "text"),), [], data_time=start.data_time, notes=notes)
    best = found[0]
    if best.steps:
        cost = written(best.cost)
        notes.append(
            f"Cara termurah: {len(best.steps)} langkah, upaya {cost}: {pattern_words(start.instrument, best)}."
        )
        notes.append(after_words(start, best))
    notes += [*losing_words(start), step_words(start.instrument)]
    columns = (
        Column("what", "Langkah", "text"),
        Column("gain", "Poin bobot", decimals=2),
        Column("cost", "Upaya", decimals=2),
    )
    rows = [_climb_row(start, list(steps)) for _, steps in groupby(best.steps, key=lambda s: s.item)]
    return Answer(columns, rows, n=len(start.up.open_steps), data_time=start.data_time, notes=notes)


def _climb_row(start: Starting, steps: list[Step]) -> dict[str, object]:
    """All steps of one item as one line."""
    gain, cost = (sum((getattr(s, name) for s in steps), Fraction(0)) for name in ("gain", "cost"))
    return {"what": _what(start, steps), "gain": gain, "cost": cost}


def _what(start: Starting, steps: list[Step]) -> str:
    """The climb by name; where only groups are known, any indicators of the group that can still rise."""
    step = steps[-1]
    if isinstance(step.item, int):
        return climb_words(start.instrument, step)
    group = step.kind[0]  # type: ignore[index]
    members = [n for n in start.instrument.members("upper", group)
               if start.instrument.indicators[n].weight == step.gain]  # fmt: skip
    span = f"{members[0]}–{members[-1]}"
    name = start.instrument.upper_groups[group].name
    return f"{len(steps)} level pada indikator {span} ({name}) yang belum di puncak"


def _others(start: Starting, request: PlanRequest) -> Answer:
    found = _outcome(start).plans
    if not found:
        return nothing("tidak ada rencana yang mencapai sasaran")
    columns = (
        Column("rank", "Urutan"),
        Column("cost", "Upaya", decimals=2),
        Column("pattern", "Kelompok (poin per langkah)", "text"),
        Column("gain", "Poin bobot", decimals=2),
        Column("spare", "Di atas batas", unit="poin", decimals=2),
        Column("example", "Misalnya indikator", "text"),
    )
    rows = [
        {"rank": place, "cost": plan.cost, "pattern": pattern_words(start.instrument, plan), "gain": plan.gain,
         "spare": plan.spare, "example": _example(plan)}
        for place, plan in enumerate(found, 1)
    ]  # fmt: skip
    same = sum(plan.cost == found[0].cost for plan in found)
    notes = [f"{same} dari {len(found)} susunan terdepan sama murahnya; indikator dengan bobot dan upaya sama dapat "
             "saling menggantikan."]  # fmt: skip
    return Answer(columns, rows, n=len(rows), data_time=start.data_time, notes=notes)


def _example(plan: Plan) -> str:
    items = sorted({step.item for step in plan.steps if isinstance(step.item, int)})
    return ", ".join(map(str, items)) or "salah satu dari kelompoknya"


def _worths(start: Starting, request: PlanRequest) -> Answer:
    found = _outcome(start)
    if not found.worths:
        return nothing("tidak ada langkah yang perlu dinilai")
    columns = (
        Column("item", "Indikator", "text"),
        Column("gain", "Poin langkah berikut", decimals=2),
        Column("cost", "Upaya langkah itu", decimals=2),
        Column("rate", "Poin per upaya", decimals=2),
        Column("forced", "Bila dipilih", "text"),
        Column("without", "Bila tidak mungkin", "text"),
    )
    rows = sorted(_worth_rows(start, found.worths), key=lambda row: (-row["rate"], str(row["item"])))  # type: ignore[operator]
    notes = ["Bila dipilih, bila tidak mungkin: tambahan upaya terhadap rencana termurah."]
    return Answer(columns, rows, n=len(rows), data_time=start.data_time, notes=notes)


def _worth_rows(start: Starting, worths: Mapping[object, Worth]) -> Iterator[dict[str, object]]:
    for item, worth in worths.items():
        name = (
            f"{item} {start.instrument.indicators[item].short_name}"
            if isinstance(item, int)
            else _class_name(start, item)
        )
        yield {
            "item": name,
            "gain": worth.gain,
            "cost": worth.cost,
            "rate": worth.gain / worth.cost,
            "forced": _dearer(worth.forced, "termasuk termurah", "tidak ada rencana"),
            "without": _dearer(worth.without, "tergantikan", "sasaran tidak tercapai"),
        }


def _class_name(start: Starting, item: object) -> str:
    group, _, weight = str(item).removeprefix("kelas").partition("-")
    return f"{start.instrument.upper_groups[int(group)].name} ({written(Fraction(weight), 2)} poin per level)"


def _dearer(more: Fraction | None, none: str, never: str) -> str:
    if more is None:
        return never
    return f"+{written(more)} upaya" if more else none
