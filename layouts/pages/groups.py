"""The groups of the navigation: six words in place of a row of pages."""

from __future__ import annotations

from layouts.pages import (
    account,
    alerts,
    audit_log,
    briefings,
    calls112,
    desk112,
    directives,
    displays,
    environment,
    handing_in,
    hazards,
    masterplan,
    opd,
    opd112,
    overview,
    plan_rows,
    readiness,
    resources,
    services,
    settings112,
    sources,
    spbe,
)
from layouts.pages.page import Page

GROUPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    ("Ringkasan", (overview.PAGE,)),
    ("Layanan darurat", (calls112.PAGE, desk112.PAGE, opd112.PAGE)),
    ("Lingkungan", (environment.PAGE, hazards.PAGE, resources.PAGE)),
    ("Pemerintahan digital", (spbe.PAGE, masterplan.PAGE, services.PAGE)),
    ("Tindak lanjut", (alerts.PAGE, directives.PAGE, opd.PAGE, briefings.PAGE)),
    ("Sistem", (sources.PAGE, displays.PAGE, handing_in.PAGE, readiness.PAGE, settings112.PAGE, audit_log.PAGE)),
)
"""A group of one page is a link of its own. Every page stands in one group, or is reached another way."""

ELSEWHERE = (account.PAGE, plan_rows.PAGE)
"""Reached by the name of who is signed in, and from the pages of the masterplan."""
