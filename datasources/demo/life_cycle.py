"""What is written down of the help that an incident gets: forwarded, accepted, on the way, there, controlled, done."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from datasources.demo.world import HOUR

DAY = 24 * HOUR
CANCELLED, NO_ARRIVAL_WRITTEN, REOPENED, FORGOTTEN, NEVER_CLOSED = 0.03, 0.03, 0.025, 0.02, 0.004
"""Shares of incidents. Forgotten: help came, and the ticket was closed days later, when somebody cleaned up."""
CLEANED_UP_DAYS = (2, 20)
LONGEST_DAYS = 25
"""After this nothing of a ticket changes any more."""


class Life(NamedTuple):
    """Unix seconds; None is a stage that nobody writes down."""

    created: int
    dispatched: int | None = None
    acknowledged: int | None = None
    enroute: int | None = None
    arrived: int | None = None
    controlled: int | None = None
    closed: int | None = None
    reopened: int | None = None
    closed_again: int | None = None
    cancelled: int | None = None

    def changes(self) -> tuple[int, ...]:
        """The moments at which its row changes."""
        return tuple(moment for moment in self if moment is not None)


def life_of(rng: Random, received: int, travel_s: int) -> Life:
    """The life of an incident that was received at this Unix second and to which the road takes so long."""
    created = received + rng.randint(20, 60)
    dispatched = created + rng.randint(30, 140)
    if rng.random() < CANCELLED:
        return Life(created, dispatched, cancelled=dispatched + rng.randint(60, 900))
    acknowledged = dispatched + rng.randint(15, 90)
    enroute = acknowledged + rng.randint(20, 110)
    arrived = enroute + travel_s
    controlled = arrived + int(60 * rng.lognormvariate(3.0, 0.6))
    closed = controlled + int(60 * rng.lognormvariate(2.5, 0.6))
    life = Life(created, dispatched, acknowledged, enroute, arrived, controlled, closed)
    return _with_lapses(rng, life, closed)


def _with_lapses(rng: Random, life: Life, closed: int) -> Life:
    if rng.random() < NO_ARRIVAL_WRITTEN:
        life = life._replace(arrived=None)
    fate = rng.random()
    if fate < REOPENED:
        reopened = closed + rng.randint(HOUR, 10 * HOUR)
        return life._replace(reopened=reopened, closed_again=reopened + rng.randint(20, 120) * 60)
    if fate < REOPENED + FORGOTTEN:
        return life._replace(closed=closed + rng.randint(*CLEANED_UP_DAYS) * DAY)
    return life._replace(closed=None) if fate > 1 - NEVER_CLOSED else life
