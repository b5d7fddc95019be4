"""What a wall without its server may change in its picture, and what is wrong with one that changed more, or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.photograph import PANELS, Photograph, altered, blank, reworded, taken, unseen
from tests.journeys.pixels import coloured_share

LOST, SIMULATED = ".lost", ".panel .simulated"
MAY_CHANGE = (LOST, ".strip .clock", ".strip .oldest", ".strip [data-count]", ".scene.shown [data-age-from]")
"""The mark itself, what time alone changes, and counts whose shapes turn grey."""
LETTERS = (
    ".scene.shown h2", ".scene.shown .figure .number", ".scene.shown .figure .unit", ".scene.shown .state .word",
    ".scene.shown .verdict > :not(.icon)", ".scene.shown .list .label",
    ".scene.shown .list .value:not(:has([data-age-from]))", ".scene.shown .panel svg text",
)  # fmt: skip
"""What nobody vouches for any more turns grey and hatched, and keeps its letters."""
ALL_BUT_PANELS = 0.98
"""Inside the panels colours change: there letters and places are compared instead of pixels."""
GREY, SPECKS = 28, 0.0005
"""Steps of 255 that the channels of our greys lie apart at most, with room for soft edges; and the share of a panel
that may be coloured: a mark that anybody sees takes more.
"""
_DRAWN, _STILL_LIVE = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("drawn.js", "still_live.js")
)


@dataclass(frozen=True, slots=True)
class LastPicture:
    """The pixels, and where everything in the panels stands."""

    photograph: Photograph
    drawn: Sequence[str]


def last_picture(page: Page) -> LastPicture:
    """The page now, so that `wrong_when_lost` can compare it."""
    return LastPicture(taken(page, *MAY_CHANGE, *LETTERS, SIMULATED), drawn(page))


def drawn(page: Page, scope: str = PANELS) -> list[str]:
    """An entry for each thing in the panels: what it is, its letters, and its place."""
    found: list[str] = page.evaluate(_DRAWN, scope)
    return found


def wrong_when_lost(page: Page, before: LastPicture, after: LastPicture | None = None) -> list[str]:
    """Sentences; none when the picture is the one before, greyed, with its mark painted over it."""
    after = after or last_picture(page)
    was, now = before.photograph, after.photograph
    same = altered(was, now, *MAY_CHANGE, PANELS, most=ALL_BUT_PANELS) + reworded(was, now, *LETTERS)
    return (
        same
        + moved(before.drawn, after.drawn)
        + still_live(page)
        + coloured(now)
        + blank(now)
        + unseen(page, now, LOST)
    )


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What has another place, size or text than before."""
    if len(before) != len(after):
        return [f"{len(after)} things are drawn, before {len(before)}"]
    return [f"moved: {was} → {now}" for was, now in zip(before, after, strict=True) if was != now][:5]


def still_live(page: Page, scope: str = PANELS) -> list[str]:
    """What the browser still paints as if it were of now."""
    found: list[str] = page.evaluate(_STILL_LIVE, {"scope": scope, "grey": GREY})
    return found


def coloured(photograph: Photograph) -> list[str]:
    """Panels with colour beside SIMULASI and the mark, whoever painted it."""
    boxes = photograph.places[PANELS]
    left_out = [box for place in (SIMULATED, LOST) for box in photograph.places[place]]
    shares = {box: coloured_share(photograph.image, box, left_out, GREY) for box in boxes}
    return [f"colour within {box}" for box, share in shares.items() if share > SPECKS]
