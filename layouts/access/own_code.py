"""What one's own account shows of the second factor: whether there is one, and how a telephone takes one up."""

from __future__ import annotations

from typing import Any

import segno
from dash import html

from dashboard.access import second_factor
from dashboard.store.people import Credentials
from layouts.panels.drawing_component import Drawing

NONE = (
    "Belum dipasang. Dengan kode dari aplikasi autentikator di telepon (misalnya FreeOTP), sandi yang bocor saja tidak "
    "membuka akun Anda."
)
THERE = (
    "Terpasang. Sesudah sandi Anda ditanya kode. Untuk melepasnya atau membuat kode pemulihan baru, tulis kode yang "
    "sedang tampil, atau satu kode pemulihan."
)
LOW = 3
ELSEWHERE = "Akun ini masuk lewat SSO; kode diatur di sana."
HOW = "Pindai dengan aplikasi autentikator, atau ketik kunci ini di sana: "


def state(known: Credentials | None, left: int) -> tuple[Any, ...]:
    """Words, nothing kept, and which of begin, form, save, drop and new recovery codes are hidden.

    `left`: how many recovery codes have not been used.
    """
    if known is None or known.password_hash is None:
        return html.P(ELSEWHERE), None, True, True, True, True, True
    if known.totp_sealed is not None:
        return [html.P(THERE), _left(left)], None, True, False, True, False, False
    return html.P(NONE), None, False, True, True, True, True


def _left(left: int) -> html.P:
    more = "" if left > LOW else " Buat yang baru sebelum habis." if left else " Buat yang baru sekarang."
    return html.P(f"Kode pemulihan yang belum dipakai: {left}.{more}", className="rest" if left > LOW else "wrong")


def waiting(name: str, key: str) -> tuple[Any, ...]:
    """A new secret as a QR code and in letters, until its first code proves that the telephone has it."""
    secret = second_factor.new_secret()
    picture = segno.make(second_factor.address(secret, name), error="m").svg_inline(scale=5, border=4, dark="#14181c",
                                                                                    light="#ffffff")  # fmt: skip
    letters = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    drawn = Drawing(id="own-code-picture", panel=None, className="qr", markup=str(picture))
    shown = [drawn, html.P([HOW, html.Code(letters)])]
    return shown, second_factor.sealed(secret, key), True, False, False, True, True
