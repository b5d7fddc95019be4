"""The masterplan: schedule and progress of programmes, achievement with its coverage, reports, changed targets."""

from __future__ import annotations

from decimal import Decimal

from dashboard.indicators.indicator import Indicator
from dashboard.indicators.plan_findings import (
    achievement,
    behind,
    of_plan,
    on_schedule,
    progress,
    quick_wins,
    reported,
    targets_changed,
)

OWNER, TOPICS = "Bappeda", ("masterplan",)
BASIS = "Masterplan kota cerdas yang berlaku"

INDICATORS = (
    Indicator(
        id="masterplan.on_schedule", title="Program masterplan sesuai rencana", unit="%", topics=TOPICS,
        formula=of_plan(on_schedule), owner=OWNER, basis=BASIS, better="up", family="spbe",
        clock="Saat ini; program tanpa aksi yang lewat tenggatnya ÷ program yang harus berjalan",
        scale=(Decimal(0), Decimal(100)),
    ),
    Indicator(
        id="masterplan.behind", title="Program masterplan lewat tenggat", unit="program", topics=TOPICS,
        formula=of_plan(behind), owner=OWNER, basis=BASIS, better="down", family="spbe",
        clock="Saat ini; program dengan aksi yang lewat tenggatnya atau belum dilaporkan", in_briefing=False,
    ),
    Indicator(
        id="masterplan.progress", title="Kemajuan rencana aksi masterplan", unit="%", topics=TOPICS,
        formula=of_plan(progress), owner=OWNER, basis=BASIS, decimals=1, better="up", family="spbe",
        clock="Saat ini; progres aksi menurut bobot, di samping bobot aksi yang tenggatnya sudah lewat",
        scale=(Decimal(0), Decimal(100)), in_briefing=False,
    ),
    Indicator(
        id="masterplan.achievement", title="Capaian indikator masterplan", unit="%", topics=TOPICS,
        formula=of_plan(achievement), owner=OWNER, basis=BASIS, decimals=1, better="up", family="spbe",
        clock="Masa bertarget yang terakhir selesai; rata-rata capaian menurut arah, dibatasi batas dokumen",
        scale=(Decimal(0), Decimal(120)),
    ),
    Indicator(
        id="masterplan.reported", title="Indikator masterplan terisi", unit="%", topics=TOPICS,
        formula=of_plan(reported), owner=OWNER, basis=BASIS, better="up", family="spbe",
        clock="Indikator dengan nilai untuk masanya ÷ indikator yang masanya sudah selesai",
        scale=(Decimal(0), Decimal(100)),
    ),
    Indicator(
        id="masterplan.quick_wins", title="Quick win sesuai rencana", unit="%", topics=TOPICS,
        formula=of_plan(quick_wins), owner=OWNER, basis=BASIS, better="up", family="spbe",
        clock="Saat ini; quick win selesai atau tanpa aksi yang lewat tenggat ÷ semua quick win",
        scale=(Decimal(0), Decimal(100)), in_briefing=False,
    ),
    Indicator(
        id="masterplan.targets_changed", title="Target masterplan yang diubah", unit="target", topics=TOPICS,
        formula=targets_changed, owner=OWNER, basis=BASIS, family="spbe",
        clock="90 hari terakhir; dari berkas maupun aplikasi", in_briefing=False,
    ),
)  # fmt: skip
