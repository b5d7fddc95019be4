"""What is wrong with letters on the wall as they stand: size, contrast, cut, overlap, outside."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from layouts.wall.screens import SEAM_PX

TEXT_AM, CONTRAST = 16, 7
SCENE = ".scene.shown, .strip"
_LIMITS = {"text": TEXT_AM, "status": 20, "figure": 45, "contrast": CONTRAST, "seam": SEAM_PX}
_LOOK = (Path(__file__).parent / "wall_looks.js").read_text(encoding="utf-8")


def wrong_looks(page: Page, where: str = SCENE) -> list[str]:
    """A sentence for each fault of what `where` selects; sizes in minutes of arc."""
    found: list[str] = page.evaluate(_LOOK, {**_LIMITS, "where": where})
    return found
