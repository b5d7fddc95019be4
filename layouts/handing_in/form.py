"""The form by which an OPD hands in a workbook: choose the data, drop the file, look, let it count."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing.entry import whole_number
from dashboard.ingestion.upload_checks import LARGEST, UploadRefused
from dashboard.ingestion.uploading import NotTheirData, Preview, accept, give_up, may_hand_in, preview
from dashboard.store import uploads
from dashboard.store.database import reading
from dashboard.store.people import Person
from datasources.registry import ConfiguredSource
from layouts.access.refusals import note_refusal
from layouts.access.who import NOT_ALLOWED, allowed, person
from layouts.editing.saving import field, said, wrong
from layouts.format import number, short_moment
from layouts.handing_in.preview import told

ACTION: Action = "data.hand_in"
T = TypeVar("T")
ENCODED = 4 * LARGEST // 3 + 1024
"""Letters of the largest file as a browser sends it."""
DROP = "Letakkan berkas .xlsx atau .csv di sini, atau tekan untuk memilih"


def form() -> html.Div:
    """Empty until a callback knows who asks and what that person may hand in."""
    drop = dcc.Upload(
        html.Div(f"{DROP} (paling besar {LARGEST // 2**20} MiB)"), id="hand-in-file", accept=".xlsx,.csv",
        max_size=LARGEST, multiple=False, className="drop",
    )  # fmt: skip
    decide = [
        html.Button("Terima dan hitung", id="hand-in-accept", type="button"),
        html.Button("Batal", id="hand-in-drop", type="button", className="quiet"),
    ]
    return html.Div(
        [
            field("Data yang disetor", dbc.Select([], id="hand-in-source")),
            html.P(id="hand-in-template"),
            drop,
            said("hand-in"),
            html.Div(id="hand-in-preview"),
            html.Div(decide, id="hand-in-decide", className="form-row", hidden=True),
            dcc.Store(id="hand-in-number"),
            html.H3("Setoran terakhir"),
            html.Div(id="hand-in-list"),
        ],
        className="edit-part hand-in",
    )


def register(app: Dash, engine: Engine, sources: Sequence[ConfiguredSource]) -> None:
    """What may be handed in, the preview, the decision, and what was handed in last."""
    by_id = {s.id: s for s in sources}
    _register_choice(app, engine, by_id)

    @app.callback(
        Output("hand-in-preview", "children"),
        Output("hand-in-decide", "hidden"),
        Output("hand-in-number", "data"),
        Output("hand-in-file", "contents"),
        Input("hand-in-file", "contents"),
        State("hand-in-file", "filename"),
        State("hand-in-source", "value"),
        prevent_initial_call=True,
    )
    def look(contents: Any, name: Any, chosen: Any) -> tuple[Any, bool, int | None, None]:
        if not contents:
            return no_update, no_update, no_update, no_update  # type: ignore[return-value]
        found = _previewed(engine, by_id, chosen, name, contents)
        if not isinstance(found, Preview):
            return found, True, None, None
        return told(found), not found.number, found.number or None, None

    @app.callback(
        Output("hand-in-said", "children"),
        Output("hand-in-preview", "children", allow_duplicate=True),
        Output("hand-in-decide", "hidden", allow_duplicate=True),
        Input("hand-in-accept", "n_clicks"),
        Input("hand-in-drop", "n_clicks"),
        State("hand-in-number", "data"),
        State("hand-in-source", "value"),
        prevent_initial_call=True,
    )
    def decide(_: Any, __: Any, number_of: Any, chosen: Any) -> tuple[Any, Any, bool]:
        takes = ctx.triggered_id == "hand-in-accept"
        return _decided(engine, by_id.get(chosen), whole_number(number_of), takes), [], True


def _register_choice(app: Dash, engine: Engine, by_id: dict[str, ConfiguredSource]) -> None:
    @app.callback(
        Output("hand-in-source", "options"),
        Output("hand-in-source", "value"),
        Output("hand-in-list", "children"),
        Input("hand-in-said", "children"),
        State("hand-in-source", "value"),
    )
    def choices(_: Any, chosen: Any) -> tuple[list[dict[str, str]], Any, Any]:
        own = _own(by_id)
        with reading(engine) as connection:
            found = uploads.newest_uploads(connection, [s.id for s in own])
        options = [{"label": f"{s.title} ({s.owner})", "value": s.id} for s in own]
        kept = chosen if chosen in {s.id for s in own} else own[0].id if own else None
        return options, kept, _list(found, by_id, clock.now())

    @app.callback(Output("hand-in-template", "children"), Input("hand-in-source", "value"))
    def template(chosen: Any) -> Any:
        duty = by_id[chosen].duty if chosen in by_id else None
        if duty is None or not duty.template:
            return ""
        return html.A("Unduh templat kosong (XLSX)", href=f"/templat/{duty.template}.xlsx", download="")


def _own(by_id: dict[str, ConfiguredSource]) -> list[ConfiguredSource]:
    who = person()
    return [s for s in by_id.values() if who is not None and allowed(ACTION) and may_hand_in(s, who)]


def _previewed(
    engine: Engine, by_id: dict[str, ConfiguredSource], chosen: Any, name: Any, contents: str
) -> Preview | html.P:
    def looked(source: ConfiguredSource, who: Person) -> Preview:
        return preview(engine, source, name, _decoded(contents), who, clock.now())

    return _guarded(by_id.get(chosen), looked)


def _decided(engine: Engine, source: ConfiguredSource | None, upload: int | None, takes: bool) -> html.P:
    def decided(source: ConfiguredSource, who: Person) -> html.P:
        if not takes:
            give_up(engine, source, upload or 0, who, clock.now())
            return html.P("Dibatalkan; tidak ada yang dihitung.")
        return html.P(f"Disetor: {accept(engine, source, upload or 0, who, clock.now())}", className="saved")

    return _guarded(source, decided)


def _guarded(source: ConfiguredSource | None, act: Callable[[ConfiguredSource, Person], T]) -> T | html.P:
    """Only for who may; a refusal becomes its sentence, and one for who asks a line of the audit log."""
    who = person()
    if who is None or not allowed(ACTION):
        note_refusal("perubahan", "setor data")
        return wrong(NOT_ALLOWED)
    if source is None:
        return wrong("Pilih dahulu data yang disetor.")
    try:
        return act(source, who)
    except NotTheirData as refused:
        note_refusal("perubahan", str(refused))
        return wrong(str(refused))
    except UploadRefused as refused:
        return wrong(str(refused))


def _decoded(contents: str) -> bytes:
    """The bytes of 'data:…;base64,…'. Raises UploadRefused."""
    if len(contents) > ENCODED:
        raise UploadRefused(f"Berkas lebih besar dari {LARGEST // 2**20} MiB; buang lembar yang tidak perlu.")
    try:
        return base64.b64decode(contents.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise UploadRefused("Berkas tidak sampai dengan utuh; unggah sekali lagi.") from None


def _list(found: list[uploads.Upload], by_id: dict[str, ConfiguredSource], now: datetime) -> Any:
    if not found:
        return html.P("Belum ada setoran lewat aplikasi.", className="rest")
    return html.Ul([_row(one, by_id[one.source].title, now) for one in found], className="entries")


def _row(one: uploads.Upload, title: str, now: datetime) -> html.Li:
    words = one.said or f"{number(one.rows)} baris"
    return html.Li(
        [
            html.Span(f"{title}: {one.file}", className="label"),
            html.Span(f"{one.state} · {words}", className="value"),
            html.Span(f"{short_moment(one.decided_at or one.at, now)} · oleh {one.by}", className="where"),
        ]
    )
