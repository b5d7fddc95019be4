"""Every page, in the order of the navigation."""

from __future__ import annotations

from layouts.pages import calls112, environment, overview, sources, spbe

PAGES = (overview.PAGE, calls112.PAGE, environment.PAGE, spbe.PAGE, sources.PAGE)
