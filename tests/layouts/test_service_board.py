"""The board of services: every service with its days; across a room no name is cut off and what is left out is said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard.formulas.availability import Watched
from dashboard.indicators.catalogue.services import letter
from dashboard.indicators.indicator import Status
from layouts.drawing.day_bars import day_bars
from layouts.looks import LOOKS
from layouts.panels import service_board
from layouts.panels.service_board import WALL_DAYS
from tests.builders import reading

DAY = 86_400_000


def item(label: str, **given: Any) -> dict[str, Any]:
    return {"label": label, "value": "berjalan", "owner": "Diskominfo", "days": "a" * 88 + "d-", "share": "99.87",
            "p95": 420, "status": None, "since": None, **given}  # fmt: skip


def drawn(items: list[dict[str, Any]], look: str = "wide", **given: Any) -> str:
    detail = {"layanan": items}
    defaults: dict[str, Any] = {"unit": "layanan", "title": "Layanan berjalan", "value": len(items), "n": len(items)}
    return str(service_board.draw(reading(**{**defaults, "detail": detail, **given}), LOOKS[look]))


def test_a_page_shows_every_service_with_its_ninety_days_and_words() -> None:
    page = drawn([item(f"Layanan {n}") for n in range(30)])
    assert page.count("<li") == 30
    assert "90 hari: 1 dengan gangguan, 0 pemeliharaan, 1 tidak terpantau" in page
    assert "99,87 %" in page
    assert "p95 420 ms" in page
    assert "dari 30 layanan" in page


def test_a_wall_shows_what_fits_and_says_how_many_more_there_are() -> None:
    wall = drawn([item(f"Layanan {n}") for n in range(30)], "aula.hero")
    shown = wall.count("<li")
    assert 6 <= shown < 30
    assert f"+ {30 - shown} lagi" in wall
    assert f"{WALL_DAYS} hari" in wall


def test_names_take_the_same_width_in_every_row_and_long_ones_two_lines() -> None:
    few = drawn([item("JDIH"), item("Layanan administrasi kependudukan dan pencatatan sipil daring")], "aula.hero")
    width = float(re.findall(r"--label: (\d+)px", few)[0])
    assert width <= service_board.WIDEST_LABEL * LOOKS["aula.hero"].width + 1
    assert "kependudukan dan pencatatan sipil daring" in few


@pytest.mark.parametrize(("status", "word"), [("kritis", "Kritis"), ("waspada", "Waspada"), (None, "Normal")])
def test_a_state_has_a_shape_and_never_a_colour_alone(status: str | None, word: str) -> None:
    assert f"<title>{word}</title>" in drawn([item("Portal", status=status)])


def test_without_a_value_there_is_the_reason_and_no_board() -> None:
    page = drawn([], value=None, n=None, missing="belum ada pemeriksaan layanan", status=Status.UNKNOWN)
    assert "belum ada pemeriksaan layanan" in page
    assert "<li" not in page


@pytest.mark.parametrize(
    ("watched", "mark"),
    [
        (Watched(DAY, 0, 0, DAY), "a"),
        (Watched(DAY - 1, 1, 0, DAY), "b"),
        (Watched(99, 1, 0, 100), "b"),
        (Watched(98, 2, 0, 100), "c"),
        (Watched(94, 6, 0, 100), "d"),
        (Watched(0, 0, 0, DAY), "-"),
        (Watched(0, 0, DAY, DAY), "m"),
        (Watched(0, 0, 5, DAY), "-"),
    ],
)
def test_the_letter_of_a_day(watched: Watched, mark: str) -> None:
    assert letter(watched) == mark


def test_a_bad_day_is_higher_the_worse_it_was() -> None:
    heights = [max(map(float, re.findall(r'y="([\d.]+)"', str(day_bars(mark))))) for mark in "bcd"]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
