"""Every rule of alerts. A rule names an indicator that exists, or the program does not start."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from dashboard.alerts.looks import band_of, lost_sources
from dashboard.alerts.rule import LADDER, SLOW_LADDER, AlertRule
from dashboard.formulas.alert_state import Timing
from dashboard.formulas.escalation import Step
from dashboard.indicators.catalogue import CATALOGUE

NIGHT = (time(22), time(6))
AT_ONCE = Timing(timedelta(0), timedelta(minutes=10))
STORM = "cuaca dan air"
TO_OPEN = "Buka daftar kejadian terbuka, hubungi OPD yang belum menerima, dan catat siapa yang berangkat."


def _of_band(
    indicator: str, cause: str, action: str, timing: Timing, margin: Decimal | None = None,
    steps: tuple[Step, ...] = LADDER, quiet: tuple[time, time] | None = None,
) -> AlertRule:  # fmt: skip
    about = CATALOGUE[indicator]
    return AlertRule(
        id=indicator, title=about.title, cause=cause, owner=about.owner, action=action,
        look=band_of(indicator, margin), timing=timing, steps=steps, quiet=quiet,
    )  # fmt: skip


RULES: tuple[AlertRule, ...] = (
    _of_band(
        "calls112.state", "panggilan 112", "Tambah petugas penerima; periksa apakah satu kejadian dilaporkan berulang.",
        Timing(timedelta(minutes=5), timedelta(minutes=30)),
    ),
    _of_band("calls112.open_incidents", "kejadian 112", TO_OPEN, Timing(timedelta(minutes=1), timedelta(minutes=5))),
    _of_band(
        "weather.active_warnings", STORM, "BPBD meneruskan peringatan ke kecamatan yang disebut dan menyiagakan regu.",
        AT_ONCE,
    ),
    _of_band(
        "weather.rain_next_24h", STORM, "BPBD dan DPUPR memeriksa pintu air dan titik genangan di kecamatan terbasah.",
        Timing(timedelta(minutes=15), timedelta(hours=1)), Decimal(5), SLOW_LADDER, NIGHT,
    ),
    _of_band(
        "air.ispu", "udara", "DLH mengumumkan kategori dan anjuran bagi kelompok rentan; periksa sumber asap.",
        Timing(timedelta(minutes=30), timedelta(hours=2)), Decimal(3), SLOW_LADDER, NIGHT,
    ),
    _of_band(
        "alerts.undelivered", "saluran pesan", "Periksa channels.toml dan server surel; beri tahu lewat telepon.",
        Timing(timedelta(0), timedelta(minutes=10)),
    ),
    _of_band(
        "directives.open", "arahan", "OPD melaporkan kemajuan atau meminta waktu; sekretariat mengingatkan.",
        Timing(timedelta(0), timedelta(minutes=10)), steps=SLOW_LADDER, quiet=NIGHT,
    ),
    _of_band(
        "briefing.state", "laporan mingguan",
        "Periksa pekerja dan server surat; terbitkan dengan manage.py brief issue, kirim ulang dengan brief resend.",
        Timing(timedelta(0), timedelta(minutes=10)), steps=SLOW_LADDER, quiet=NIGHT,
    ),
    replace(
        _of_band(
            "displays.dead", "layar dinding", "Periksa listrik, kabel dan jaringan layar itu (halaman Layar).",
            Timing(timedelta(minutes=1), timedelta(minutes=1)), steps=SLOW_LADDER, quiet=NIGHT,
        ),
        on_wall=False,
    ),
    AlertRule(
        id="sumber.putus", title="Sumber data putus", cause="sumber data", owner="Diskominfo",
        action="Periksa jaringan dan alamat sumber (halaman Sumber data), lalu hubungi OPD pemiliknya.",
        look=lost_sources, timing=Timing(timedelta(minutes=1), timedelta(minutes=2)), steps=SLOW_LADDER, quiet=NIGHT,
        on_wall=False,
    ),
)  # fmt: skip
BY_ID = {rule.id: rule for rule in RULES}

if len(BY_ID) != len(RULES):
    raise ValueError("two rules of alerts carry the same id")
