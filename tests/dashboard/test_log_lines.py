"""A log line is one line, whatever was put in it, and holds no secret."""

from __future__ import annotations

import io
import logging

import pytest

from dashboard.log_lines import OneLine


def logged(message: str, *args: object, secrets: tuple[str, ...] = (), error: BaseException | None = None) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(OneLine(secrets))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.warning(message, *args, exc_info=error)
    return out.getvalue()


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1b[2J", "\x85", "\u2028", "\x00"])
def test_no_text_begins_a_line_of_its_own_or_moves_the_cursor(sign: str) -> None:
    line = logged("sumber %s: ditolak", f"dispendik{sign}2026-11-24 10:00:00 INFO masuk admin")
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "dispendik" in line


def test_the_lines_of_a_traceback_cannot_pass_for_messages() -> None:
    try:
        raise ValueError("rusak\n2026-11-24 10:00:00,000 INFO palsu\x1b[2J")
    except ValueError as error:
        first, *rest = logged("gagal", error=error).splitlines()
    assert first.endswith("WARNING gagal")
    assert rest
    assert all(line.startswith("  | ") and "\x1b" not in line for line in rest)


def test_a_secret_is_masked_wherever_it_stands() -> None:
    try:
        raise ValueError("postgresql://u:x9Kq-panjang@h/d")
    except ValueError as error:
        text = logged("kunci %s", "x9Kq-panjang", secrets=("x9Kq-panjang",), error=error)
    assert "x9Kq" not in text
    assert text.count("•••") >= 2
