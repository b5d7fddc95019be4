"""Who acts, and what was agreed, beside a band that asks for it."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicators.reading import Reading
from layouts.drawing.markup import el


def action(reading: Reading) -> Markup | None:
    """The sentence; a critical band without an agreed action still names its OPD."""
    return el("p", {"class": "action"}, el("b", {}, "Bertindak: "), reading.action) if reading.action else None
