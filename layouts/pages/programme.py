"""One programme of the masterplan."""

from __future__ import annotations

from typing import Any

from dashboard.exploring.masterplan.asked_plan import PATH
from layouts.masterplan.programme import structure
from layouts.pages.page import Page


def layout(kode: str = "", **_: Any) -> Any:
    """Structure only."""
    return structure(kode)


PAGE = Page("programme", PATH, "Program", layout)
