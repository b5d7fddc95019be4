"""The band that says of which moment a picture is, with the controls that lead to another."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from dashboard.clock import wib
from dashboard.store.database import to_ms
from layouts.drawing.markup import el
from layouts.format import clock_label, day_label, moment
from layouts.time_machine.moment import as_asked

STEPS = ((-3600, "−1 jam"), (-600, "−10 mnt"), (600, "+10 mnt"), (3600, "+1 jam"))
LAST_MINUTE = 24 * 60 - 1
KNOWN = "Seperti diketahui"


def known(at: datetime) -> str:
    """'Seperti diketahui Selasa, 10 November 2026 14.00 WIB'."""
    return f"{KNOWN} {moment(at)}"


def short_known(at: datetime) -> str:
    """'Seperti diketahui 10 Nov 2026 14.00 WIB', which fits the strip of a wall."""
    return f"{KNOWN} {day_label(at)} {wib(at).year} {clock_label(at)} WIB"


def short_band(at: datetime) -> Markup:
    """The band of a wall: the words alone; its keys are those of assets/time_machine.js."""
    return el("b", {"class": "then", "data-then": to_ms(at)}, el("span", {"data-then-said": True}, short_known(at)))


def band(at: datetime) -> Markup:
    """The band of a page: words, steps, the day as a slider, replay, another moment, the way back to now."""
    return el(
        "div", {"class": "then", "role": "region", "aria-label": "Mesin waktu", "data-then": to_ms(at)},
        el("p", {"class": "said"}, el("b", {"data-then-said": True}, known(at)), " Bukan keadaan sekarang."),
        el("div", {"class": "controls"}, *(_step(*step) for step in STEPS[:2]), _slider(at),
           *(_step(*step) for step in STEPS[2:]), _play(), _other(at), _back()),
        el("p", {"class": "trouble", "role": "alert", "data-then-trouble": True}),
    )  # fmt: skip


def refusal(sentence: str) -> Markup:
    """The band over nothing: why there is no picture of that moment, and the way back to now."""
    return el(
        "div", {"class": "then refused", "role": "alert", "data-then": 0},
        el("p", {"class": "said"}, el("b", {}, "Tidak dapat ditampilkan: "), sentence),
        el("div", {"class": "controls"}, _back()),
    )  # fmt: skip


def _step(seconds: int, words: str) -> Markup:
    return el("button", {"type": "button", "data-then-step": seconds}, words)


def _slider(at: datetime) -> Markup:
    local = wib(at)
    minute = local.hour * 60 + local.minute
    return el("input", {"type": "range", "min": 0, "max": LAST_MINUTE, "value": minute, "data-then-slider": True,
                        "aria-label": "Jam pada hari itu"})  # fmt: skip


def _play() -> Markup:
    return el("button", {"type": "button", "data-then-play": 60, "aria-pressed": "false"}, "Putar 60×")


def _other(at: datetime) -> Markup:
    return el("label", {}, "Waktu lain (WIB)", el("input", {"type": "datetime-local", "value": as_asked(at)[:16],
                                                            "data-then-other": True}))  # fmt: skip


def _back() -> Markup:
    return el("a", {"href": "/", "class": "back", "data-then-back": True}, "Kembali ke sekarang")
