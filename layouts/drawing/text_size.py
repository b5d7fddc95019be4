"""How much room words take, before any browser has seen them."""

from __future__ import annotations

from functools import cache

NBSP = "\u00a0"
_ADVANCES = {
    0.24: " '" + NBSP, 0.28: ",.ijl", 0.32: "!():;[]·³²", 0.36: "frt{|}", 0.40: "-I", 0.44: '"/\\°', 0.48: "?Lcsvz",
    0.52: "*J_aegkoxy", 0.56: "$+0123456789<=>EFSTZ^`bdhnpqu~–−≤≥×µ÷", 0.60: "#BCPVXY", 0.64: "ADKRU", 0.68: "&GHNOQ",
    0.76: "Mw", 0.84: "@m→",
}  # fmt: skip
_WIDTHS = {letter: ems for ems, letters in _ADVANCES.items() for letter in letters}
"""Advance widths of IBM Plex Sans Condensed SemiBold in em, rounded up to 0.04 (hmtx table of the TTF)."""
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
