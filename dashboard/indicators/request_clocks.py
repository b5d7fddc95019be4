"""Requests for services against the promise of their service."""

from __future__ import annotations

from dashboard.formulas.within_clock import Clock
from datasources.delivery.records import ServiceRequest


def promise(request: ServiceRequest) -> Clock | str:
    """Submitted → completed within the promise, or the reason why there is no clock."""
    if request.left_out:
        return "dikembalikan atau dicabut"
    if request.undated:
        return "selesai tanpa tanggal"
    if request.limit_days is None:
        return "tanpa janji layanan"
    return Clock(request.submitted, request.completed, request.limit_days)
