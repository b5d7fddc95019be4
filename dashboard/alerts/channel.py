"""A way to reach people: by which name, for whom, and how a message is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

EVERYBODY = "*"


class NotHandedOver(Exception):
    """The channel did not take the message; the text says why, without addresses and secrets."""


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


@dataclass(frozen=True, slots=True)
class Post:
    """All by which messages leave: the channels, the address people read on at, and whom the heart beats for."""

    channels: tuple[Channel, ...] = ()
    address: str = ""
    heartbeat_url: str = ""


def _in(name: str, names: tuple[str, ...]) -> bool:
    return EVERYBODY in names or name in names
