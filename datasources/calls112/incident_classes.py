"""What the class of an incident's row says of the call behind it."""

from __future__ import annotations

from collections.abc import Sequence

from datasources.calls112.records import CallClass, Incident
from datasources.contract import Record


def with_classes(incidents: Sequence[Incident]) -> tuple[Record, ...]:
    """The incidents, and after them what the call of each was written down as; a blank class says nothing.

    An application that writes a ticket for every call writes prank and silent calls down nowhere else.
    """
    classes = [
        CallClass(i.first_call_id or i.incident_id, i.t_received, i.class_raw, i.caller_hash)
        for i in incidents
        if i.class_raw
    ]
    return (*incidents, *classes)
