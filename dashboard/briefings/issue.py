"""Make an edition and keep it: composed, printed, claimed by the store's own rule that there is one of each."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from dashboard.briefings.compose import Order, label
from dashboard.briefings.edition import Edition, from_json, to_json
from dashboard.store import audit, changes
from dashboard.store.database import reading, writing
from dashboard.store.editions import (
    EditionLine,
    NewEdition,
    as_of_before,
    edition_line,
    keep_edition,
    newest_revision,
    pages_of,
    take_step,
)

log = logging.getLogger(__name__)

TOPIC = "editions"
Compose = Callable[[Connection, Order], Edition]
Render = Callable[[Edition], bytes]


@dataclass(frozen=True, slots=True)
class Press:
    """How an edition is composed from the store, and how it is printed."""

    compose: Compose
    render: Render


def issue(engine: Engine, press: Press, order: Order, now: datetime, by: str) -> EditionLine | None:
    """Make and keep one edition; None when somebody else was faster, and then nothing of ours remains."""
    with reading(engine) as connection:
        edition = press.compose(connection, order)
    pdf = press.render(edition)
    new = NewEdition(
        edition=label(order.week),
        audience=order.audience,
        revision=order.revision,
        week=order.week,
        as_of=order.as_of,
        reason=order.reason,
        simulated=edition.simulated,
        snapshot=to_json(edition).decode(),
        pdf=pdf,
        content_hash=edition.content_hash,
        pdf_hash=hashlib.sha256(pdf).hexdigest(),
    )
    try:
        with writing(engine) as connection:
            number = keep_edition(connection, new, now, by)
            audit.write(connection, now, by, "laporan dibuat", f"{new.edition} {new.audience} terbitan {new.revision}")
            changes.announce(connection, [TOPIC], now)
            line = edition_line(connection, number)
    except IntegrityError:
        log.info("edition %s for %s was made by another worker", new.edition, new.audience)
        return None
    log.info("edition %s for %s made, revision %s", new.edition, new.audience, new.revision)
    return line


def reissue(engine: Engine, press: Press, order: Order, now: datetime, by: str) -> EditionLine | None:
    """The next revision of an edition with its reason, as known now; the earlier ones stay as they were."""
    with reading(engine) as connection:
        last = newest_revision(connection, label(order.week), order.audience)
        revision = 1 if last is None else last.revision + 1
        before = as_of_before(connection, order.audience, order.week, revision)
    return issue(engine, press, replace(order, revision=revision, previous_as_of=before), now, by)


def approve(connection: Connection, number: int, at: datetime, by: str, account: str = "") -> bool:
    """Somebody answers for it: `by` stands in the archive, `account` in the log; False when it was done before."""
    if not take_step(connection, number, "disetujui", at, by):
        return False
    audit.write(connection, at, account or by, "laporan disetujui", str(number))
    changes.announce(connection, [TOPIC], at)
    return True


def problems(connection: Connection, press: Press, number: int) -> list[str]:
    """What does not agree: hashes against what is kept, figures against the store as of then."""
    line, kept = edition_line(connection, number), pages_of(connection, number)
    if line is None or kept is None:
        return [f"laporan nomor {number} tidak ada dalam arsip"]
    snapshot, pdf = kept
    found = []
    if hashlib.sha256(snapshot.encode()).hexdigest() != line.content_hash:
        return ["isi (snapshot) tidak cocok dengan sidiknya: arsip berubah"]
    if hashlib.sha256(pdf).hexdigest() != line.pdf_hash:
        found.append("PDF tidak cocok dengan sidiknya: arsip berubah")
    edition = from_json(snapshot)
    order = Order(line.week, line.as_of, line.audience, line.revision, line.reason,
                  as_of_before(connection, line.audience, line.week, line.revision))  # fmt: skip
    return found + _differing(edition, press.compose(connection, order))


def printed_otherwise(connection: Connection, press: Press, number: int) -> bool:
    """Whether the kept snapshot makes other pages today: a newer program sets them differently, which is no mistake."""
    kept = pages_of(connection, number)
    return kept is not None and press.render(from_json(kept[0])) != kept[1]


def _differing(kept: Edition, now: Edition) -> list[str]:
    figures = {figure.of.id: figure.value for figure in now.figures}
    return [
        f"{figure.of.title}: tercetak {figure.value}, dari data kini {figures.get(figure.of.id)}"
        for figure in kept.figures
        if figures.get(figure.of.id) != figure.value
    ]
