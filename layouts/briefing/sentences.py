"""The sentences of the briefing, each formed from the one figure that it speaks of."""

from __future__ import annotations

from decimal import Decimal

from dashboard.briefings.figure import Figure
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.signal import Signal, aim_words
from dashboard.formulas.two_periods import LEAST_BASE as FEW
from dashboard.formulas.two_periods import differs
from dashboard.formulas.xmr import LEAST_POINTS
from layouts.drawing.status_icon import STATUS_WORDS
from layouts.format import NBSP, NOTHING, number, plain, short_moment, with_unit

FAMILY_TITLES = {
    "112": "Layanan darurat 112",
    "lingkungan": "Lingkungan dan cuaca",
    "spbe": "SPBE, layanan, dan masterplan",
}
DIFFERENCE_UNITS = {"%": "poin persen", "dari 5": "poin", "indeks": "poin"}
RULES = {
    "di luar batas": "di luar batas",
    "8 titik di satu sisi": "8 minggu di satu sisi rata-rata",
    "6 titik searah": "6 minggu searah",
    "2 dari 3 dekat batas": "2 dari 3 minggu dekat batas",
}
DEGRADED = {
    FreshState.LATE: "Data terlambat",
    FreshState.STALE: "Data basi",
    FreshState.LOST: "Sumber putus",
}


def value_words(figure: Figure) -> str:
    """The value with its unit; a dash when it is missing."""
    return _amount(figure, figure.value)


def _amount(figure: Figure, value: Decimal | None) -> str:
    return with_unit(value, figure.of.unit, figure.of.decimals)


def target_words(figure: Figure) -> str:
    """'≥ 90 %'; a dash without a target."""
    of = figure.of
    if of.target is None:
        return NOTHING
    sign = {"up": f"≥{NBSP}", "down": f"≤{NBSP}", "none": ""}[of.better]
    return f"{sign}{plain(of.target)}{NBSP}{of.unit}".rstrip()


def direction_words(figure: Figure) -> str:
    """'naik', 'turun' only where the control chart says so, else 'tetap'; a dash where it can say nothing."""
    signal = figure.judged.signal
    if figure.value is None or signal is Signal.TOO_FEW:
        return NOTHING
    if signal is Signal.STEADY:
        return "tetap"
    return "naik" if figure.judged.side > 0 else "turun"


def signal_words(figure: Figure) -> str:
    """The word of a raised status, the state against the target, and the signal."""
    if figure.value is None:
        return missing_words(figure)
    said = [figure.band or STATUS_WORDS[figure.status]] if figure.raised else []
    said += [aim_words(figure.aim, figure.of.better), _signal(figure)]
    once = {words.casefold(): words for words in reversed(said) if words}
    joined = ", ".join(reversed(once.values()))
    return joined[:1].upper() + joined[1:]


def _signal(figure: Figure) -> str:
    if figure.judged.signal is Signal.TOO_FEW:
        return f"belum cukup data ({figure.judged.points}{NBSP}dari{NBSP}{LEAST_POINTS})"
    return str(figure.judged.signal)


def missing_words(figure: Figure) -> str:
    """Why there is no value; empty when there is one."""
    return "" if figure.value is not None else figure.missing[:1].upper() + figure.missing[1:]


def late_words(figure: Figure) -> str:
    """'Data basi.' for a value past its contract; empty while it is fresh or missing."""
    word = DEGRADED.get(figure.fresh)
    if word is None or figure.value is None or figure.data_time is None:
        return ""
    return f"{word}; terakhir {short_moment(figure.data_time)}."


def finding(figure: Figure) -> str:
    """What the chart says, in one sentence from its own figure."""
    if figure.value is None:
        return f"Tidak dapat dihitung: {figure.missing or 'belum ada data'}."
    if figure.few:
        return _few(figure)
    aimed = _against_target(figure)
    return " ".join(part for part in (f"{aimed}{_change(figure)}.", late_words(figure)) if part)


