"""One assessed indicator: value, stage, evidence, and the form of those who may move it."""

from __future__ import annotations

from typing import Any

from layouts.assessing.indicator import structure
from layouts.exploring.level_matrix import PATH
from layouts.pages.page import Page


def layout(instrumen: str = "", tahun: str = "", no: str = "", **_: Any) -> Any:
    """Structure only."""
    return structure(f"{instrumen}/{tahun}/{no}")


PAGE = Page("indicator", PATH, "Indikator", layout)
