"""How much room words take, before any browser has seen them."""

from __future__ import annotations

from functools import cache

NBSP = "\u00a0"
_ADVANCES = {
    0.22: " " + NBSP,
    0.24: "'",
    0.26: "ij",
    0.28: ",.l",
    0.30: "!:;[]",
    0.32: "()·³²",
    0.34: "ft{}",
    0.36: "r|",
    0.38: "-",
    0.40: "I",
    0.42: "/\\",
    0.44: '"°',
    0.46: "?sz",
    0.48: "Lcv",
    0.50: "Jgxy",
    0.52: "*_aeko",
    0.54: "$+0123456789<=>FTZ^`hnu~–−≤≥×µ÷",
    0.56: "ESbdpq",
    0.58: "Y",
    0.60: "#BCPVX",
    0.62: "AKR",
    0.64: "DU",
    0.66: "&GHNOQ",
    0.74: "Mw",
    0.82: "@m→",
    0.88: "%W",
}
_WIDTHS = {letter: ems for ems, letters in _ADVANCES.items() for letter in letters}
"""Advance widths of IBM Plex Sans Condensed SemiBold in em, rounded up to 0.02 (hmtx table of the TTF)."""
_WIDEST = 0.9


@cache
def text_width(text: str, size: float) -> float:
    """Width in px of `text`, never less than a browser needs; letters we do not know count as the widest."""
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in text) * size


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines `text` needs when it breaks between words at `width` px; a longer word has a line of its own."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed = text_width(word, size)
        if used and used + text_width(" ", size) + needed > width:
            lines, used = lines + 1, needed
        else:
            used += needed + (text_width(" ", size) if used else 0)
    return lines
