"""The sentences of the briefing, each formed from the reading that it speaks of."""

from __future__ import annotations

from decimal import Decimal

from dashboard.briefings.comparison import Comparison, Entry
from dashboard.briefings.content import Briefing, Family
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.status_icon import STATUS_WORDS
from layouts.format import NBSP, number, plain, short_moment, with_unit

FAMILY_TITLES = {"112": "Layanan darurat 112", "lingkungan": "Lingkungan dan cuaca", "spbe": "SPBE"}
DIFFERENCE_UNITS = {"%": "poin persen", "dari 5": "poin", "indeks": "poin"}
DEGRADED = {
    FreshState.LATE: "Data terlambat",
    FreshState.STALE: "Data basi",
    FreshState.LOST: "Sumber putus",
}


def value_words(reading: Reading) -> str:
    """The value with its unit; a dash when it is missing."""
    return with_unit(reading.value, reading.indicator.unit, reading.indicator.decimals)


def target_words(reading: Reading) -> str:
    """'≥ 90 %'; a dash without a target."""
    indicator = reading.indicator
    if indicator.target is None:
        return number(None)
    sign = {"up": f"≥{NBSP}", "down": f"≤{NBSP}", "none": ""}[indicator.better]
    return f"{sign}{plain(indicator.target)}{NBSP}{indicator.unit}".rstrip()


def status_words(reading: Reading) -> str:
    """The word of the band, else that of the status; a dash where nobody has set what is normal."""
    if reading.value is not None and not reading.band and reading.status is Status.NORMAL:
        return number(None)
    return reading.band or STATUS_WORDS[reading.status]


def stale_words(reading: Reading) -> str:
    """'Data basi sejak 22 Nov 06.10 WIB' for a value past its contract; empty while it is fresh or missing."""
    word = DEGRADED.get(reading.freshness.state)
    if word is None or reading.value is None:
        return ""
    return f"{word}; terakhir {short_moment(reading.data_time)}"


def missing_words(reading: Reading) -> str:
    """Why there is no value; empty when there is one."""
    if reading.value is not None:
        return ""
    reason = reading.missing or "belum ada data"
    return reason[:1].upper() + reason[1:]


def about(entry: Entry) -> str:
    """What the value means, beside the figure that already stands there."""
    reading = entry.reading
    if reading.value is None:
        return f"Tidak dapat dihitung: {reading.missing or 'belum ada data'}."
    parts = [_few(entry), _against_target(entry), _against_week_before(entry), _stale(reading)]
    said = [part for part in parts if part]
    return " ".join(said) if said else "Belum ada pembanding."


def point(entry: Entry) -> tuple[str, str]:
    """A main point: what was found, and below it the status and what it is compared with."""
    reading = entry.reading
    lead = f"{reading.indicator.title}: {value_words(reading)}"
    judged = f"{reading.band}." if reading.band and entry.raised else ""
    compared = " ".join(part for part in (_against_target(entry), _against_week_before(entry)) if part)
    compared = compared or f"{reading.indicator.clock}."
    return lead, " ".join(part for part in (judged, compared, _stale(reading)) if part)


def _few(entry: Entry) -> str:
    """Shares of few cases are told in cases."""
    reading = entry.reading
    if not entry.few or reading.value is None or not reading.n:
        return ""
    if reading.indicator.unit != "%":
        return f"Baru {reading.n} kasus, terlalu sedikit untuk disimpulkan."
    cases = number(reading.value * reading.n / 100)
    return f"Baru {cases} dari {reading.n} kasus, terlalu sedikit untuk disimpulkan."


