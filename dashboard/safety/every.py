"""Everything unsafe about a setup, and the refusal to run with what must not be."""

from __future__ import annotations

import logging

from dashboard.safety import debugging, keys, network, sources, store, written_secrets
from dashboard.safety.finding import Finding, Setup
from dashboard.settings import SettingsError

log = logging.getLogger(__name__)
CHECKS = (keys.check, debugging.check, network.check, store.check, written_secrets.check, sources.check)


def findings(setup: Setup) -> list[Finding]:
    """What is unsafe, the dangerous first. Raises Misconfigured for a TOML file that cannot be read."""
    found = [finding for check in CHECKS for finding in check(setup)]
    return sorted(found, key=lambda finding: not finding.stops)


def refuse(setup: Setup) -> None:
    """At the start: log each warning; outside of the demonstration raise SettingsError for what is dangerous."""
    found = findings(setup)
    stopping = [str(f) for f in found if f.stops and not setup.values.demonstration]
    if stopping:
        raise SettingsError("\n".join(stopping))
    for finding in found:
        if not setup.values.demonstration:
            log.warning("%s", finding)
