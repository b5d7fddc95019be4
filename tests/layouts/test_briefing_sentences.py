"""The sentences of the briefing: what a number means, and what is never said of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from layouts.briefing import edition_words as whole
from layouts.briefing import sentences as say
from tests.editions import edition, figure, source_line

TWELVE = (39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40)
COUNTS = (50, 61, 48, 55, 52, 58, 47, 53, 60, 49, 51)


@pytest.mark.parametrize(
    ("past", "given", "sentence"),
    [
        (TWELVE, {"value": Decimal(42), "target": Decimal(90)},
         "Di bawah target 90 %; tidak berbeda berarti dari biasanya (batas 36,8–46,1, 13 minggu)."),
        (TWELVE, {"value": Decimal(30), "target": Decimal(90)},
         "Di bawah target 90 %; memburuk (batas 34,1–47,0, 13 minggu); pekan lalu 40,0 %."),
        (TWELVE, {"value": Decimal(60), "better": "none"},
         "Naik dari biasanya (batas 34,2–51,5, 13 minggu); pekan lalu 40,0 %."),
        ((), {"value": Decimal(90), "target": Decimal(90)},
         "Memenuhi target 90 %; baru 1 dari 12 minggu yang perlu untuk menilai perubahan."),
        ((), {"value": Decimal(88), "target": Decimal(90), "interval": (80.0, 92.0)},
         "Belum beda dari target 90 %; baru 1 dari 12 minggu yang perlu untuk menilai perubahan."),
        ((), {"value": Decimal(50), "n": 8}, "Baru 4 dari 8 kasus, terlalu sedikit untuk disimpulkan."),
        ((), {"value": None, "missing": "belum ada sumber"}, "Tidak dapat dihitung: belum ada sumber."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_number_means(past: tuple[float, ...], given: dict[str, Any], sentence: str):
    assert plain(say.finding(figure(past, **given))) == sentence


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (1, 2, "; pekan lalu 1 kejadian, tidak berbeda berarti."),
        (2, 31, "; pekan lalu 2 kejadian, naik 29."),
        (100, 150, "; pekan lalu 100 kejadian, naik 50 (50 %)."),
        (31, 32, "; pekan lalu 31 kejadian, tidak berbeda berarti."),
        (200, 150, "; pekan lalu 200 kejadian, turun 50 (25 %)."),
    ],
)
def test_a_change_of_counts_is_a_percentage_only_from_ten_up_and_only_beyond_chance(before: int, now: int, said: str):
    found = figure((before,), value=Decimal(now), n=now, unit="kejadian", decimals=0, better="none")
    assert plain(say.finding(found)).endswith(said)


@pytest.mark.parametrize("before", [0, 1, 2, 5, 9])
def test_no_percentage_of_change_is_ever_said_from_less_than_ten(before: int):
    found = figure((before,), value=Decimal(before + 40), n=before + 40, unit="kejadian", decimals=0)
    assert "%" not in say.finding(found)


@pytest.mark.parametrize(
    "forbidden", ["meningkat", "menurun", "signifikan", "drastis", "tren positif", "alarm", "update"]
)
def test_words_of_the_style_list_are_not_used(forbidden: str):
    said = " ".join(
        say.finding(figure(TWELVE, value=Decimal(v), target=Decimal(90), better=better))
        for v in (20, 40, 60, 95) for better in ("up", "down", "none")
    )  # fmt: skip
    assert forbidden not in said.casefold()


def test_a_signal_within_its_limits_says_by_which_rule():
    falling = (*TWELVE, 43, 42.5, 42, 41.5, 41, 40.5)
    said = plain(say.finding(figure(falling, value=Decimal("40.0"))))
    assert said.startswith("Memburuk (6 minggu searah; batas ")
    assert "; batas" not in say.finding(figure(TWELVE, value=Decimal(20)))


def test_a_status_that_says_the_same_as_the_target_is_said_once():
    low = figure(TWELVE, value=Decimal(20), target=Decimal(90), status=Status.WASPADA, band="Di bawah target")
    assert say.signal_words(low) == "Di bawah target, memburuk"


def test_a_level_is_a_word_and_not_a_colour():
    assert say.signal_words(figure(TWELVE, value=Decimal(20), target=Decimal(90))) == "Di bawah target, memburuk"
    assert (
        say.signal_words(figure(TWELVE, value=Decimal(41), target=Decimal(90)))
        == "Di bawah target, tanpa perubahan berarti"
    )
    assert plain(say.signal_words(figure((), value=Decimal(41)))) == "Belum cukup data (1 dari 12)"


@pytest.mark.parametrize(("value", "word"), [(60, "naik"), (20, "turun"), (41, "tetap"), (None, "–")])
def test_a_direction_is_said_only_where_the_control_chart_says_it(value: int | None, word: str):
    assert say.direction_words(figure(TWELVE, value=None if value is None else Decimal(value))) == word


def test_counts_have_no_limit_below_zero():
    few = figure((0, 3, 1, 0, 2, 5, 1, 0, 2, 1, 3), value=Decimal(1), n=1, unit="kejadian", decimals=0, better="none")
    assert "(batas 0–" in say.finding(few)


def test_late_data_are_said_with_the_sentence():
    late = figure(COUNTS, value=Decimal(54), fresh=FreshState.STALE)
    assert plain(say.finding(late)).endswith("Data basi; terakhir 22 Nov 23.56 WIB.")


def test_the_proposal_names_who_is_asked_and_why():
    decision, why = whole.proposal(edition(figure(TWELVE, value=Decimal(20), title="Panggilan terjawab")))
    assert (
        decision
        == "Minta Diskominfo menjelaskan penyebab dan rencana perbaikan panggilan terjawab sebelum laporan berikut."
    )
    assert plain(why).startswith("Panggilan terjawab: 20,0 % (n 131). Memburuk (batas ")
    decision, why = whole.proposal(edition(figure(value=None), sources=(source_line(state=FreshState.LOST),)))
    assert decision == "Minta Diskominfo memulihkan sumber Antrean 112."


def test_the_alternative_text_says_the_finding_and_the_weeks():
    said = plain(say.alt(figure(TWELVE, value=Decimal(20), target=Decimal(90))))
    assert said.startswith("Terjawab ≤ 15 detik: 20,0 %. Di bawah target 90 %; memburuk")
    assert said.endswith("Enam minggu: M42 42,0, M43 40,0, M44 41,0, M45 44,0, M46 40,0, M47 20,0.")


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")
