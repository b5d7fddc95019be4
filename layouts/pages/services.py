"""Services: whether they run, how complaints and requests keep their clocks, and what the open data are worth."""

from __future__ import annotations

from dash import html

from layouts.exploring.place import explore
from layouts.pages.page import Page, structure
from layouts.panels.place import place


def _datasets() -> html.Details:
    """A long list, for who asks for it."""
    return html.Details(
        [html.Summary("Semua dataset dalam katalog"), explore("open_data.datasets", span=2)], className="span-2"
    )


PAGE = Page(
    "services",
    "/layanan",
    "Layanan",
    structure(
        "Layanan publik",
        "Layanan daring diperiksa dari pusat komando; pengaduan dan permohonan dihitung dalam hari kerja. "
        "Ukuran bertanda lokal bukan standar nasional.",
        place("service_board", "services.up_now", "wide", span=2, rows=2),
        place("bullet", "services.availability_30d"),
        place("table", "services.certificates"),
        place("bullet", "complaints.closed_in_time"),
        place("table", "complaints.oldest_open", rows=2),
        place("bullet", "complaints.verified_in_time"),
        place("bullet", "complaints.answered_in_time"),
        place("bullet", "ppid.answered_in_time"),
        place("bullet", "delivery.within_promise"),
        place("bullet", "open_data.fresh"),
        place("bullet", "open_data.complete"),
        place("tile", "services.response_p95"),
        explored=(
            explore("services.availability", span=2),
            explore("services.incidents", span=2),
            explore("services.availability_days", span=2),
            explore("services.response_days", span=2),
            explore("services.certificates", span=2),
            explore("services.maintenance", span=2),
            explore("complaints.offices", span=2),
            explore("complaints.weeks", span=2),
            explore("complaints.open", span=2),
            explore("ppid.offices", span=2),
            explore("delivery.services", span=2),
            explore("delivery.open", span=2),
            explore("open_data.producers", span=2),
            _datasets(),
        ),
    ),
)
