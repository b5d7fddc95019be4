"""How large a panel may be drawn: by name, so that a browser asks for a look and never for a size."""

from __future__ import annotations

from layouts.drawing.canvas import PAGE, PAGE_TALL, PAGE_WIDE, Canvas
from layouts.wall.screens import wall_looks

LOOKS: dict[str, Canvas] = {"page": PAGE, "wide": PAGE_WIDE, "tall": PAGE_TALL, **wall_looks()}
