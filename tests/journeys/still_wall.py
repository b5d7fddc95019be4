"""A wall that holds still for its picture: no drift, no rest, no fade, one side, one theme, one scene."""

from __future__ import annotations

from playwright.sync_api import Page, expect

STILL = (
    ".wall .scene { transition: none !important } .wall .stage { transform: none !important }"
    ".wall .night { display: none !important }"
    ".wall.mirrored .strip, .wall.mirrored .strip .alarms { flex-direction: row }"
)
HOLD = """scene => {
  mojokerto.rotation.pin(scene);
  document.body.dataset.themes = JSON.stringify([[0, document.documentElement.dataset.theme]]);
}"""


def hold_still(page: Page, scene: str) -> None:
    """What changes by itself, whatever fails, stands: the picture that comes next differs by the failure alone."""
    page.add_style_tag(content=STILL)
    page.evaluate(HOLD, scene)
    expect(page.locator(f'.scene.shown[data-scene="{scene}"]')).to_have_count(1)
