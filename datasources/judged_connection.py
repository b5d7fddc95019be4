"""A connection that is judged once it stands and before a byte is sent: httpx calls the judge as it connects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from datasources.outbound import Forbidden, check_connection


class Judge:
    """For the extension "trace" of one request to `url`. Raises Forbidden where it leads to where we must not go."""

    def __init__(self, url: str) -> None:
        self._url, self._asked = url, ""

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear of one step of connecting."""
        if event == "connection.connect_tcp.started":
            self._asked = str(info["host"]).strip("[]")
        if event == "connection.connect_tcp.complete":
            self._judge(info["return_value"])

    def _judge(self, stream: Any) -> None:
        """A proxy of the environment is the operator's own choice and judges for itself."""
        host = httpx.URL(self._url).raw_host.decode("ascii")
        if self._asked != host.strip("[]"):
            return
        try:
            check_connection(host, stream.get_extra_info("server_addr")[0])
        except Forbidden:
            stream.close()
            raise
