"""Callers become keyed codes and raw text loses what belongs to a person."""

from __future__ import annotations

import hashlib

import pytest
from pydantic import SecretStr

from datasources.privacy import HASH_LENGTH, MASK, RAW_LENGTH, caller_hash, caller_hasher, mask, normalised

KEY = SecretStr("kunci-uji-yang-cukup-panjang")


@pytest.mark.parametrize(
    "written", ["081234567890", "81234567890", "6281234567890", "+62 812-3456-7890", "006281234567890"]
)
def test_one_number_however_written_is_one_caller(written: str) -> None:
    assert normalised(written) == "6281234567890"
    assert caller_hash(written, KEY) == caller_hash("6281234567890", KEY)


@pytest.mark.parametrize(
    ("key", "used"),
    [(b"pendek", b"pendek"), (b"k" * 64, b"k" * 64), (b"k" * 200, hashlib.blake2b(b"k" * 200).digest())],
)
def test_the_code_is_keyed_blake2b_of_128_bits(key: bytes, used: bytes) -> None:
    code = hashlib.blake2b(b"62812345678", key=used, digest_size=16).hexdigest()
    assert caller_hash("0812345678", key) == code
    assert len(code) == HASH_LENGTH


def test_long_keys_that_differ_only_at_their_end_give_different_codes() -> None:
    assert caller_hash("0812345678", b"k" * 64 + b"1") != caller_hash("0812345678", b"k" * 64 + b"2")


def test_one_hasher_gives_the_same_code_again_and_again() -> None:
    hashed = caller_hasher(KEY)
    assert [hashed("0812345678"), hashed("0811111111"), hashed("0812345678")] == [
        caller_hash(number, KEY) for number in ("0812345678", "0811111111", "0812345678")
    ]


def test_another_key_gives_another_code() -> None:
    assert caller_hash("0812345678", KEY) != caller_hash("0812345678", b"kunci lain")


@pytest.mark.parametrize("withheld", ["", "anonymous", "unknown", "-"])
def test_withheld_numbers_are_nobody(withheld: str) -> None:
    assert caller_hash(withheld, KEY) is None


def test_a_short_extension_stays_as_it_is() -> None:
    assert normalised("1001") == "1001"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("telepon 6281234567890 masuk", f"telepon {MASK} masuk"),
        ("hubungi 0812-3456-7890", f"hubungi {MASK}"),
        ("(0321) 321-123 kantor", f"{MASK}kantor"),
        ("nama_pelapor=Siti Aminah; kec=5", f"nama_pelapor={MASK}; kec=5"),
        ('dari "Siti Aminah"', f"dari {MASK}"),
        ("pada 08-03-2026 14:05", "pada 08-03-2026 14:05"),
        ("pada 2026-03-08 14:05:06", "pada 2026-03-08 14:05:06"),
        ("KORSLETING DI JUM'AT", "KORSLETING DI JUM'AT"),
        ("a\x00b\nc", "a b c"),
    ],
)
def test_raw_text_keeps_what_is_not_personal(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_raw_text_is_short() -> None:
    assert len(mask("a b " * 500)) == RAW_LENGTH
