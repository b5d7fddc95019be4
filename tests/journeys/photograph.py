"""A photograph of the wall: compared with the one before, searched for its mark, and kept for whoever looks."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.pixels import Box, changed, drawn_share, lettering, likeness, masked, share
from tests.journeys.wall_looks import CONTRAST, TEXT_AM, wrong_looks

SAME_WITHIN = 0.00001
"""Twenty pixels of a screen of 1080 lines; one digit in the smallest letters of the wall has two hundred."""
MOST_DECLARED = 0.35
"""Whoever declares more compares nothing, unless something else compares what is declared."""
REACH = 4
LIKE, GROUND_OF_MARK, DRAWN = 0.9, 0.6, 0.01
PANELS = ".scene.shown .panel"
KEPT_IN = os.environ.get("FAULT_PICTURES", "")
KEPT_SIZE, QUALITY, LARGEST_BYTES = (960, 540), 60, 60_000
BOXES = """selectors => Object.fromEntries(selectors.map((selector) => [selector,
  [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => {
    const { left, top, right, bottom } = e.getBoundingClientRect();
    return [Math.floor(left), Math.floor(top), Math.ceil(right), Math.ceil(bottom)];
  })]))"""
MARK = (Path(__file__).parent / "mark.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Photograph:
    """The pixels, and where what was asked for stands in them."""

    image: Image.Image
    places: Mapping[str, Sequence[Box]]


def taken(page: Page, *places: str) -> Photograph:
    """The page now. `places` are selectors: what may change, or is looked at."""
    found = page.evaluate(BOXES, [PANELS, *places])
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return Photograph(image, {place: [tuple(box) for box in boxes] for place, boxes in found.items()})


def altered(before: Photograph, after: Photograph, *declared: str, most: float = MOST_DECLARED) -> list[str]:
    """What differs beside the declared places, which must leave most of the picture to compare."""
    boxes = [_grown(box) for place in declared for one in (before, after) for box in one.places[place]]
    left_out = 1 - share(masked(Image.new("L", before.image.size, 255), boxes))
    marks = changed(before.image, after.image, boxes)
    wrong = [f"{left_out:.0%} of the picture is declared"] if left_out > most else []
    return wrong + ([f"another picture within {marks.getbbox()}"] if share(marks) > SAME_WITHIN else [])


def _grown(box: Box) -> Box:
    """Letters with a descender reach out of their box."""
    left, top, right, bottom = box
    return left - REACH, top - REACH, right + REACH, bottom + REACH


def reworded(before: Photograph, after: Photograph, *places: str) -> list[str]:
    """Places that may change their colours only, and hold other letters now."""
    wrong = []
    for place in places:
        pairs = list(zip_longest(before.places[place], after.places[place]))
        if any(None in pair or _likeness(before, after, *pair) < LIKE for pair in pairs):
            wrong.append(f"other letters in {place}")
    return wrong


def _likeness(before: Photograph, after: Photograph, one: Box, other: Box) -> float:
    """Within both boxes: the same letters may have got a taller box."""
    left, top, right, bottom = zip(one, other, strict=True)
    box = (min(left), min(top), max(right), max(bottom))
    return likeness(before.image.crop(box), after.image.crop(box))


def blank(photograph: Photograph) -> list[str]:
    """No panel, or panels without anything drawn in them."""
    boxes = photograph.places[PANELS]
    empty = [box for box in boxes if drawn_share(photograph.image.crop(box)) < DRAWN]
    return [f"nothing drawn in {box}" for box in empty] or ([] if boxes else ["no panel"])


def lit(photograph: Photograph, *words: str) -> list[str]:
    """What is not black beside the words, on a screen that must show nothing else."""
    boxes = [_grown(box) for place in words for box in photograph.places[place]]
    marks = changed(Image.new("RGB", photograph.image.size), photograph.image, boxes)
    return [f"light within {marks.getbbox()}"] if marks.getbbox() else []


def unseen(page: Page, photograph: Photograph, mark: str) -> list[str]:
    """Why nobody sees a mark: what the browser knows of it, and what its pixels are."""
    told = page.evaluate(MARK, mark)
    if told["box"] is None:
        return list(told["wrong"])
    return [*told["wrong"], *wrong_looks(page, mark), *_unpainted(photograph, tuple(told["box"]), told)]


def _unpainted(photograph: Photograph, box: Box, told: Mapping[str, object]) -> list[str]:
    seen = lettering(photograph.image.crop(box))
    am = float(str(told["am"]))
    tests = {
        f"its box is {seen.ground}": list(seen.ground) == told["ground"] and seen.share >= GROUND_OF_MARK,
        f"a contrast of {seen.contrast:.1f} in pixels": seen.contrast >= CONTRAST,
        f"letters of {seen.height} px": seen.height >= TEXT_AM * am - 1,
    }
    return [sentence for sentence, is_right in tests.items() if not is_right]


def kept(photograph: Photograph, name: str) -> None:
    """Write it down as a small picture, where FAULT_PICTURES names a folder (`make pictures`)."""
    if not KEPT_IN:
        return
    file = Path(KEPT_IN) / f"{name}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    photograph.image.resize(KEPT_SIZE, Image.Resampling.LANCZOS).save(file, quality=QUALITY, method=6)
    assert file.stat().st_size <= LARGEST_BYTES, file
