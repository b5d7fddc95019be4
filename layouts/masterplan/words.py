"""A programme in words and tables: its place in the document, indicators by year, actions, money, changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from dash import html

from dashboard.exploring.masterplan.indicators import target_words
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.plan_periods import NAMES, Period
from dashboard.formulas.plan_periods import words as period_words
from dashboard.indicators.judged_plan import JudgedIndicator, JudgedProgramme
from dashboard.indicators.standing_plan import StandingPlan
from dashboard.store.masterplan_changes import PlanChange
from dashboard.store.masterplan_words import shown
from dashboard.store.source_states import SourceState
from datasources.resources.masterplan_indicator_records import PlanIndicator
from datasources.resources.masterplan_records import ActionItem, Budget, is_over
from layouts.format import NOTHING, age_words, number, plain, short_moment, with_unit

NO_REPORT = "belum dilaporkan"


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], numbers: Sequence[int] = ()) -> html.Div:
    """Rows under headings; the columns whose places are `numbers` stand right."""

    def cell(tag: Any, content: Any, place: int) -> Any:
        return tag(content, className="number" if place in numbers else None)

    head = html.Tr([cell(html.Th, heading, place) for place, heading in enumerate(headings)])
    body = [html.Tr([cell(html.Th if place == 0 else html.Td, one, place) for place, one in enumerate(row)])
            for row in rows]  # fmt: skip
    return html.Div(html.Table([html.Thead(head), html.Tbody(body)], className="answer"), className="table-scroll")


def standing(one: JudgedProgramme) -> html.P:
    """State, plan against progress, and achievement with its coverage."""
    done, achieved = one.progress, one.achieved
    actual = "tidak dapat dihitung" if done.actual is None else with_unit(done.actual, "%", 0)
    planned = "belum ada rencana aksi" if done.planned is None else f"rencana sampai hari ini {number(done.planned)} %"
    mean = "tidak dapat dihitung" if achieved.mean is None else with_unit(achieved.mean, "%", 1)
    late = html.I(className="shape waspada") if done.late else None
    words = f" · kemajuan {actual}, {planned} · capaian {mean} (dari {achieved.n} dari {achieved.m} indikator)"
    return html.P([late, html.B(one.state.value.capitalize()), words], className="standing")


def sources(states: Sequence[SourceState], newest: datetime | None, now: datetime) -> html.P:
    """Where it comes from, how fresh that is, and how old the newest report is."""
    said = [f"{one.title} ({one.owner}), {one.freshness(now).state}" for one in states] or ["belum ada sumber"]
    age = age_words(None if newest is None else max(0, int((now - newest).total_seconds())))
    return html.P(f"Sumber: {'; '.join(said)} · laporan terbaru {age}", className="clock-line")


def judged_now(found: Iterable[JudgedIndicator]) -> html.Div:
    """The period that is judged, indicator by indicator, and why there is no achievement."""
    return table(
        ("Indikator", "Masa", "Target", "Realisasi", "Capaian"),
        ([one.of.name, period_words(one.period) if one.period else NOTHING,
          target_words(one.target, one.of.unit) or NOTHING, _value(one), _achieved(one)] for one in found),
    )  # fmt: skip


def _value(one: JudgedIndicator) -> str:
    live = " (langsung)" if one.live else ""
    simulated = " SIMULASI" if one.simulated else ""
    return f"{plain(one.realised)} {one.of.unit}{live}{simulated}" if one.realised is not None else NOTHING


def _achieved(one: JudgedIndicator) -> str:
    if isinstance(one.achieved, NotComputable):
        return f"tidak dapat dihitung: {one.achieved.missing}"
    return with_unit(one.achieved, "%", 1)


def ended(valid_until: date | None, today: date) -> str:
    """', berakhir 30-06-2026', of what is shown and judged no more; ', sampai …' while that day is ahead."""
    if valid_until is None:
        return ""
    return f", {'berakhir' if is_over(valid_until, today) else 'berlaku sampai'} {valid_until:%d-%m-%Y}"


def by_year(plan: StandingPlan, indicators: Sequence[PlanIndicator]) -> html.Div:
    """'realisasi / target' of every year and quarter under the name of each indicator, with evidence beside it."""
    headings = ("Tahun", "Setahun", *NAMES[1:])
    body: list[html.Tr] = []
    for one in indicators:
        before = "" if one.baseline is None else f", nilai awal {plain(one.baseline)}"
        name = f"{one.name} ({one.unit}, {one.direction}{before}{ended(one.valid_until, plan.today)})"
        body.append(html.Tr(html.Th(name, colSpan=len(headings), scope="colgroup"), className="group"))
        years = sorted({year for year, _ in plan.targets.get(one.code, {})})
        body += [html.Tr([html.Td(str(year)), *(html.Td(_cell(plan, one, (year, name))) for name in NAMES)])
                 for year in years]  # fmt: skip
    head = html.Thead(html.Tr([html.Th(heading) for heading in headings]))
    return html.Div(html.Table([head, html.Tbody(body)], className="answer"), className="table-scroll")


def _cell(plan: StandingPlan, one: PlanIndicator, period: Period) -> Any:
    target, told = plan.targets.get(one.code, {}).get(period), plan.realised.get((one.code, period))
    aim = (target_words(target, "") or NOTHING).strip()
    if told is None:
        return f"{NOTHING} / {aim}"
    links = [html.A("bukti", href=each, rel="noopener noreferrer") for each in (told.evidence or "").split()]
    checked = " ✓" if told.verified_by else ""
    return [html.Span(f"{plain(told.value)} / {aim}{checked}", title=_by(told)), *links]


def _by(told: Any) -> str:
    verified = f", diverifikasi {told.verified_by}" if told.verified_by else ", belum diverifikasi"
    return f"Data {told.measured_on:%d-%m-%Y}, dilaporkan {told.reported_by}{verified}"


def actions(found: Sequence[ActionItem], plan: StandingPlan) -> html.Div:
    """Each action with its day, weight and progress."""
    return table(
        ("Kegiatan", "Keluaran", "Tenggat", "OPD", "Bobot", "Progres", "Bukti"), (_action(a, plan) for a in found), (4,)
    )


def _action(a: ActionItem, plan: StandingPlan) -> list[Any]:
    what = f"{a.activity}{ended(a.valid_until, plan.today)}"
    return [what, a.output, f"{a.due_on:%d-%m-%Y}", a.opd, plain(a.weight), _progress(a, plan), _links(a.evidence)]


def _progress(action: ActionItem, plan: StandingPlan) -> Any:
    due = action.due_on < plan.today
    if action.progress is None:
        return f"{NO_REPORT}, tenggat lewat" if due else NO_REPORT
    late = due and action.progress < 100
    words = (
        f"{plain(action.progress)} % per {action.reported_on:%d-%m-%Y}"
        if action.reported_on
        else plain(action.progress)
    )
    return [html.I(className="shape waspada"), f" {words}, tenggat lewat"] if late else words


def _links(evidence: str | None) -> Any:
    found = (evidence or "").split()
    return [html.A(f"bukti {n}", href=each, rel="noopener noreferrer") for n, each in enumerate(found, 1)] or NOTHING


def money(found: Sequence[Budget]) -> html.Div:
    """Budget and spending by year, in rupiah."""
    return table(
        ("Tahun", "Pagu (Rp)", "Realisasi (Rp)"),
        ([str(one.year), number(one.planned), number(one.spent)] for one in found), numbers=(1, 2),
    )  # fmt: skip


def changes(found: Sequence[PlanChange], now: datetime) -> html.Div:
    """Old → new, by whom and why, the newest first."""
    return table(
        ("Kapan", "Yang diubah", "Semula → menjadi", "Oleh", "Alasan"),
        ([short_moment(one.at, now), _what(one), f"{shown(one.old)} → {shown(one.new)}", one.by, one.reason or NOTHING]
         for one in found),
    )  # fmt: skip


def _what(one: PlanChange) -> str:
    return " ".join(part for part in (one.subject, one.code, str(one.year or ""), one.part) if part)
