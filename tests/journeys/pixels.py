"""What pixels alone say: the share that changed, what is written in a box, whether two writings are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops

from tests.colours import contrast

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
Colour = tuple[int, int, int]
NOISE = 12
"""Steps of 255 by which a colour may differ from run to run."""
SPECK = 0.002
"""The share of a box that a colour must fill to count as one of its two: less is the soft edge of letters."""


def masked(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A copy in which these boxes are black."""
    copy = image.copy()
    for box in boxes:
        copy.paste("black", box)
    return copy


def changed(before: Image.Image, after: Image.Image, declared: Iterable[Box] = ()) -> Image.Image:
    """White where a pixel differs outside the declared boxes, else black."""
    red, green, blue = masked(ImageChops.difference(before, after), declared).split()
    return _above(ImageChops.lighter(ImageChops.lighter(red, green), blue), NOISE)


def share(marks: Image.Image) -> float:
    """Of a black and white picture, the white part."""
    return marks.histogram()[255] / (marks.width * marks.height)


def _above(grey: Image.Image, limit: float) -> Image.Image:
    return grey.point([255 if level > limit else 0 for level in range(256)])


@dataclass(frozen=True, slots=True)
class Lettering:
    """The colour that fills a box most, its share, and the one that stands out most from it with its height in px."""

    ground: Colour
    share: float
    contrast: float
    height: int


def lettering(image: Image.Image) -> Lettering:
    """What is written in a picture that holds nothing but letters on their ground."""
    area = image.width * image.height
    found: list[tuple[int, Colour]] = sorted(image.getcolors(area) or [], reverse=True)
    count, ground = found[0]
    ink = max((colour for n, colour in found if n >= SPECK * area), key=lambda colour: _contrast(colour, ground))
    alike = ImageChops.invert(changed(image, Image.new("RGB", image.size, ink)))
    _, top, _, bottom = alike.getbbox() or (0, 0, 0, 0)
    return Lettering(ground, count / area, _contrast(ink, ground), bottom - top)


def drawn_share(image: Image.Image) -> float:
    """The part of a picture that is not its ground; of every fourth pixel, which is quick and enough."""
    few = image.resize((image.width // 2, image.height // 2), Image.Resampling.NEAREST)
    area = few.width * few.height
    return 1 - max(count for count, _ in few.getcolors(area) or [(area, None)]) / area


def coloured_share(image: Image.Image, box: Box, left_out: Iterable[Box], grey: int) -> float:
    """The part of a box whose channels lie further apart than those of a grey."""
    red, green, blue = masked(image, left_out).crop(box).split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return share(_above(ImageChops.subtract(brightest, darkest), grey))


def _contrast(one: Colour, other: Colour) -> float:
    return contrast("#{:02x}{:02x}{:02x}".format(*one), "#{:02x}{:02x}{:02x}".format(*other))


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the letters of two boxes of one size coincide, 0 to 1, whatever their colours and faint hatching."""
    inked = [_ink(image) for image in (one, other)]
    both, either = ImageChops.multiply(*inked), ImageChops.lighter(*inked)
    return share(both) / max(share(either), 1e-9)


def _ink(image: Image.Image) -> Image.Image:
    """White where a pixel is nearer to the brightest of its box than to the darkest: letters of a dark wall."""
    grey = image.convert("L")
    darkest, brightest = grey.getextrema()
    return _above(grey, (darkest + brightest) / 2)
