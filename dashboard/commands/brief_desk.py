"""What the commands of the briefing do at their desk: figures, issue, verification, sending again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.briefings import issue as editions
from dashboard.briefings.compose import Order, label
from dashboard.briefings.deliver import Post, deliver_due
from dashboard.briefings.due import as_of
from dashboard.briefings.issue import Press
from dashboard.briefings.recipients import of_audience
from dashboard.briefings.rounds import Rounds
from dashboard.commands.parameters import Week
from dashboard.commands.sentences import Mistake, unknown
from dashboard.store import deliveries
from dashboard.store.database import reading, writing
from dashboard.store.editions import EditionLine, every_edition, newest_revision
from datasources.registry import ConfiguredSource


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, and how editions are printed and sent from it."""

    engine: Engine
    press: Press
    post: Post
    sources: tuple[ConfiguredSource, ...]


def order_of(connection: Connection, week: Week, audience: str, reason: str = "") -> Order:
    """As of the moment that the worker would take."""
    return Order(week.start, as_of(connection, week.start, clock.now()), audience, reason=reason)


def figures(desk: Desk, week: Week) -> None:
    """What a worker would have computed, for a machine on which none ever ran; and the week that is asked for."""
    rounds = Rounds(desk.engine, desk.sources, desk.press, desk.post, patience=timedelta(0))
    while not rounds.swept:
        rounds.figures()
    rounds.compute(week.start)


def issued(desk: Desk, week: Week, audience: str, by: str, reason: str) -> str:
    """Make or re-issue an edition and approve it; the sentence about it. Raises Mistake."""
    if week.end > clock.now():
        raise Mistake(
            f"Minggu {week.label} belum selesai; konsepnya: manage.py brief draft --week {week.label} --out …"
        )
    with reading(desk.engine) as connection:
        last = newest_revision(connection, label(week.start), audience)
    if last is not None and last.approved_at is None:
        made = last
    elif last is not None and not reason.strip():
        raise Mistake(
            f"Laporan {week.label} sudah terbit; terbit ulang memerlukan --reason, misalnya 'angka diperbaiki'."
        )
    else:
        figures(desk, week)
        with reading(desk.engine) as connection:
            order = order_of(connection, week, audience, reason.strip())
        again = Order(order.week, clock.now(), audience, reason=order.reason) if last else order
        fresh = editions.reissue(desk.engine, desk.press, again, clock.now(), by)
        if fresh is None:
            raise Mistake("Laporan itu baru saja dibuat oleh yang lain; periksa arsip lalu ulangi.")
        made = fresh
    with writing(desk.engine) as connection:
        editions.approve(connection, made.id, clock.now(), by)
    return f"Laporan {made.edition} {made.audience} terbitan {made.revision} disetujui oleh {by}."


def verified(desk: Desk, week: Week | None) -> Iterator[str]:
    """Say of each edition whether it agrees; what does not is yielded. Raises Mistake for an empty archive."""
    with reading(desk.engine) as connection:
        lines = [line for line in every_edition(connection) if week is None or line.week == week.start]
        if not lines:
            raise Mistake("Tidak ada laporan dalam arsip untuk itu.")
        for line in lines:
            name = f"{line.edition} {line.audience} terbitan {line.revision}"
            found = editions.problems(connection, desk.press, line.id)
            if found:
                yield f"{name}: {'; '.join(found)}"
            else:
                other = editions.printed_otherwise(connection, desk.press, line.id)
                later = "; dicetak ulang, halamannya berbeda (versi program atau huruf lain)" if other else ""
                click.echo(f"{name}: cocok, sidik {line.content_hash[:12]}…{later}")


def resent(desk: Desk, week: Week, audience: str, only: str | None) -> Iterator[str]:
    """Send an approved edition again; a line per recipient. Raises Mistake."""
    with reading(desk.engine) as connection:
        line = newest_revision(connection, label(week.start), audience)
    labels = [r.label for r in of_audience(desk.post.recipients, audience)]
    chosen = [name for name in labels if only is None or only in name]
    _can_be_sent(line, week, labels, chosen, only)
    assert line is not None  # noqa: S101 - said above
    with writing(desk.engine) as connection:
        deliveries.plan(connection, line.id, chosen, clock.now() - timedelta(seconds=1), again=True)
    deliver_due(desk.engine, desk.post, clock.now)
    with reading(desk.engine) as connection:
        newest = {d.recipient: d for d in deliveries.of_edition(connection, line.id)}
    yield from (f"{name}: {newest[name].state}. {newest[name].answer}" for name in chosen)


def _can_be_sent(line: EditionLine | None, week: Week, labels: list[str], chosen: list[str], only: str | None) -> None:
    if line is None:
        raise Mistake(f"Laporan {week.label} belum ada; terbitkan dahulu: manage.py brief issue --week {week.label}")
    if line.approved_at is None:
        raise Mistake(
            f"Laporan {week.label} belum disetujui; setujui dengan: manage.py brief issue --week {week.label}"
        )
    if not labels:
        raise Mistake("Edisi ini tidak punya penerima; isi berkas yang disebut BRIEFING_RECIPIENTS.")
    if not chosen:
        raise unknown("Penerima", only or "", labels)
