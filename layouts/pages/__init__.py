"""Every page, and who may open it: listed apart from the navigation, so that no page is open by being named there."""

from __future__ import annotations

from dashboard.access.roles import Action
from layouts.editing.parts import ACTIONS
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
    indicator,
    masterplan,
    opd,
    opd112,
    overview,
    panel,
    plan_rows,
    programme,
    readiness,
    resources,
    services,
    settings112,
    sources,
    spbe,
    station,
)
from layouts.pages.page import Page

PAGES = (
    overview.PAGE,
    alerts.PAGE,
    directives.PAGE,
    opd.PAGE,
    calls112.PAGE,
    environment.PAGE,
    hazards.PAGE,
    resources.PAGE,
    spbe.PAGE,
    masterplan.PAGE,
    services.PAGE,
    readiness.PAGE,
    briefings.PAGE,
    sources.PAGE,
)
"""Pages for everybody."""

UNLISTED = (indicator.PAGE, programme.PAGE, station.PAGE, panel.PAGE)
"""Pages that one comes to from another page."""

CLOSED: tuple[tuple[Page, tuple[Action, ...]], ...] = (
    (desk112.PAGE, ("desk.view",)),
    (opd112.PAGE, ("opd.view",)),
    (handing_in.PAGE, ("data.hand_in",)),
    (plan_rows.PAGE, ("masterplan.write",)),
    (displays.PAGE, ("displays.view",)),
    (settings112.PAGE, ACTIONS),
    (audit_log.PAGE, ("audit.view",)),
    (account.PAGE, ("account.own",)),
)
"""Pages that the navigation names only to who may do one of these; their callbacks ask again."""

RULES: tuple[tuple[Page, tuple[Action, ...]], ...] = (*((page, ("view",)) for page in (*PAGES, *UNLISTED)), *CLOSED)
"""Every page with the actions of which one opens it."""
