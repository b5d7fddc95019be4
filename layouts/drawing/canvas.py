"""The surface one draws on: its size, the size of its text, the weight of its lines, its colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layouts.theme import SCREEN, Theme

CAP_HEIGHT = 0.698
"""Cap height of IBM Plex Sans Condensed in em (OS/2 table)."""
SMALLEST_ARCMIN = 16
LINE_ARCMIN = 3
"""Lines of a chart need three minutes of arc to be seen across a room, text sixteen (NUREG-0700 12.1.1.3)."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Sizes in px. `am` is 0 on a page; on a wall it is the px of one minute of arc, and `width` × `height`
    is the whole inside of a panel, which title, figure and footer share with the graphic. `column` is the height
    of a panel that takes the whole column of the wall.
    """

    width: float
    height: float
    text: float = 14
    stroke: float = 2.5
    theme: Theme = SCREEN
    am: float = 0
    rows: int = 12
    column: float = 0

    def sized(self, width: float, height: float) -> Canvas:
        """The same surface in another size."""
        return replace(self, width=width, height=height)

    def standing(self) -> Canvas:
        """The whole column of the wall: lists and maps are read from top to bottom. The same surface elsewhere."""
        return replace(self, height=max(self.height, self.column))

    @property
    def on_wall(self) -> bool:
        """Whether this is read across a room."""
        return self.am > 0


PAGE = Canvas(326, 140)
"""A panel in one column of a page, and any panel on a phone: as narrow as the narrowest, so that a drawing is only
ever enlarged and its letters never fall below `text` px.
"""
PAGE_WIDE = Canvas(700, 270)
"""A panel over two columns of a page; panel.css shows the narrow drawing below this width."""


PAGE_TALL = Canvas(700, 330)
"""A panel over two columns and two rows of a page."""


def wall(am: float, width: float, height: float, column: float = 0) -> Canvas:
    """A cell of the wall: `am` px per minute of arc; width, height and that of a whole column in px inside the panel's
    padding.
    """
    text = SMALLEST_ARCMIN * am / CAP_HEIGHT
    rows = max(1, int((height - 2.3 * text) / (1.42 * text)))
    return Canvas(width, height, text, LINE_ARCMIN * am, SCREEN, am, rows, column)


def paper(width: float, height: float, theme: Theme) -> Canvas:
    """A chart of the briefing in points; literal colours, because the PDF knows no CSS variables."""
    return Canvas(width, height, 9, 1.4, theme)
