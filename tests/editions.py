"""Editions for tests: figures with a past, and whole editions of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.briefings import selection
from dashboard.briefings.edition import Edition, Proposal, SourceLine
from dashboard.briefings.figure import Figure, Slot, Subject
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.signal import judged
from dashboard.indicators.indicator import Status
from tests.conftest import missing_service

AS_OF = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""Senin, 23 November 2026 06.00 WIB: the moment of the edition of week 47."""
WEEK = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
"""Its Monday 00.00 WIB."""
_OF_SUBJECT = Subject.__slots__


def figure(past: Sequence[float] = (), **given: Any) -> Figure:
    """93,1 % of 131 cases, by default without a past; names of a subject's fields reach the subject."""
    of_subject = {name: given.pop(name) for name in list(given) if name in _OF_SUBJECT}
    subject = {
        "id": "calls112.service_level", "title": "Terjawab ≤ 15 detik", "unit": "%", "decimals": 1, "family": "112",
        "owner": "Diskominfo", "clock": "Senin 00.00 – Minggu 24.00 WIB", "basis": "Uji", "better": "up",
        "target": None, "target_basis": "", "weight": 1,
    }  # fmt: skip
    of = Subject(**{**subject, **of_subject})
    value = given.pop("value", Decimal("93.1"))
    values = [*past, float(value)] if value is not None else list(past)
    n = given.pop("n", 131)
    labels = [str(number) for number in range(42, 48)]
    shown = [None] * 6 + [Decimal(str(v)) for v in past[-5:]] + [value]
    defaults: dict[str, Any] = {
        "of": of, "value": value, "n": n, "interval": None, "band": "Normal", "status": Status.NORMAL, "missing": "",
        "data_time": AS_OF - timedelta(hours=6, minutes=4), "simulated": False, "later": False,
        "previous": Decimal(str(past[-1])) if past else None,
        "previous_data_time": AS_OF - timedelta(days=7, hours=6) if past else None,
        "judged": judged(values, of.better, counts=value == n),
        "weeks": tuple(Slot(label, v, None) for label, v in zip(labels, shown[-6:], strict=True)),
        "months": tuple(Slot(name, Decimal(str(past[0])) if past else None, None) for name in MONTHS),
        "fresh": FreshState.FRESH, "sources": ("antrean",),
    }  # fmt: skip
    return Figure(**{**defaults, **given})


MONTHS = ("Nov", "Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt")


def source_line(**given: Any) -> SourceLine:
    """A fresh source."""
    defaults: dict[str, Any] = {
        "id": "antrean", "title": "Antrean 112", "owner": "Diskominfo", "state": FreshState.FRESH,
        "since": AS_OF - timedelta(minutes=1), "newest": AS_OF - timedelta(minutes=4), "rows": 1200, "refused": 3,
        "simulated": False, "attribution": "",
    }  # fmt: skip
    return SourceLine(**{**defaults, **given})


def edition(*figures: Figure, **given: Any) -> Edition:
    """The regent's edition of week 47 with these figures, its points and charts chosen by the rules."""
    sources = given.pop("sources", (source_line(),) if figures else ())
    points = selection.main_points(figures)
    spoken = [f for name in points for f in figures if f.of.id == name]
    defaults: dict[str, Any] = {
        "week": "2026-W47", "first": date(2026, 11, 16), "last": date(2026, 11, 22), "as_of": AS_OF, "running": False,
        "audience": "bupati", "revision": 1, "reason": "", "figures": tuple(figures), "points": points,
        "charts": selection.charts(figures),
        "proposal": selection.proposal(spoken, sources) if figures else Proposal("tidak ada"),
        "sources": tuple(sources), "events": (), "revisions": (), "directives": None,
        "link": "https://pusatkomando.example/?at=2026-11-23T06:00%2B07:00",
    }  # fmt: skip
    return Edition(**{**defaults, **given})


def text_of(pdf: bytes, directory: Path, layout: bool = False) -> list[str]:
    """The words of each page as poppler finds them; with `layout` as they stand, else in reading order."""
    if shutil.which("pdftotext") is None:
        missing_service("pdftotext (poppler-utils)")
    path = directory / "laporan.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", *(["-layout"] if layout else []), str(path), "-"]
    found = subprocess.run(command, capture_output=True, check=True)
    return found.stdout.decode().replace("\u00a0", " ").split("\f")[:-1]
