"""Records of a moment that has not come yet: refused before they are kept, whatever reader brought them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from dashboard import clock
from datasources.contract import Batch, Record, Refused
from datasources.privacy import mask

FUTURE_TOLERANCE = timedelta(minutes=5)
"""Somebody else's clock may be ahead of ours by this much."""

_DATA_TIME = attrgetter("data_time")

FUTURE_BY_NATURE: dict[str, Callable[[Any], datetime | None]] = {
    "forecast": lambda record: None,
    "recaps": attrgetter("start"),  # of a day, week or month that has not ended yet
}
"""Topic → the moment that must have come, where it is not the record's data time; None: none must."""


def split(batch: Batch, now: datetime) -> tuple[Batch, datetime | None]:
    """The batch with every record from the future refused, and the newest data time in it, at most `now`.

    Costs what looking for the newest costs: records are looked at one by one only when that one is ahead.
    """
    moments = list(map(_DATA_TIME, batch.records))
    newest = max(moments, default=None)
    latest = now + FUTURE_TOLERANCE
    if newest is None or newest <= latest:
        return batch, newest and min(newest, now)
    is_ahead = [(_must_have_come(r, moment) or now) > latest for r, moment in zip(batch.records, moments, strict=True)]
    kept = tuple(record for record, ahead in zip(batch.records, is_ahead, strict=True) if not ahead)
    refused = tuple(_refused(record) for record, ahead in zip(batch.records, is_ahead, strict=True) if ahead)
    newest = max((record.data_time for record in kept), default=None)
    return replace(batch, records=kept, refused=(*batch.refused, *refused)), newest and min(newest, now)


def _must_have_come(record: Record, data_time: datetime) -> datetime | None:
    judged = FUTURE_BY_NATURE.get(record.topic)
    return judged(record) if judged else data_time


def _refused(record: Record) -> Refused:
    moment = _must_have_come(record, record.data_time) or record.data_time
    reason = (
        f"waktu data {clock.wib(moment):%d-%m-%Y %H.%M.%S} WIB lebih dari {FUTURE_TOLERANCE.seconds // 60} menit di "
        "depan jam pusat komando; periksa jam, tahun dan zona waktu sumbernya"
    )
    return Refused(mask(repr(record)), reason, f"rekaman {record.topic}")
