"""The weekly briefing about itself: whether the newest edition is there in time and with everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import clock
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store.deliveries import unsettled
from dashboard.store.editions import EditionLine, every_edition
from dashboard.store.week_figures import first_known

ISSUED, DRAFT, LATE, UNDELIVERED = "Terkirim", "Menunggu persetujuan", "Terlambat > 10 menit", "Pengiriman gagal"
DUE = timedelta(hours=6)
LATE_AFTER = timedelta(minutes=10)
WEEK = timedelta(days=7)


def state(connection: Connection, at: datetime) -> Finding:
    """Minutes by which an edition of the newest week is late, else how many recipients the newest did not reach."""
    week = clock.week_start(at - DUE) - WEEK
    lines = [line for line in every_edition(connection) if line.made_at <= at]
    newest: dict[str, EditionLine] = {}
    for line in lines:
        newest.setdefault(line.audience, line)
    since = _possible_since(connection, week, bool(lines))
    lacking = [name for name in ("bupati", *_offices()) if _lacks(newest, name, week)]
    if lacking and since is not None and at - since > LATE_AFTER:
        late = int((at - since) / timedelta(minutes=1))
        rows = [{"label": f"Edisi {name}", "value": "belum terbit"} for name in lacking]
        made = max((line.made_at for line in newest.values()), default=since)
        return Finding(Decimal(late), made, band=LATE, detail={"satuan": "menit", "rows": rows})
    if "bupati" not in newest:
        return Finding(None, None, missing="belum ada laporan dalam arsip")
    return _delivered(connection, newest, at)


def _possible_since(connection: Connection, week: datetime, begun: bool) -> datetime | None:
    """From when on the editions of a week are expected: Monday 06.00 WIB, and in an empty archive not before there are
    figures of that week; None while there are none.
    """
    due = week + WEEK + DUE
    if begun:
        return due
    known = first_known(connection, week)
    return None if known is None else max(due, known)


def _offices() -> list[str]:
    # Imported here because the catalogue is made of this file too.
    from dashboard.indicators.catalogue import CATALOGUE

    shown = [i for i in CATALOGUE.values() if i.in_briefing and i.family != "sistem"]
    return sorted({office for i in shown for office in i.offices})


def _lacks(newest: Mapping[str, EditionLine], audience: str, week: datetime) -> bool:
    """The regent's edition is always expected, that of an office once it has had one."""
    line = newest.get(audience)
    return audience == "bupati" if line is None else line.week < week


def _delivered(connection: Connection, newest: Mapping[str, EditionLine], at: datetime) -> Finding:
    approved = {line.id: line.approved_at for line in newest.values()}
    open_ = [d for d in unsettled(connection) if d.edition_id in approved]
    failed = [d for d in open_ if d.state in ("gagal", "ditolak", "tidak pasti")]
    failed += [d for d in open_ if d.state == "menunggu" and d.tries
               and at - (approved[d.edition_id] or at) > LATE_AFTER]  # fmt: skip
    rows = [{"label": d.recipient.split(" <")[0], "value": d.state} for d in failed]
    regents = newest["bupati"]
    band = UNDELIVERED if failed else ISSUED if regents.approved_at else DRAFT
    return Finding(Decimal(len(failed)), regents.made_at, n=len(failed), band=band, detail={"rows": rows})


INDICATORS = (
    Indicator(
        id="briefing.state", title="Laporan mingguan", unit="", topics=("editions",), formula=state, internal=True,
        clock="Laporan terbaru, jatuh tempo Senin 06.00 WIB: menit terlambat, atau penerima yang belum terjangkau",
        owner="Diskominfo", basis="Terlambat lebih dari 10 menit, atau ada pengiriman yang gagal", better="down",
        in_briefing=False, family="sistem",
        bands=(Band(ISSUED, Status.NORMAL), Band(DRAFT, Status.NORMAL), Band(LATE, Status.WASPADA),
               Band(UNDELIVERED, Status.WASPADA)),
    ),
)  # fmt: skip
