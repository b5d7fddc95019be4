"""Runs every measurement and prints its figures beside what was promised."""

from __future__ import annotations

import os
import time

from tests.bench import (
    access,
    air_ten_years,
    alert_rules,
    briefing,
    case_list,
    first_channel,
    hazards,
    ingest,
    live_services,
    masterplan,
    mqtt_day,
    page112,
    painted,
    planning,
    probes,
    resources,
    screens,
)

PARTS = {
    "A million calls by file (BENCH_CALLS)": ingest,
    "A case list by configuration alone": case_list,
    "The 112 page with ten years behind it (BENCH_HISTORY, BENCH_WORST)": page112,
    "Hazards with ten years behind them (BENCH_YEARS)": hazards,
    "Water, waste, green space and energy with ten years behind them": resources,
    "Air of forty stations with ten years behind it": air_ten_years,
    "A day of two hundred sensors": mqtt_day,
    "The weekly briefing with ten years behind it": briefing,
    "The way to the next level": planning,
    "Ten thousand probes of a site that fails in every way (BENCH_PROBES)": probes,
    "Live services: a LAPOR file, ten years": live_services,
    "A masterplan of 120 programmes and 600 indicators": masterplan,
    "Signing in, and a page under role checks": access,
    "Five hundred rules of alerts": alert_rules,
    "From a source until a first channel has accepted an alert": first_channel,
    "From a source until an open wall shows it": painted,
    "A wall of many screens (BENCH_SCREENS)": screens,
}

print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: on a busy machine trust ratios and own processor time")
for title, part in PARTS.items():
    print(f"\n{title}", flush=True)
    start = time.perf_counter()
    for line in part.run():
        print(f"  {line}", flush=True)
    print(f"  ({time.perf_counter() - start:.0f} s)", flush=True)
