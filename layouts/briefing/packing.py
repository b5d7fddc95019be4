"""What travels of an edition: a subject, the three points as text, the PDF and the workbook."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.briefings.edition import Edition, from_json
from dashboard.briefings.parcel import Attached
from dashboard.store.editions import EditionLine, pages_of
from layouts.briefing import edition_words as whole
from layouts.briefing import sentences as say
from layouts.briefing.attachment import XLSX, workbook
from layouts.format import date_range, moment

PDF = "application/pdf"


def pack(connection: Connection, line: EditionLine) -> tuple[str, str, tuple[Attached, ...]]:
    """Subject, text and files, from what is kept. Raises LookupError for an edition without pages."""
    kept = pages_of(connection, line.id)
    if kept is None:
        raise LookupError(f"laporan nomor {line.id} tidak ada dalam arsip")
    edition = from_json(kept[0])
    files = (
        Attached(f"{file_name(line)}.pdf", PDF, kept[1]),
        Attached(f"{file_name(line)}.xlsx", XLSX, workbook(edition)),
    )
    return _subject(edition), _text(edition), files


def file_name(line: EditionLine) -> str:
    """'laporan-2026-W47-bupati', with the number of a later revision."""
    later = f"-terbitan{line.revision}" if line.revision > 1 else ""
    return f"laporan-{line.edition}-{line.audience.lower().replace(' ', '-')}{later}"


def _subject(edition: Edition) -> str:
    mark = "[SIMULASI] " if edition.simulated else ""
    return (
        f"{mark}Laporan mingguan {edition.number}/{edition.first.isocalendar().year}, {whole.audience_words(edition)}"
    )


def _text(edition: Edition) -> str:
    points = [" ".join(say.point(edition.figure(name))) for name in edition.points] or [whole.no_points(edition)]
    decision, _ = whole.proposal(edition)
    lines = [
        f"Laporan mingguan {date_range(edition.first, edition.last)}, keadaan per {moment(edition.as_of)}.",
        *(["SIMULASI: angka di bawah ini bukan keadaan sebenarnya."] if edition.simulated else []),
        "",
        *(f"- {point}" for point in points),
        "",
        f"Usulan keputusan: {decision}",
        *(["", f"Di aplikasi: {edition.link}"] if edition.link else []),
        "",
        "Laporan lengkap dan datanya terlampir.",
    ]
    return "\n".join(lines).replace("\u00a0", " ")