def _against_target(entry: Entry) -> str:
    compared, reading = entry.to_target, entry.reading
    if compared is None or entry.few:
        return ""
    aim = with_unit(compared.reference, reading.indicator.unit, _places(compared.reference))
    if compared.difference == 0:
        return f"Tepat pada target {aim}."
    gap = _amount(reading, compared.difference)
    chance = ", masih dalam batas kebetulan" if entry.undecided else ""
    words = {
        ("up", True): f"Mencapai target {aim}: lebih {gap}",
        ("up", False): f"Belum mencapai target {aim}: kurang {gap}",
        ("down", True): f"Di dalam batas {aim}: sisa {gap}",
        ("down", False): f"Melampaui batas {aim}: lebih {gap}",
    }
    side = "di atas" if compared.difference > 0 else "di bawah"
    said = words.get((reading.indicator.better, entry.met is True), f"Acuan {aim}: {gap} {side}nya")
    return f"{said}{chance}."


def _places(value: Decimal) -> int:
    return min(2, max(0, -int(value.normalize().as_tuple().exponent)))


def _amount(reading: Reading, difference: Decimal, bare: bool = False) -> str:
    """A difference without its sign; shares differ by percentage points, an index by points. `bare` leaves out a
    unit that the sentence writes once anyway.
    """
    indicator = reading.indicator
    unit = DIFFERENCE_UNITS.get(indicator.unit, "" if bare else indicator.unit)
    size, smallest = abs(difference), Decimal(1).scaleb(-indicator.decimals)
    if size < smallest / 2:
        return f"tak sampai {with_unit(smallest, unit, indicator.decimals)}"
    return with_unit(size, unit, indicator.decimals)


def _against_week_before(entry: Entry) -> str:
    compared = entry.to_week_before
    if compared is None or entry.few:
        return ""
    if compared.same_data:
        return "Belum ada data baru sejak pekan lalu."
    if compared.difference == 0:
        return "Sama dengan pekan lalu."
    direction = "Naik" if compared.difference > 0 else "Turun"
    change = f"{direction} {_amount(entry.reading, compared.difference, bare=True)}{_ratio(compared)}"
    earlier = with_unit(compared.reference, entry.reading.indicator.unit, entry.reading.indicator.decimals)
    chance = ", masih dalam batas kebetulan" if compared.by_chance else ""
    return f"{change} dari {earlier} pekan lalu{chance}."


def _ratio(compared: Comparison) -> str:
    return "" if compared.percent is None else f" ({number(abs(compared.percent))}{NBSP}%)"


def _stale(reading: Reading) -> str:
    words = stale_words(reading)
    return f"{words}." if words else ""


def headline(family: Family) -> str:
    """The finding of a page: how many indicators ask for attention and how many cannot be computed."""
    total = len(family.entries)
    raised = sum(entry.raised for entry in family.entries)
    below = sum(entry.met is False and not entry.raised for entry in family.entries)
    missing = sum(entry.reading.value is None for entry in family.entries)
    counts = ((raised, "perlu perhatian"), (below, "belum memenuhi target"), (missing, "tidak dapat dihitung"))
    parts = [f"{count} {words}" for count, words in counts if count]
    if not parts:
        return f"Tidak satu pun dari {total} indikator melewati ambang atau meleset dari target."
    return f"Dari {total} indikator, " + ", ".join(parts) + "."


def no_points(briefing: Briefing) -> str:
    """What stands in place of the main points; nothing known is not nothing wrong."""
    if not briefing.entries:
        return "Belum ada indikator yang dapat dilaporkan untuk minggu ini."
    if all(entry.reading.value is None for entry in briefing.entries):
        return "Tidak satu pun indikator dapat dihitung; penyebabnya tertulis di setiap baris."
    return "Tidak ada indikator yang melewati ambang atau meleset dari target di luar batas kebetulan."


def completeness(briefing: Briefing) -> str:
    """'86 % (18 dari 21 indikator)'; below ten indicators only the counts."""
    total = len(briefing.entries)
    if not total:
        return "belum ada indikator"
    counts = f"{briefing.fresh} dari {total} indikator"
    share = briefing.completeness
    return counts if share is None else f"{number(share)}{NBSP}% ({counts})"
