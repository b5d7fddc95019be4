"""How many agents were there: logged in and not paused, from spells that overlap and do not end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

HOUR_S = 3600
Span = tuple[int, int]
"""From when to when, in whole seconds of one clock."""


class Spell(NamedTuple):
    """One agent logged in or paused; no end: it still lasts."""

    agent: str
    kind: Literal["login", "pause"]
    start: int
    end: int | None = None


def present(spells: Iterable[Spell], start: int, end: int) -> dict[str, list[Span]]:
    """Agent → the spans of [start, end) in which he was logged in anywhere and paused nowhere, apart and in order."""
    by_agent: defaultdict[str, dict[str, list[Span]]] = defaultdict(lambda: {"login": [], "pause": []})
    for spell in spells:
        span = (max(start, spell.start), end if spell.end is None else min(end, spell.end))
        if span[0] < span[1]:
            by_agent[spell.agent][spell.kind].append(span)
    found = {agent: _without(_joined(of["login"]), _joined(of["pause"])) for agent, of in by_agent.items()}
    return {agent: spans for agent, spans in found.items() if spans}


def staffed_by_hour(spells: Iterable[Spell], start: int, end: int) -> Counter[int]:
    """Seconds of work of all agents in [start, end) by hour, which is its number since the clock's zero; hours without
    anybody are absent.
    """
    found: Counter[int] = Counter()
    for spans in present(spells, start, end).values():
        for since, until in spans:
            first, last = since // HOUR_S, (until - 1) // HOUR_S
            for hour in range(first, last + 1):
                found[hour] += HOUR_S
            found[first] -= since - first * HOUR_S
            found[last] -= (last + 1) * HOUR_S - until
    return found


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching spans made one."""
    joined: list[Span] = []
    for since, until in sorted(spans):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined


def _without(spans: list[Span], holes: list[Span]) -> list[Span]:
    """What is left of `spans` outside of `holes`; both apart and in order."""
    left: list[Span] = []
    for since, until in spans:
        for hole_since, hole_until in holes:
            if hole_until <= since or hole_since >= until:
                continue
            if hole_since > since:
                left.append((since, hole_since))
            since = max(since, hole_until)
        if since < until:
            left.append((since, until))
    return left
