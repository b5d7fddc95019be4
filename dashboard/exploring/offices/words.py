"""Words that the answers about agencies share: names, and shares that say what they rest on."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from dashboard.formulas.small_numbers import wilson
from dashboard.formulas.written_number import written

LEAST = 5
"""Of fewer cases no percentage is written: one more or less would move it by twenty points."""
NONE = "–"
FAIR = (
    "Diurutkan menurut nama, bukan peringkat: tugas dan jumlah kasus tiap OPD berbeda. "
    f"Persentase ditulis mulai n {LEAST}, dengan interval 95 % (Wilson); yang bertumpang belum tentu berbeda."
)


def share(k: int, n: int, decimals: int = 0) -> str:
    """'83 % (55–95), n 12'; '2 dari 3' of few; a dash of none. What is not all is never written as 100 %."""
    limits = wilson(k, n)
    if limits is None:
        return NONE
    if n < LEAST:
        return f"{k} dari {n}"
    low, high = (written(Decimal(100 * limit), decimals) for limit in limits)
    exact = (Decimal(100 * k) / n).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN if k < n else ROUND_HALF_UP)
    return f"{written(exact, decimals)} % ({low}–{high}), n {written(Decimal(n), 0)}"


def part(k: int, n: int) -> str:
    """'2 dari 7'; a dash of none."""
    return f"{k} dari {n}" if n else NONE
