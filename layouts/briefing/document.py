"""The weekly briefing as PDF: an edition into words and charts, and those into the template. No browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import typst

from dashboard.briefings import selection
from dashboard.briefings.edition import Edition, Event
from dashboard.briefings.figure import Figure, age_s
from dashboard.clock import wib
from layouts.briefing import actions
from layouts.briefing import behind_numbers as behind
from layouts.briefing import edition_words as whole
from layouts.briefing import sentences as say
from layouts.briefing.notes import notes
from layouts.briefing.qr import qr
from layouts.briefing.shapes import shape
from layouts.briefing.weeks_months import weeks_and_months
from layouts.format import age_words, date_range, moment, number, short_moment

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "assets" / "fonts"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
"""PDF/UA-1: typst then refuses a chart without alternative text. PDF/A-2a: for the archive, fonts and tags within."""
ON_FIRST_PAGE = 14
"""Rows of the table of page 1, by rank; the others stand on the pages of their families."""

PREVIEW_PPI = 80
MOST_REVISIONS = 8


def render(edition: Edition) -> bytes:
    """The PDF; the same edition gives the same bytes. Raises typst.TypstError when the template is broken."""
    pdf = typst.compile(
        **_given(edition),
        pdf_standards=list(STANDARDS),
        timestamp=int(edition.as_of.timestamp()),
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - without an output path typst returns the document
    return pdf


def pictures(edition: Edition) -> list[bytes]:
    """The pages as PNG, for a preview."""
    pages = typst.compile(**_given(edition), format="png", ppi=PREVIEW_PPI)
    return pages if isinstance(pages, list) else [pages]


def _given(edition: Edition) -> dict[str, Any]:
    return {
        "input": str(HERE / "briefing.typ"),
        "root": str(HERE),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"briefing": json.dumps(_document(edition), ensure_ascii=False)},
    }


def _document(edition: Edition) -> dict[str, Any]:
    as_of = wib(edition.as_of)
    families = [name for name in selection.FAMILIES if edition.of_family(name)]
    decision, why = whole.proposal(edition)
    return {
        "week": f"Minggu {edition.number} · {date_range(edition.first, edition.last)}",
        "week_short": f"Minggu {edition.number} · {edition.first.isocalendar().year}",
        "edition": edition.week,
        "audience": whole.audience_words(edition),
        "reason": edition.reason,
        "as_of": moment(edition.as_of),
        "date": [as_of.year, as_of.month, as_of.day, as_of.hour, as_of.minute, as_of.second],
        "running": edition.running,
        "completeness": whole.completeness(edition),
        "simulated": edition.simulated,
        "all_simulated": edition.simulated and all(figure.simulated for figure in edition.figures),
        "points": [_point(edition.figure(name)) for name in edition.points],
        "no_points": whole.no_points(edition),
        "decision": decision,
        "why": why,
        "directives": actions.directives(edition),
        "alerts": actions.alerts(edition),
        "rows": _rows(edition, _first_page(edition)),
        "left_over": len(edition.figures) - len(_first_page(edition)),
        "families": [_family(edition, name) for name in families],
        "late": behind.late_groups(edition.sources),
        "sources": [behind.source_row(line, edition.as_of) for line in edition.sources],
        "attributions": list(dict.fromkeys(line.attribution for line in edition.sources if line.attribution)),
        "revisions": [behind.revision_row(revision) for revision in edition.revisions[:MOST_REVISIONS]],
        "more_revisions": max(0, len(edition.revisions) - MOST_REVISIONS),
        "definitions": behind.definitions(edition),
        "defined_elsewhere": len(edition.figures) - len(behind.defined(edition)),
        "notes": notes(edition),
        "hash": edition.content_hash,
        "link": edition.link,
        "qr": qr(edition.link) if edition.link else "",
    }


def _first_page(edition: Edition) -> list[Figure]:
    """Every figure where they fit; else those that say most, in the order of the pages."""
    kept = _by_rank(list(edition.figures))[:ON_FIRST_PAGE]
    return [figure for figure in edition.figures if figure in kept]


def _by_rank(figures: list[Figure]) -> list[Figure]:
    """What speaks first, then what has a target, then the rest."""
    speaking = selection.ranked([figure for figure in figures if selection.speaks(figure)])
    rest = [figure for figure in figures if figure not in speaking]
    return [*speaking, *sorted(rest, key=lambda figure: figure.of.target is None)]


def _rows(edition: Edition, figures: list[Figure]) -> list[dict[str, Any]]:
    """Rows in the order of the pages, each with its rank: the template leaves out the last where room ends."""
    ranks = {figure.of.id: rank for rank, figure in enumerate(_by_rank(figures))}
    return [{**_row(edition, figure), "rank": ranks[figure.of.id]} for figure in figures]


def _point(figure: Figure) -> dict[str, Any]:
    lead, rest = say.point(figure)
    return {"icon": shape(figure), "lead": lead, "rest": rest, "simulated": figure.simulated}


def _row(edition: Edition, figure: Figure) -> dict[str, Any]:
    return {
        "title": figure.of.title,
        "value": say.value_words(figure),
        "target": say.target_words(figure),
        "direction": say.direction_words(figure),
        "signal": say.signal_words(figure),
        "strong": figure.changed or figure.raised,
        "icon": shape(figure),
        "age": "" if figure.value is None else age_words(age_s(figure, edition.as_of)),
        "late": str(figure.fresh) if say.late_words(figure) else "",
        "missing": figure.value is None,
        "simulated": figure.simulated,
    }


def _family(edition: Edition, name: str) -> dict[str, Any]:
    figures = edition.of_family(name)
    drawn = [figure for figure in figures if figure.of.id in edition.charts]
    return {
        "title": say.FAMILY_TITLES[name],
        "headline": whole.headline(figures),
        "simulated": any(figure.simulated for figure in figures),
        "charts": [_chart(figure) for figure in drawn],
        "rest": _rows(edition, [figure for figure in figures if figure not in drawn]),
        "events": [_event(event) for event in edition.events if event.family == name],
    }


def _chart(figure: Figure) -> dict[str, Any]:
    return {
        "title": figure.of.title,
        "value": say.value_words(figure),
        "n": f"n {number(figure.n)}"
        if figure.n is not None and figure.value is not None and not figure.counted
        else "",
        "svg": weeks_and_months(figure),
        "alt": say.alt(figure),
        "sentence": say.finding(figure),
        "simulated": figure.simulated,
    }


def _event(event: Event) -> str:
    until = f" sampai {short_moment(event.end)}" if event.end else ""
    return f"{short_moment(event.start)}{until} · {event.kind}: {event.text}"
