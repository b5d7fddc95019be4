"""How rules look at the world: at the band of an indicator, and at sources that fell silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from dashboard.alerts.rule import WHOLE, AlertRule, Look, Picture
from dashboard.formulas.alert_state import BLIND, Severity
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Indicator, Status
from dashboard.indicators.reading import Reading

OF_STATUS = {Status.NORMAL: Severity.NONE, Status.WASPADA: Severity.WASPADA, Status.KRITIS: Severity.KRITIS}
NOT_SEEN = (FreshState.STALE, FreshState.LOST, FreshState.NONE)


def band_of(indicator: str, margin: Decimal | None = None) -> Callable[[AlertRule, Picture], Mapping[str, Look]]:
    """Look at the status of an indicator's band. With a `margin`, a raised alert is well again only when the value has
    left the band by so much (hysteresis), in the indicator's unit.
    """

    def look(rule: AlertRule, picture: Picture) -> Mapping[str, Look]:
        reading = picture.readings[indicator]
        standing = picture.standing.get((rule.id, WHOLE), Severity.NONE)
        return {WHOLE: Look(_seen(reading, standing, margin), _said(reading), reading.simulated)}

    return look


def _seen(reading: Reading, standing: Severity, margin: Decimal | None) -> Severity | None:
    """A late value may still raise, never clear: what is past its contract does not show that all is well."""
    if reading.value is None or reading.freshness.state in NOT_SEEN:
        return BLIND
    seen = OF_STATUS.get(reading.status, BLIND)
    if seen is not BLIND and seen < standing and margin is not None:
        seen = max(seen, min(standing, _near(reading.indicator, reading.value, margin)))
    return BLIND if seen is Severity.NONE and reading.freshness.state is FreshState.LATE else seen


def _near(indicator: Indicator, value: Decimal, margin: Decimal) -> Severity:
    """The worst band within `margin` of the value, on the side that is worse."""
    reached = {"up": (value - margin,), "down": (value + margin,), "none": (value - margin, value + margin)}
    near = [band for v in reached[indicator.better] for band in indicator.bands if band.holds(v)]
    return max((OF_STATUS.get(band.status, Severity.NONE) for band in near), default=Severity.NONE)


def _said(reading: Reading) -> str:
    if reading.value is None:
        return f"{reading.indicator.title}: {reading.missing or 'tidak diketahui'}"
    value = written(reading.value, reading.indicator.decimals)
    return f"{reading.indicator.title}: {value} {reading.indicator.unit}, {reading.band.lower()}"


def lost_sources(rule: AlertRule, picture: Picture) -> Mapping[str, Look]:
    """A place per source: raised while it is past twice its contract."""
    return {
        s.id: _of_source(s.title, s.freshness(picture.at).state, s.last_error, s.simulated) for s in picture.sources
    }


def _of_source(title: str, state: FreshState, error: str, simulated: bool) -> Look:
    if state in (FreshState.STALE, FreshState.LOST):
        return Look(Severity.WASPADA, f"Sumber {title} {state.value}{': ' + error if error else ''}", simulated)
    seen = Severity.NONE if state is FreshState.FRESH else BLIND
    return Look(seen, f"Sumber {title} {state.value}", simulated)
