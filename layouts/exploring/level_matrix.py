"""Every indicator as a cell with value, target and stage that leads to its evidence; missing is hatched."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard.assessment_stages import STAGE_LETTERS, STAGE_TITLES
from dashboard.exploring.asking import Asked
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.exploring.cells import exact
from layouts.format import NOTHING, number

PATH = "/spbe/indikator"
LETTERS = {title: STAGE_LETTERS[stage] for stage, title in STAGE_TITLES.items()}


def level_matrix(asked: Asked, _canvas: Canvas) -> Markup:
    """HTML: a group for each aspect, in their order."""
    rows = asked.answer.rows
    whole = all(row["value"] is None or exact(row["value"]) % 1 == 0 for row in rows)
    groups = [
        _aspect(name, list(members), whole) for name, members in groupby(rows, key=lambda row: str(row["aspect"]))
    ]
    return el("div", {"class": "level-matrix"}, *groups, _legend())


def _aspect(name: str, rows: list[Mapping[str, Any]], whole: bool) -> Markup:
    cells = [_cell(row, whole) for row in rows]
    return el("div", {"class": "aspect"}, el("h3", {}, name), el("div", {"class": "cells"}, *cells))


def _cell(row: Mapping[str, Any], whole: bool) -> Markup:
    value, target = row["value"], row["target"]
    figure = NOTHING if value is None else number(exact(value), 0 if whole else 2)
    aim = f"→{number(exact(target), 0 if whole else 2)}" if target is not None else ""
    named = " ".join([figure, str(row["word"] or "")]).strip()
    words = f"{row['no']} {row['name']}: {named}, {row['stage']}"
    owned = f", {row['owner']}" if row["owner"] else ", belum ada pemilik"
    blocked = f", {row['blocked']} tahun ini" if row["blocked"] else ""
    attrs = {
        "class": "cell",
        "href": address(str(row["code"])),
        "data-level": "kosong" if value is None else str(int(exact(value))),
        "data-blocked": bool(row["blocked"]),
        "title": f"{words}{owned}{blocked}",
    }
    return el(
        "a", attrs,
        el("span", {"class": "no"}, str(row["no"])),
        el("span", {"class": "value"}, figure, el("small", {}, aim) if aim else None),
        el("span", {"class": "stage"}, LETTERS[str(row["stage"])]),
    )  # fmt: skip


def address(code: str) -> str:
    """'SPBE-2020/2024/12' → the address of that indicator."""
    instrument, year, no = code.split("/")
    return f"{PATH}?{urlencode({'instrumen': instrument, 'tahun': year, 'no': no})}"


def _legend() -> Markup:
    """What the letters of the stages mean."""
    parts = [f"{STAGE_LETTERS[stage]} {title}" for stage, title in STAGE_TITLES.items()]
    return el("p", {"class": "legend"}, "Sudut kiri nomor, tengah nilai →sasaran, kanan tahap: " + " · ".join(parts))
