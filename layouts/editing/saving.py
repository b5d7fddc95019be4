"""Saving an entry: the right, one transaction, and what is said afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from dash import html
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing.entry import EntryRefused, NotYours
from dashboard.store.database import writing
from dashboard.store.people import Person
from layouts.access.refusals import note_refusal
from layouts.access.who import NOT_ALLOWED, allowed, person
from layouts.format import short_moment

log = logging.getLogger(__name__)

NOT_KEPT = "Belum tersimpan: penyimpanan tidak menjawab. Coba lagi sebentar lagi; isian Anda masih ada di layar."

Write = Callable[[Connection, Person, datetime], None]
Prove = Callable[[Person, datetime], None]


def said(name: str) -> html.Div:
    """The place where the outcome of the part `name` is said, also to a screen reader."""
    return html.Div(id=f"{name}-said", className="said", role="status")


def saved(engine: Engine, action: Action, write: Write, prove: Prove | None = None) -> html.P:
    """Let who asks write, if they may: 'Tersimpan 14.05 WIB oleh Sari', or the sentence why not.

    `prove` comes first, in transactions of its own: what it counts stays counted when it refuses. What is refused for
    who asks is written down, as the guard of all callbacks does.
    """
    who, now = person(), clock.now()
    if who is None or not allowed(action):
        note_refusal("perubahan", action)
        return wrong(NOT_ALLOWED)
    try:
        if prove is not None:
            prove(who, now)
        with writing(engine) as connection:
            write(connection, who, now)
    except NotYours as refused:
        note_refusal("perubahan", str(refused))
        return wrong(str(refused))
    except EntryRefused as refused:
        return wrong(str(refused))
    except SQLAlchemyError:
        log.exception("an entry was not kept")
        return wrong(NOT_KEPT)
    return html.P(f"Tersimpan {short_moment(now, now)} oleh {who.title}.", className="saved")


def wrong(sentence: str) -> html.P:
    """A sentence about what was not done."""
    return html.P(sentence, className="wrong", role="alert")


def pressed(clicks: list[int | None]) -> bool:
    """Whether a button was pressed, and not merely drawn."""
    return any(clicks)


def field(label: str, control: Any, hint: str = "", **given: Any) -> html.Label:
    """A control with its label above it, and below it what it means."""
    below = [html.Small(hint)] if hint else []
    return html.Label([html.Span(label), control, *below], **given)


def unseen_label(label: str, control: Any) -> html.Label:
    """A control in a list whose row says to the eye what it is for, and its label to a screen reader."""
    return html.Label([html.Span(label, className="unseen"), control])
