"""Who may have a question answered, and about whom: everybody, the 112 desk, an agency's head about the own agency."""

from __future__ import annotations

from dataclasses import replace

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Question
from layouts.access.who import allowed, person


def may_ask(question: Question) -> bool:
    """Whether who asks now may see this answer. An agency's head needs an account that names the agency."""
    if question.audience == "all" or allowed("desk.view"):
        return True
    return question.audience == "opd" and _own_agency() is not None


def narrowed(question: Question, filters: Filters) -> Filters:
    """The filters as this person may use them: an agency's head sees that agency, whatever the browser sent."""
    if question.audience != "opd" or allowed("desk.view"):
        return replace(filters, opd=None)
    return replace(filters, opd=_own_agency())


def _own_agency() -> str | None:
    who = person()
    return who.opd if who is not None and who.opd and allowed("opd.view") else None
