"""Colours hold their contrast, and statuses stay apart for people who see colours differently."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from layouts.theme import CETAK, KENDALI, SCREEN, SIANG, THEMES, Theme, css_variables
from tests.colours import Rgb, contrast, linear, luminance

THEME_CSS = Path(__file__).parents[2] / "assets" / "theme.css"
Matrix = tuple[Rgb, Rgb, Rgb]

# Machado, Oliveira and Fernandes 2009, severity 1.0, applied to linear RGB.
VISION: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_has_a_contrast_of_seven(theme: Theme) -> None:
    for ground in (theme.ground, theme.panel, theme.strip):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.dim, ground) >= 7
    assert contrast(theme.on_info, theme.info) >= 7
    assert contrast(theme.ink, theme.band) >= 7
    for ink, step in zip(theme.on_steps, theme.steps, strict=True):
        assert contrast(ink, step) >= 7


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_shapes_and_lines_have_a_contrast_of_three(theme: Theme) -> None:
    for colour in (theme.critical, theme.warning, theme.info, theme.stale):
        assert contrast(colour, theme.panel) >= 3
        assert contrast(colour, theme.ground) >= 3


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", [SIANG, KENDALI, CETAK], ids=lambda theme: theme.name)
def test_status_colours_differ_for_every_kind_of_sight(theme: Theme, vision: str) -> None:
    seen = [lab(simulate(c, VISION[vision])) for c in (theme.critical, theme.warning, theme.info, theme.stale)]
    assert min(dist(one, other) for one, other in combinations(seen, 2)) >= 25


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_five_steps_of_a_map_grow_in_one_direction(theme: Theme) -> None:
    light = [luminance(step) for step in theme.steps]
    assert light in (sorted(light), sorted(light, reverse=True))
    assert len(set(light)) == 5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_style_sheet_repeats_the_tokens_exactly(theme: Theme) -> None:
    block = re.search(rf'\[data-theme="{theme.name}"\] \{{(.*?)\}}', THEME_CSS.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    for declaration in css_variables(theme).splitlines():
        assert declaration.strip() in block.group(1)


def test_a_screen_is_drawn_with_variables_that_every_theme_defines() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", repr(SCREEN)))
    assert used
    for theme in THEMES.values():
        assert used <= set(re.findall(r"(--[\w-]+):", css_variables(theme)))


def simulate(colour: str, matrix: Matrix) -> Rgb:
    r, g, b = (min(1.0, max(0.0, sum(a * c for a, c in zip(row, linear(colour), strict=True)))) for row in matrix)
    return r, g, b


def lab(rgb: Rgb) -> Rgb:
    """CIE L*a*b* under D65."""
    r, g, b = rgb
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    fx, fy, fz = (t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in xyz)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
