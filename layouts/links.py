"""Links that somebody wrote: followed only where a browser can follow them without running anything."""

from __future__ import annotations

from dash import html

from datasources import evidence


def written_link(words: str, address: str) -> html.A | html.Span:
    """A link in a tab of its own. Checked again, for a bad row in the store must do no harm."""
    try:
        return html.A(words, href=evidence.link(address), target="_blank", rel="noopener noreferrer")
    except evidence.BadLink:
        return html.Span(f"{words} (tautan tidak dapat dibuka)")
