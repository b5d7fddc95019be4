"""What changed from one window of time to the next: words, the scope of the extract, and silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard import clock
from dashboard.formulas.changed_words import Recoding, changed_words
from dashboard.formulas.extract_scope import scope_change
from dashboard.formulas.silence import silence
from dashboard.ingestion.reconciliation.wording import day, length, minute, most, number, rounded, word
from dashboard.store.import_findings import ImportFinding

WINDOW = timedelta(weeks=8)
WEEK = timedelta(days=7)
SCOPE_WEEKS = 14
CARRIERS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Series:
    """Words of one kind over time: (moment, word, how often). `name` in the plural of a sentence, `code` for keys."""

    code: str
    name: str
    told: Sequence[tuple[datetime, str, int]]


def shifts(series: Series) -> Iterator[ImportFinding]:
    """Changed words and a changed scope; windows end at the newest moment told, so that silence changes no word."""
    moments = [at for at, _, _ in series.told]
    if moments:
        yield from words(series, min(moments), max(moments))
        yield from scope(series, min(moments), max(moments))


def words(series: Series, oldest: datetime, newest: datetime) -> Iterator[ImportFinding]:
    """Two windows of eight weeks; nothing is said while the earlier one is not wholly known."""
    middle = newest - WINDOW
    if oldest > middle - WINDOW:
        return
    before = _counted((w, n) for at, w, n in series.told if middle - WINDOW < at <= middle)
    now = _counted((w, n) for at, w, n in series.told if at > middle)
    found = changed_words(before, now)
    since = f"8 minggu sejak {day(middle)}"
    if found.vanished:
        yield ImportFinding(
            "kata hilang", series.code, len(found.vanished),
            f"{len(found.vanished)} {series.name} tidak muncul lagi dalam {since} "
            f"(banyaknya dalam 8 minggu sebelumnya): {most(dict(found.vanished))}.",
        )  # fmt: skip
    if found.new:
        yield ImportFinding(
            "kata baru", series.code, len(found.new),
            f"{len(found.new)} {series.name} baru muncul dalam {since}, "
            f"tidak sekali pun dalam 8 minggu sebelumnya: {most(dict(found.new))}.",
        )  # fmt: skip
    yield from (_recoded(series, r, since) for r in found.recoded)


def _counted(told: Iterable[tuple[str, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for said, n in told:
        counted[said] += n
    return counted


def _recoded(series: Series, r: Recoding, since: str) -> ImportFinding:
    return ImportFinding(
        "mungkin dikodekan ulang", f"{series.code}:{r.fell[:50]}:{r.rose[:50]}", r.rose_to,
        f"{series.name.capitalize()} {word(r.fell)} turun dari {number(r.fell_from)} menjadi {number(r.fell_to)}, "
        f"sedangkan {word(r.rose)} naik dari {number(r.rose_from)} menjadi {number(r.rose_to)} dalam {since}: mungkin "
        "hal yang sama dengan nama baru. Bila benar, tandai 'perubahan definisi'.",
    )  # fmt: skip


def scope(series: Series, oldest: datetime, newest: datetime) -> Iterator[ImportFinding]:
    """The last fourteen whole WIB weeks of what is known, by word."""
    end = clock.week_start(newest)
    first = max(end - SCOPE_WEEKS * WEEK, clock.week_start(oldest - timedelta(milliseconds=1)) + WEEK)
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for at, said, n in series.told:
        if first <= at < end:
            counted[(at - first) // WEEK][said] += n
    found = scope_change([counted[week] for week in range(max(0, (end - first) // WEEK))])
    if found is None:
        return
    listed = [f"{word(c.name)} {rounded(c.before)} → {rounded(c.after)}" for c in found.carriers[:CARRIERS_SHOWN]]
    rest = len(found.carriers) - CARRIERS_SHOWN
    yield ImportFinding(
        "cakupan ekstrak berubah", series.code, len(found.carriers),
        f"Sejak minggu {day(first + found.week * WEEK)} jumlah per minggu berubah dari {rounded(found.before)} menjadi "
        f"{rounded(found.after)} karena {series.name} {', '.join(listed)}{f' dan {rest} lainnya' if rest > 0 else ''}; "
        f"selebihnya tetap ({rounded(found.rest_before)} → {rounded(found.rest_after)}). Kemungkinan cakupan data yang "
        "dikirim berubah, bukan jumlah kejadiannya. Bila benar, tandai 'perubahan definisi'.",
    )  # fmt: skip


def silent(name: str, moments: Iterable[datetime], at: datetime, lasting: timedelta) -> Iterator[ImportFinding]:
    """A source that is silent for longer than 99 % of its own gaps. The sentence stays the same while it lasts."""
    found = silence(moments, at, lasting)
    if found is not None and found.unusual:
        yield ImportFinding(
            "diam lebih lama dari biasanya", name, found.gaps,
            f"Data {name} terakhir {minute(found.last)}; 99 % dari {number(found.gaps)} jeda sebelumnya paling lama "
            f"{length(found.usual)}.",
        )  # fmt: skip


def unanswered(hours: Mapping[datetime, tuple[int, int]], least: int = 10) -> Iterator[ImportFinding]:
    """Hours (offered, answered) in which many called and nobody was answered: an outage, not "0 %"."""
    bad = {hour: offered for hour, (offered, answered) in hours.items() if offered >= least and not answered}
    if bad:
        worst = max(bad, key=lambda hour: (bad[hour], hour))
        yield ImportFinding(
            "tidak satu pun terjawab", "", len(bad),
            f"{number(len(bad))} jam dengan sedikitnya {least} panggilan tanpa satu pun terjawab, terbanyak "
            f"{number(bad[worst])} pada {day(worst)} jam {clock.wib(worst):%H}: gangguan atau banjir panggilan; "
            "periksa sebelum dibaca sebagai 0 %.",
        )  # fmt: skip
