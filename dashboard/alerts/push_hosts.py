"""Where push messages may go. A browser tells us the address, and whoever holds the browser may have made it up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from datasources.outbound import is_named

KNOWN = ("fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com")
"""Chrome and most of Android; Firefox; Safari; Edge."""
NOT_KNOWN = "Layanan push peramban ini tidak dikenal; pengelola dapat menambahkan hostnya pada setelan PUSH_HOSTS."


class NotAPushService(ValueError):
    """We do not send there; the message is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class PushHosts:
    """The known services, and what the operator allows beside: names, or whole origins such as http://127.0.0.1:9."""

    allowed: tuple[str, ...] = ()

    def check(self, endpoint: str) -> None:
        """Raises NotAPushService unless the address is a push service's."""
        if not endpoint.isascii() or not re.fullmatch(r"[!-~]+", endpoint):
            raise NotAPushService(NOT_KNOWN)
        try:
            parts = urlsplit(endpoint)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise NotAPushService(NOT_KNOWN) from None
        if "@" in parts.netloc or "\\" in endpoint:
            raise NotAPushService(NOT_KNOWN)
        if f"{parts.scheme}://{parts.netloc}" in self.allowed:
            return
        if parts.scheme != "https" or port not in (None, 443) or not is_named(host, (*KNOWN, *self.allowed)):
            raise NotAPushService(NOT_KNOWN)
