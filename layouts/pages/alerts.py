"""Alerts: what stands, who has it in hand, what is silent, and how much our alarms ask of people."""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.alerts.silent import silent
from layouts.alerts.waiting import waiting
from layouts.exploring.filter_bar import filter_bar
from layouts.exploring.place import explore
from layouts.pages.page import Page
from layouts.panels.place import drawn, place

LEAD = "Yang perlu ditangani seseorang. Data yang terputus tidak pernah menyelesaikan peringatan."


def layout(**_: Any) -> html.Div:
    """Structure only; lists come by their callbacks, the panel by the stream."""
    now = [
        drawn(place("table", "alerts.standing", "wide", span=2, rows=2)),
        _part("Yang berlaku", waiting()),
        _part("Pesan yang ditahan", silent()),
    ]
    questions = [explore("alerts.load", span=2), drawn(place("table", "alerts.undelivered", "wide", span=2))]
    questions += [explore("alerts.episodes", span=4), explore("alerts.messages", span=4)]
    return html.Div(
        [
            html.H1("Peringatan"),
            html.P(LEAD, className="lead"),
            html.Div(now, className="grid"),
            html.H2("Jelajahi"),
            filter_bar(),
            html.Div(questions, className="grid"),
        ]
    )


def _part(title: str, content: html.Div) -> html.Section:
    return html.Section([html.H2(title), content], className="panel span-2")


PAGE = Page("alerts", "/peringatan", "Peringatan", layout)
