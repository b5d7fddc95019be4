"""The square that leads a telephone from the paper to the same moment in the application."""

from __future__ import annotations

import io

import segno


def qr(address: str, sized: bool = True) -> str:
    """The address as an SVG, black on white with the quiet zone of four modules that readers need; without a size of
    its own for a style sheet to give it one.
    """
    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", border=4, light="#ffffff", xmldecl=False,
                                                     omitsize=not sized)  # fmt: skip
    return file.getvalue().decode()
