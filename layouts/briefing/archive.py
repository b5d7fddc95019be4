"""The archive of the briefing: editions by year, the first page as a picture, how far each has come, differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.briefings.differences import Difference, differences
from dashboard.briefings.edition import REGENT, from_json
from dashboard.briefings.figure import Figure
from dashboard.clock import wib
from dashboard.store.deliveries import Delivery, of_edition
from dashboard.store.editions import EditionLine, edition_line, every_edition, pages_of, snapshot_of
from layouts.access.who import allowed
from layouts.briefing import sentences as say
from layouts.format import NOTHING, date_range, short_moment

APPROVE = "briefing-approve"
NO_EDITION = "Belum ada laporan. Laporan pertama dibuat sesudah satu minggu selesai: Senin pukul 06.00 WIB."
NOT_FOUND = (
    "Tidak ada laporan yang cocok. Isi dicari dalam 1.000 laporan terbaru; untuk yang lebih lama tambahkan tahun, "
    "minggu, atau OPD."
)
WEEK_DAYS = 6
MOST_LISTED, MOST_FOUND = 60, 500
"""Ten years of nine editions a week are thousands: the newest are listed, the others are found by a search."""
MOST_OPENED = 1000
"""Each costs about a millisecond to open."""
PICTURED = 16
"""So many of the newest have a picture: each is printed again for it, and nobody looks at the covers of ten years."""


def name(line: EditionLine) -> str:
    """'Minggu 47/2026 · Bupati', with the number of a later revision."""
    year, week, _ = wib(line.week).isocalendar()
    whom = "Bupati" if line.audience == REGENT else line.audience
    later = f" · terbitan {line.revision}" if line.revision > 1 else ""
    return f"Minggu {week}/{year} · {whom}{later}"


def may_read(line: EditionLine) -> bool:
    """Whether who asks may read an edition: the regent's is for everybody, an OPD's for the OPD and those above."""
    return allowed("view") if line.audience == REGENT else allowed("briefings.opd", line.audience)


def readable(connection: Connection) -> list[EditionLine]:
    """The editions that who asks may read, newest first."""
    return [line for line in every_edition(connection) if may_read(line)]


def matching(connection: Connection, words: str) -> list[EditionLine]:
    """The editions in whose name, days, reason or content all words occur, the newest `MOST_FOUND` of them.

    Names of all years; where no name alone holds the words, the contents of those `MOST_OPENED` whose names hold most.
    """
    wanted = words.casefold().split()
    lines = readable(connection)
    lacking = {line.id: [word for word in wanted if word not in _about(line)] for line in lines}
    named = [line for line in lines if not lacking[line.id]]
    if not named:
        likely = sorted(lines, key=lambda line: len(lacking[line.id]))[:MOST_OPENED]
        holding = {line.id for line in likely if _holds(connection, line.id, lacking[line.id])}
        named = [line for line in lines if line.id in holding]
    return named[:MOST_FOUND]


def _about(line: EditionLine) -> str:
    return f"{name(line)} {line.edition} {_days(line)} {line.reason} {line.state}".casefold()


def _holds(connection: Connection, number: int, wanted: Sequence[str]) -> bool:
    """Whether the words stand in the points, or in the titles of the figures."""
    kept = snapshot_of(connection, number)
    if kept is None:
        return False
    edition = from_json(kept)
    points = " ".join(" ".join(say.point(edition.figure(point))) for point in edition.points)
    titles = " ".join(figure.of.title for figure in edition.figures)
    return all(word in f"{points} {titles}".casefold() for word in wanted)


def listed(connection: Connection, lines: Sequence[EditionLine], may_approve: bool, words: str) -> list[Any]:
    """The editions under their years, newest first."""
    if not lines:
        return [html.P(NOT_FOUND if words.strip() else NO_EDITION, className="rest")]
    parts: list[Any] = []
    pictured, shown = lines[:PICTURED], lines[:MOST_LISTED]
    for year, group in groupby(shown, key=lambda line: wib(line.week).isocalendar().year):
        items = [_item(line, of_edition(connection, line.id), may_approve, line in pictured) for line in group]
        parts += [html.H2(str(year)), html.Ul(items, className="editions")]
    return [*parts, *_rest(len(lines) - len(shown))]


def _rest(more: int) -> list[Any]:
    if more <= 0:
        return []
    many = f"{MOST_FOUND - MOST_LISTED} atau lebih" if more + MOST_LISTED >= MOST_FOUND else str(more)
    return [html.P(f"{many} laporan lain tidak ditampilkan; cari misalnya '2025 bupati' atau '2025-W07'.",
                   className="rest")]  # fmt: skip


def _item(line: EditionLine, roads: Sequence[Delivery], may_approve: bool, pictured: bool) -> html.Li:
    title = name(line)
    drawn = html.Img(src=f"/laporan/{line.id}/1.png", alt=f"Halaman pertama {title}", width=220)
    files = [
        html.A("PDF", href=f"/laporan/{line.id}.pdf", target="_blank", title=f"PDF {title}"),
        html.A("Data XLSX", href=f"/laporan/{line.id}.xlsx", title=f"Data {title}"),
    ]
    heading = _marked(title, line.simulated)
    approve: list[Any] = []
    if may_approve and line.approved_at is None:
        key = {"type": APPROVE, "edition": line.id}
        approve = [html.Button("Setujui dan kirim", id=key, type="button", title=f"Setujui {title}")]
    return html.Li(
        [
            html.A(drawn, href=f"/laporan/{line.id}.pdf", target="_blank", className="cover") if pictured else None,
            html.Div(
                [
                    html.H3(heading),
                    html.P(_days(line)),
                    html.P(_life(line), className="life"),
                    *([html.P(f"Alasan terbit ulang: {line.reason}")] if line.reason else []),
                    *([html.Ul([_road(d) for d in roads], className="roads")] if roads else []),
                    html.P([*files, *approve], className="files"),
                    html.P(f"Sidik {line.content_hash[:16]}…", className="rest", title=line.content_hash),
                ]
            ),
        ]
    )


def _days(line: EditionLine) -> str:
    first = wib(line.week).date()
    return date_range(first, first.fromordinal(first.toordinal() + WEEK_DAYS))


def _life(line: EditionLine) -> str:
    made = f"Dibuat {short_moment(line.made_at)}"
    approved = (
        f"disetujui {line.approved_by}, {short_moment(line.approved_at)}"
        if line.approved_at
        else "konsep, belum disetujui"
    )
    sent = [f"diterima semua server {short_moment(line.sent_at)}"] if line.sent_at else []
    return " · ".join([made, approved, *sent])


def _road(d: Delivery) -> html.Li:
    tries = f" ({d.tries} kali dicoba)" if d.tries > 1 else ""
    answer = f": {d.answer}" if d.answer and d.state != "diterima server" else ""
    return html.Li(f"{d.recipient.split(' <')[0]}: {d.state}{tries}{answer}", className=_look(d))


def _look(d: Delivery) -> str:
    return "" if d.state in ("diterima server", "menunggu", "dikirim") else "wrong"


def compared(connection: Connection, older: int | None, newer: int | None) -> list[Any]:
    """What differs between two editions, as a table."""
    if older is None or newer is None or older == newer:
        return [html.P("Pilih dua laporan untuk melihat bedanya.", className="rest")]
    lines = [line for n in (older, newer) if (line := edition_line(connection, n)) is not None and may_read(line)]
    snapshots = [kept[0] for n in (older, newer) if (kept := pages_of(connection, n)) is not None]
    if len(lines) < 2 or len(snapshots) < 2:
        return [html.P("Laporan itu tidak ada dalam arsip.", className="wrong")]
    found = differences(from_json(snapshots[0]), from_json(snapshots[1]))
    if not found:
        return [html.P("Tidak ada indikator yang berbeda.", className="rest")]
    heads: list[Any] = ["Indikator", *(_marked(name(line), line.simulated) for line in lines), "Sinyal sekarang"]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    gone = "tidak lagi dilaporkan" if lines[0].audience == lines[1].audience else "tidak ada dalam edisi itu"
    body = html.Tbody([_row(d, gone) for d in found])
    return [html.Div(html.Table([head, body], className="answer"), className="table-scroll")]


def _marked(words: str, simulated: bool) -> list[Any]:
    return [words, " ", html.Span("SIMULASI", className="simulated")] if simulated else [words]


def _row(d: Difference, gone: str) -> html.Tr:
    words: Callable[[Figure | None], str] = lambda f: NOTHING if f is None else say.value_words(f)  # noqa: E731
    signal = gone if d.newer is None else say.signal_words(d.newer)
    cells = [html.Td(words(d.older), className="number"), html.Td(words(d.newer), className="number"), html.Td(signal)]
    return html.Tr([html.Th(d.title, scope="row"), *cells])
