"""The briefing of this deployment: composed from its store, printed by typst, packed, and sent by its roads."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlalchemy import Connection

from dashboard.briefings import recipients
from dashboard.briefings.compose import Order, compose
from dashboard.briefings.deliver import Post
from dashboard.briefings.edition import Edition
from dashboard.briefings.issue import Press
from dashboard.briefings.mail import MailServer
from dashboard.briefings.notification import Notifications, Nowhere
from dashboard.briefings.parcel import Road
from dashboard.settings import Settings, SettingsError
from datasources.registry import ConfiguredSource
from layouts.briefing.document import render
from layouts.briefing.packing import pack


def office(values: Settings, sources: Sequence[ConfiguredSource]) -> tuple[Press, Post]:
    """Raises SettingsError with the sentence about a list of recipients that cannot be."""
    try:
        known = recipients.load(values.BRIEFING_RECIPIENTS, os.environ)
    except recipients.RecipientsError as wrong:
        raise SettingsError(str(wrong)) from None
    mail: Road = (
        MailServer(values.SMTP_URL, values.BRIEFING_FROM) if values.SMTP_URL and values.BRIEFING_FROM else Nowhere()
    )

    def composed(connection: Connection, order: Order) -> Edition:
        return compose(connection, sources, order, values.address)

    return Press(composed, render), Post(known, mail, Notifications(), pack)
