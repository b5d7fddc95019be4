"""The weekly briefing as PDF: content into words and charts, and those into the template. No browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import typst

from dashboard.briefings.comparison import Entry
from dashboard.briefings.content import Briefing, Family, SourceLine
from dashboard.clock import wib
from dashboard.indicators.reading import Reading
from layouts.briefing import sentences as say
from layouts.briefing.charts import charts, icon
from layouts.drawing.status_icon import FRESH_WORDS
from layouts.format import age_words, date_range, moment, number, short_moment

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "assets" / "fonts"
ROOMY = 6
"""A page of so few indicators has room for wider charts."""
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: typst then refuses a chart without alternative text."""


def render(briefing: Briefing) -> bytes:
    """The PDF; the same content gives the same bytes. Raises typst.TypstError when the template is broken."""
    words = json.dumps(_document(briefing), ensure_ascii=False)
    pdf = typst.compile(
        str(HERE / "briefing.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"briefing": words},
        pdf_standards=[STANDARD],
        timestamp=int(briefing.as_of.timestamp()),
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - without an output path typst returns the document
    return pdf


def _document(briefing: Briefing) -> dict[str, Any]:
    as_of = wib(briefing.as_of)
    return {
        "week": f"Minggu {briefing.number} · {date_range(briefing.first, briefing.last)}",
        "week_short": f"Minggu {briefing.number} · {briefing.first.isocalendar().year}",
        "edition": briefing.week,
        "as_of": moment(briefing.as_of),
        "date": [as_of.year, as_of.month, as_of.day, as_of.hour, as_of.minute, as_of.second],
        "running": briefing.running,
        "completeness": say.completeness(briefing),
        "simulated": briefing.simulated,
        "all_simulated": briefing.simulated and all(e.reading.simulated for e in briefing.entries),
        "points": [_point(entry) for entry in briefing.points],
        "no_points": say.no_points(briefing),
        "families": [_family(family) for family in briefing.families if family.entries],
        "late": [_late(line) for line in briefing.sources if line.late],
        "sourceless": [e.reading.indicator.title for e in briefing.entries if not e.reading.sources],
        "sources": [_source(line) for line in briefing.sources],
        "attributions": list(dict.fromkeys(s.state.attribution for s in briefing.sources if s.state.attribution)),
        "bases": _bases(briefing),
        "hash": briefing.content_hash,
    }


def _point(entry: Entry) -> dict[str, Any]:
    lead, rest = say.point(entry)
    return {"icon": icon(entry.reading), "lead": lead, "rest": rest, "simulated": entry.reading.simulated}


def _family(family: Family) -> dict[str, Any]:
    roomy = len(family.entries) <= ROOMY
    return {
        "title": say.FAMILY_TITLES[family.name],
        "headline": say.headline(family),
        "simulated": any(entry.reading.simulated for entry in family.entries),
        "roomy": roomy,
        "rows": [_row(entry, roomy) for entry in family.entries],
    }


def _row(entry: Entry, roomy: bool) -> dict[str, Any]:
    reading, indicator = entry.reading, entry.reading.indicator
    return {
        "title": indicator.title,
        "value": say.value_words(reading),
        "bare": number(reading.value, indicator.decimals),
        "unit": indicator.unit if reading.value is not None else "",
        "target": say.target_words(reading),
        "status": say.status_words(reading),
        "raised": entry.raised,
        "icon": icon(reading) if _has_icon(reading) else None,
        "missing": say.missing_words(reading),
        "late": str(reading.freshness.state) if say.stale_words(reading) else "",
        "judged": say.status_words(reading) != number(None),
        "age": "" if reading.value is None else age_words(reading.age_s),
        "counted": "" if reading.n is None or reading.value is None else f"n {number(reading.n)}",
        "about": say.about(entry),
        "simulated": reading.simulated,
        "clock": indicator.clock,
        "charts": [{"svg": c.svg, "alt": c.alt, "width": c.width, "place": c.place} for c in charts(reading, roomy)],
    }


def _bases(briefing: Briefing) -> list[dict[str, Any]]:
    """What each indicator rests on; those with the same basis and owner together."""
    together: dict[tuple[str, str], list[str]] = {}
    for entry in briefing.entries:
        indicator = entry.reading.indicator
        together.setdefault((indicator.basis, indicator.owner), []).append(indicator.title)
    return [{"basis": basis, "owner": owner, "titles": titles} for (basis, owner), titles in together.items()]


def _has_icon(reading: Reading) -> bool:
    return bool(say.status_words(reading) != number(None) or say.stale_words(reading))


def _source(line: SourceLine) -> dict[str, Any]:
    state = line.state
    return {
        "title": state.title,
        "owner": state.owner,
        "state": FRESH_WORDS[line.freshness.state],
        "data": short_moment(state.newest_data_at or state.answered_at),
        "refused": f"{number(state.refused_total)} dari {number(state.rows_total + state.refused_total)}",
        "simulated": state.simulated,
    }


def _late(line: SourceLine) -> str:
    since = line.freshness.since
    when = "belum pernah menjawab" if since is None else f"terakhir benar {short_moment(since)}"
    return f"{line.state.title} ({FRESH_WORDS[line.freshness.state].lower()}, {when})"
