"""Which classes of a ticket are not an incident of ours, by the word the source uses."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.vocabulary112 import call_kinds, folded

NOT_COUNTED = {
    "layanan": "layanan dan informasi, bukan darurat",
    "gangguan": "gangguan (prank, ghost, salah sambung)",
    "diblokir": "diblokir",
    "luar wilayah": "luar wilayah atau bantuan ke tetangga",
}
"""What a class counts as → the reason, in words, for leaving it out."""


def reason_not_counted(word: str | None, classes: Mapping[str, str]) -> str | None:
    """Why a ticket of that class is no incident; None when it is one, and when the class is unknown or absent.

    `classes` maps folded words to codes of classes.
    """
    kind = call_kinds().get(classes.get(folded(word), "")) if word else None
    return NOT_COUNTED.get(kind.counts_as) if kind else None
