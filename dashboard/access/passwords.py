"""Passwords: argon2id, and which are refused (NIST SP 800-63B-4 §3.1.1: length and known bad ones, no composition)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 256
FEWEST_GUESSES_LOG10 = 10.0
"""Fewer guesses than ten thousand million and a stolen hash gives it away; zxcvbn counts them with 30 000 passwords
that leaked elsewhere and the words of common_words.txt, all offline."""
READ_AT_MOST = 72
"""zxcvbn takes the longer the more it reads; what is hard within 72 characters stays hard."""
_WORDS = Path(__file__).with_name("common_words.txt")
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")


class PasswordRefused(ValueError):
    """A password that must not be used; the message says why and what would do."""


def hashed(password: str, name: str = "") -> str:
    """The argon2id hash of a good enough password. Raises PasswordRefused."""
    if len(password) < SHORTEST:
        raise PasswordRefused(
            f"Sandi terlalu pendek ({len(password)} huruf); pakai sedikitnya {SHORTEST}, misalnya empat kata."
        )
    if len(password) > LONGEST:
        raise PasswordRefused(f"Sandi terlalu panjang ({len(password)} huruf); paling banyak {LONGEST}.")
    if is_guessable(password, name):
        raise PasswordRefused("Sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berhubungan.")
    return _HASHER.hash(password)


def is_guessable(password: str, name: str = "") -> bool:
    """Whether it stands in a list of leaked passwords, or is put together from common words, dates and rows of keys."""
    own = [part for part in name.casefold().replace(".", " ").split() if len(part) > 2]
    found = zxcvbn(password[:READ_AT_MOST], user_inputs=[*common_words(), *own])
    return float(found["guesses_log10"]) < FEWEST_GUESSES_LOG10


@cache
def common_words() -> tuple[str, ...]:
    """The words of the file, without its comments."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one; takes as long for somebody without a password as for a wrong one."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password[: LONGEST + 1]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
