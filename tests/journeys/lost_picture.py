"""What a wall without its server may change in its picture, and what is wrong with one that changed more."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.photograph import Photograph, altered, blank, reworded, taken, unseen

LOST = ".lost"
MAY_CHANGE = (LOST, ".strip .clock", ".strip .oldest", ".scene.shown [data-age-from]")
"""The mark itself, and what time alone changes."""
FADED = (".scene.shown .figure .number", ".scene.shown .state .word", ".scene.shown .verdict > :not(.icon)")
"""What nobody vouches for any more turns grey and hatched, and keeps its letters."""


def last_picture(page: Page) -> Photograph:
    """A photograph that `wrong_when_lost` can compare."""
    return taken(page, *MAY_CHANGE, *FADED)


def wrong_when_lost(page: Page, before: Photograph, after: Photograph | None = None) -> list[str]:
    """Sentences; none when the picture is the one before with its mark painted over it."""
    after = after or last_picture(page)
    same = altered(before, after, *MAY_CHANGE, *FADED) + reworded(before, after, *FADED)
    return same + blank(after) + unseen(page, after, LOST)
