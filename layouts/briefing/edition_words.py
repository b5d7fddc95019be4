"""What is said of a whole edition or page: the proposal, the finding of a family, completeness, for whom."""

from __future__ import annotations

from dashboard.briefings.edition import REGENT, Edition
from dashboard.briefings.figure import Figure
from dashboard.formulas.signal import Aim, Signal
from layouts.briefing.sentences import point
from layouts.format import NBSP, number


def proposal(edition: Edition) -> tuple[str, str]:
    """The one proposed decision, and why."""
    kind, about = edition.proposal.kind, edition.proposal.about
    if kind == "tidak ada":
        return "Tidak ada keputusan yang diusulkan.", no_points(edition)
    if kind == "pulihkan":
        source = next(line for line in edition.sources if line.id == about)
        why = f"Selama sumber itu {source.state}, angka yang bersandar padanya tidak dapat dipakai memutuskan."
        return f"Minta {source.owner} memulihkan sumber {source.title}.", why
    figure = edition.figure(about)
    lead, rest = point(figure)
    if kind == "pertahankan":
        return f"Minta {figure.of.owner} mempertahankan yang mengubah {_inside(figure.of.title)}.", f"{lead}. {rest}"
    return (f"Minta {figure.of.owner} menjelaskan penyebab dan rencana perbaikan {_inside(figure.of.title)} "
            "sebelum laporan berikut.", f"{lead}. {rest}")  # fmt: skip


def _inside(title: str) -> str:
    """A title inside a sentence keeps its capitals only where they are those of a name."""
    first, *rest = title.split(" ")
    return " ".join([first.lower() if first[1:].islower() else first, *rest])


def headline(figures: tuple[Figure, ...]) -> str:
    """The finding of a page: how many figures ask for attention and how many cannot be computed."""
    total = len(figures)
    counts = (
        (sum(f.judged.signal is Signal.WORSE for f in figures), "memburuk"),
        (sum(f.judged.signal is Signal.BETTER for f in figures), "membaik"),
        (sum(f.judged.signal is Signal.CHANGED for f in figures), "berubah"),
        (sum(f.raised and f.value is not None for f in figures), "melewati ambang"),
        (
            sum(f.aim is Aim.MISSED for f in figures),
            "meleset dari target",
        ),
        (sum(f.value is None for f in figures), "tidak dapat dihitung"),
    )
    parts = [f"{count} {words}" for count, words in counts if count]
    if not parts:
        return f"Tidak satu pun dari {total} indikator berubah berarti, melewati ambang, atau meleset dari target."
    return f"Dari {total} indikator: " + ", ".join(parts) + "."


def no_points(edition: Edition) -> str:
    """What stands in place of the main points; nothing known is not nothing wrong."""
    if not edition.figures:
        return "Belum ada indikator yang dapat dilaporkan untuk minggu ini."
    if all(figure.value is None for figure in edition.figures):
        return "Tidak satu pun indikator dapat dihitung; sebabnya tertulis di setiap baris."
    return (
        "Tidak ada indikator yang berubah berarti, melewati ambang, atau meleset dari target di luar batas kebetulan."
    )


def completeness(edition: Edition) -> str:
    """'86 % (18 dari 21 indikator)'; below ten indicators only the counts."""
    total = len(edition.figures)
    if not total:
        return "belum ada indikator"
    counts = f"{edition.fresh} dari {total} indikator"
    share = edition.completeness
    return counts if share is None else f"{number(share)}{NBSP}% ({counts})"


def audience_words(edition: Edition) -> str:
    """'Edisi Bupati', 'Edisi BPBD', with the number of a re-issue."""
    whom = "Edisi Bupati" if edition.audience == REGENT else f"Edisi {edition.audience}"
    return whom if edition.revision == 1 else f"{whom}, terbitan {edition.revision}"
