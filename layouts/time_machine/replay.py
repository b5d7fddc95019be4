"""What the slider and the replay ask: the panels of a picture at another moment, finished, as JSON."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

from dashboard import clock
from dashboard.store.database import to_ms
from layouts.access.who import required
from layouts.board import keys_of
from layouts.live import MOST_PANELS
from layouts.time_machine.band import known, short_known
from layouts.time_machine.machine import TimeMachine
from layouts.time_machine.moment import NAME, NoSuchMoment, as_asked


def register(server: Flask, machine: TimeMachine) -> None:
    """Serve /then?at=…&panel=form~indicator~look&…."""

    @server.get("/then")
    @required("view")
    def then() -> Response | tuple[Response, int]:
        try:
            at = machine.moment(request.args.get(NAME, ""), clock.now())
            keys = keys_of(request.args.getlist("panel")[:MOST_PANELS])
        except (NoSuchMoment, ValueError) as wrong:
            return jsonify(error=str(wrong)), 400
        past = machine.past(at)
        past.know(indicator for _, indicator, _ in keys)
        panels = {"~".join(key): past.drawing(key)[1] for key in keys}
        answer = jsonify(at=to_ms(at), asked=as_asked(at), said=known(at), short=short_known(at), panels=panels)
        answer.headers["Cache-Control"] = "no-store"
        return answer
