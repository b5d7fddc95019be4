"""Pages that can be asked for a moment of the past: `?at=` in the address of any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html
from flask import current_app, g, has_app_context
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from layouts.access.who import allowed
from layouts.panels.drawing_component import Drawing
from layouts.panels.place import UNDRAWN
from layouts.time_machine.band import band, refusal
from layouts.time_machine.machine import MACHINE, TimeMachine
from layouts.time_machine.moment import NAME, NoSuchMoment
from layouts.time_machine.still import still

NO_STORE = "penyimpanan tidak menjawab; coba lagi sebentar lagi."
NOT_FOR_YOU = "masuklah dahulu untuk melihat keadaan lampau."


def as_known(layout: Callable[..., Any]) -> Callable[..., Any]:
    """The layout of a page that, asked with `?at=`, stands still at that moment; else it is untouched."""

    def asked(**query: Any) -> Any:
        at = query.pop(NAME, None)
        machine = current_app.extensions.get(MACHINE) if has_app_context() else None
        if at is None or not isinstance(machine, TimeMachine):
            return layout(**query)
        return _then(machine, at, lambda: layout(**query))

    return asked


def _then(machine: TimeMachine, at: Any, layout: Callable[[], Any]) -> Any:
    try:
        if not allowed("view"):
            return _refused(NOT_FOR_YOU)
        past = machine.past(machine.moment(at, clock.now()))
        setattr(g, UNDRAWN, True)
        page = layout()
        with machine.lists(past.at, page) as lists:
            stood = still(page, past, lists)
        return html.Div([_markup(band(past.at)), stood], className="as-then")
    except NoSuchMoment as wrong:
        return _refused(str(wrong))
    except SQLAlchemyError:
        return _refused(NO_STORE)


def _refused(sentence: str) -> Any:
    return _markup(refusal(sentence))


def _markup(drawn: Markup) -> Drawing:
    return Drawing(id={"type": "then", "panel": "band"}, panel=None, className="then-place", markup=str(drawn))
