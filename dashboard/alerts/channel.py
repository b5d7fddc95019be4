"""A way to reach people: by which name, for whom, and how a message is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from dashboard.store.alert_messages import Message

EVERYBODY = "*"
_SEPARATOR = ":"


class NotHandedOver(Exception):
    """The channel did not take the message; the text says why, without addresses and secrets."""


class NobodyThere(NotHandedOver):
    """This end of the channel is gone for good: trying again would be in vain, and is no failure of the channel."""


class Way(Protocol):
    """How messages leave, to one end or several; an end is named by the way's id, or 'id:number' of one of many."""

    @property
    def id(self) -> str:
        """Its name, without a colon."""

    def ends(self, connection: Connection, rung: str, owner: str) -> list[str]:
        """The ends at which that recipient is reached; each gets a message of its own."""

    def deliver(self, message: Message) -> str:
        """Hand it over at the end `message.channel`; returns the receipt. Raises NotHandedOver."""


def way_of(end: str) -> str:
    """The id of the way that an end belongs to."""
    return end.partition(_SEPARATOR)[0]


def end_of(way: str, number: int) -> str:
    """The name of one of many ends."""
    return f"{way}{_SEPARATOR}{number}"


def number_of(end: str) -> int:
    """The number in the name of one of many ends; 0 when it has none."""
    number = end.partition(_SEPARATOR)[2]
    return int(number) if number.isdecimal() else 0


class HandOver(Protocol):
    """Hands a message to a channel. Returning means accepted by it, which is less than delivered to a person."""

    def __call__(self, subject: str, body: str, key: str) -> str:
        """Returns the channel's receipt, empty when it gives none. Raises NotHandedOver. `key` is the same for each
        repeat of one message.
        """


@dataclass(frozen=True, slots=True)
class Channel:
    """Messages for these rungs of these owners go this way; EVERYBODY stands for all of them."""

    id: str
    rungs: tuple[str, ...]
    owners: tuple[str, ...]
    hand_over: HandOver

    def serves(self, rung: str, owner: str) -> bool:
        """Whether that recipient is reached this way."""
        return _in(rung, self.rungs) and _in(owner, self.owners)

    def ends(self, connection: Connection, rung: str, owner: str) -> list[str]:
        """Itself, if it serves them."""
        return [self.id] if self.serves(rung, owner) else []

    def deliver(self, message: Message) -> str:
        """Returns the channel's receipt, empty when it gives none. Raises NotHandedOver."""
        return self.hand_over(message.subject, message.body, message.key)


@dataclass(frozen=True, slots=True)
class Post:
    """All by which messages leave: the channels, the address people read on at, and whom the heart beats for."""

    channels: tuple[Way, ...] = ()
    address: str = ""
    heartbeat_url: str = ""


def _in(name: str, names: tuple[str, ...]) -> bool:
    return EVERYBODY in names or name in names
