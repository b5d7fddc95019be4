"""How an alert is marked on a page: shape, word and state; colour never stands alone."""

from __future__ import annotations

from dash import html

from dashboard.formulas.alert_state import Alert, Severity, State

SHAPES = {Severity.KRITIS: "kritis", Severity.WASPADA: "waspada", Severity.NONE: "normal"}


def mark(alert: Alert) -> html.Span:
    """'▲ WASPADA, belum diterima': the shape is drawn by the style sheet."""
    state = "belum diterima" if alert.waits else alert.stands.value
    if alert.state is State.UNKNOWN:
        state = f"data terputus, terakhir {state}"
    shape = html.I(className=f"shape {SHAPES[alert.severity]}")
    return html.Span([shape, html.B(alert.severity.word.upper()), f" · {state} "], className="alert-mark")
