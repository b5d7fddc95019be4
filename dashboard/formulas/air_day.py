"""The ISPU of a day: as its owner published it, or computed from the hours of a sensor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from dashboard.formulas.completeness import HOURS, REQUIRED_SHARE
from dashboard.formulas.ispu import BREAKPOINTS
from dashboard.formulas.station_ispu import StationIspu, station_ispu

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Published:
    """One publication of an owner: the index of the 24 hours that ended at `end`, and its critical parameter."""

    end: datetime
    index: int
    critical: str


def of_the_day(
    published: Sequence[Published], day: datetime, required_share: Decimal = REQUIRED_SHARE
) -> Published | None:
    """The last publication of the day that begins at `day` if enough of its 24 hours lie in that day, else None."""
    last = max((p for p in published if day < p.end <= day + HOURS * HOUR), key=lambda p: p.end, default=None)
    return last if last is not None and last.end >= day + float(required_share) * HOURS * HOUR else None


def computed_day(
    hours: Mapping[str, Mapping[datetime, Decimal]], day: datetime, required_share: Decimal = REQUIRED_SHARE
) -> StationIspu:
    """The ISPU of the 24 hours after `day` from a sensor's hourly means in ug/m3: parameter → end of hour → mean."""
    ends = [day + place * HOUR for place in range(1, HOURS + 1)]
    wanted = {p: [known.get(end) for end in ends] for p, known in hours.items() if p in BREAKPOINTS}
    return station_ispu({p: row for p, row in wanted.items() if any(v is not None for v in row)}, (), required_share)