def _few(figure: Figure) -> str:
    """Shares of few cases are told in cases."""
    if not figure.n or figure.of.unit != "%":
        return f"Baru {figure.n or 0} kasus, terlalu sedikit untuk disimpulkan."
    cases = number((figure.value or Decimal(0)) * figure.n / 100)
    return f"Baru {cases} dari {figure.n} kasus, terlalu sedikit untuk disimpulkan."


def _against_target(figure: Figure) -> str:
    words = aim_words(figure.aim, figure.of.better)
    if not words or figure.of.target is None:
        return ""
    aim = f"{plain(figure.of.target)}{NBSP}{figure.of.unit}".rstrip()
    return f"{words[:1].upper()}{words[1:]} {aim}; "


def _change(figure: Figure) -> str:
    """The signal with the limits it rests on; before there are any, the week before, without calling it a change."""
    judged = figure.judged
    if judged.signal is Signal.TOO_FEW or judged.low is None or judged.high is None:
        said = f"baru {judged.points} dari {LEAST_POINTS} minggu yang perlu untuk menilai perubahan"
        return _begin(figure, said) + _week_before(figure)
    ends = (max(judged.low, _floor(figure)), min(judged.high, _ceiling(figure)))
    low, high = (number(Decimal(str(end)), figure.of.decimals) for end in ends)
    limits = f"({_rule(figure, ends)}batas {low}–{high}, {judged.points} minggu)"
    word = {
        Signal.STEADY: f"tidak berbeda berarti dari biasanya {limits}",
        Signal.CHANGED: f"{'naik' if judged.side > 0 else 'turun'} dari biasanya {limits}",
        Signal.BETTER: f"membaik {limits}",
        Signal.WORSE: f"memburuk {limits}",
    }[judged.signal]
    return _begin(figure, word) + (_week_before(figure) if judged.signal is not Signal.STEADY else "")


def _rule(figure: Figure, ends: tuple[float, float]) -> str:
    """By which rule a value within its limits is a signal: without it the sentence would contradict its own numbers."""
    if figure.value is None or not ends[0] <= figure.value <= ends[1] or not figure.judged.rules:
        return ""
    return f"{RULES[figure.judged.rules[0]]}; "


def _floor(figure: Figure) -> float:
    """What can be counted or timed has no limit below zero."""
    return 0.0 if figure.value is not None and figure.value >= 0 else float("-inf")


def _ceiling(figure: Figure) -> float:
    """No share is above a hundred per cent."""
    return 100.0 if figure.of.unit == "%" else float("inf")


def _begin(figure: Figure, words: str) -> str:
    return words if _against_target(figure) else words[:1].upper() + words[1:]


def _week_before(figure: Figure) -> str:
    """', pekan lalu 31 kejadian'; a change in per cent only of counts from ten up and only beyond chance."""
    if figure.previous is None or figure.value is None:
        return ""
    if figure.repeated:
        return "; belum ada data baru sejak pekan lalu"
    said = f"; pekan lalu {_amount(figure, figure.previous)}"
    if not figure.counted:
        return said
    if not differs(int(figure.previous), int(figure.value)):
        return f"{said}, tidak berbeda berarti"
    gap = figure.value - figure.previous
    share = f" ({number(abs(100 * gap / figure.previous))}{NBSP}%)" if figure.previous >= FEW else ""
    return f"{said}, {'naik' if gap > 0 else 'turun'} {number(abs(gap))}{share}"


def point(figure: Figure) -> tuple[str, str]:
    """A main point: what was found, and below it what it is compared with."""
    judged = f"{figure.band or STATUS_WORDS[figure.status]}. " if figure.raised else ""
    n = f" (n{NBSP}{number(figure.n)})" if figure.n is not None and not figure.counted else ""
    return f"{figure.of.title}: {value_words(figure)}{n}", judged + finding(figure)


def alt(figure: Figure) -> str:
    """The finding of a chart for those who do not see it, with its weeks in numbers."""
    weeks = ", ".join(f"M{s.label} {number(s.value, figure.of.decimals)}" for s in figure.weeks)
    return f"{figure.of.title}: {value_words(figure)}. {finding(figure)} Enam minggu: {weeks}."
