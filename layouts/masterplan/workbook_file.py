"""The plan as it stands as a workbook, for the OPD that completes it and hands it in again."""

from __future__ import annotations

import io

from dash import html
from flask import Flask, Response
from sqlalchemy import Engine

from dashboard import clock
from dashboard.exploring.masterplan.filled import filled
from dashboard.store.database import reading
from datasources.resources.form_template import write_form_template
from layouts.access.who import required
from layouts.exploring.export import XLSX

PATH = "/masterplan/buku-kerja.xlsx"


def register(server: Flask, engine: Engine) -> None:
    """Serve it to those who may edit the plan."""

    @server.get(PATH)
    @required("masterplan.write")
    def workbook() -> Response:
        now, file = clock.now(), io.BytesIO()
        with reading(engine) as connection:
            forms = filled(connection, now)
        write_form_template(file, "masterplan kota cerdas, keadaan sekarang", forms, clock.wib(now).year)
        headers = {"Content-Disposition": 'attachment; filename="masterplan.xlsx"'}
        return Response(file.getvalue(), mimetype=XLSX, headers=headers)


def link() -> html.A:
    """To that workbook."""
    return html.A("Unduh buku kerja terisi (XLSX)", href=PATH, download="")
