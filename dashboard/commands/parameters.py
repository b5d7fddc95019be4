"""What may stand behind an option: whole numbers, words, moments, weeks and files, refused in Indonesian."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from dashboard import clock
from dashboard.commands.sentences import Mistake
from dashboard.operating_system import reason


class Whole(click.IntRange):
    """A whole number between two others."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' bukan bilangan bulat dari {self.min} sampai {self.max}.", param, ctx)


class Word(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' tidak dikenal. Yang ada: {', '.join(self.choices)}.", param, ctx)


class PastMoment(click.ParamType[datetime]):
    """An ISO 8601 moment that is not ahead of us; without a zone it is WIB. UTC."""

    name = "waktu"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """The moment."""
        try:
            read = datetime.fromisoformat(value)
            moment = (read if read.tzinfo else read.replace(tzinfo=clock.WIB)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"'{value}' bukan waktu ISO; tulis seperti 2026-11-24T08:00.", param, ctx)
        if moment > clock.now():
            self.fail(f"'{value}' belum tiba; tulis waktu yang sudah lewat.", param, ctx)
        return moment


class Week(NamedTuple):
    """An ISO week and its bounds, UTC."""

    label: str
    start: datetime
    end: datetime


class BegunWeek(click.ParamType[Week]):
    """An ISO week that has begun."""

    name = "minggu"

    def convert(self, value: Any, param: Any, ctx: Any) -> Week:
        """The week."""
        try:
            week = Week(value.upper(), *clock.iso_week(value))
        except (ValueError, OverflowError) as wrong:
            self.fail(f"{wrong}.", param, ctx)
        if week.start > clock.now():
            self.fail(f"minggu {week.label} belum mulai; pilih minggu ini atau yang sudah lewat.", param, ctx)
        return week


class GivenFile(click.ParamType[Path]):
    """A file that can be read."""

    name = "berkas"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """Its path."""
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} adalah folder; tulis nama berkasnya.", param, ctx)
        if not path.exists():
            self.fail(f"berkas {path} tidak ada; periksa nama dan foldernya.", param, ctx)
        if not os.access(path, os.R_OK):
            self.fail(f"berkas {path} tidak boleh dibaca pengguna ini; beri izin baca.", param, ctx)
        return path


class NewFile(click.ParamType[Path]):
    """A file that can be written: said before the work is done, not after."""

    name = "berkas"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """Its path."""
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} adalah folder; tulis nama berkasnya, misalnya {path / 'berkas'}.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"folder {path.parent} tidak ada; buat dahulu atau pilih folder lain.", param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(f"{path} tidak boleh ditulisi pengguna ini; pilih folder lain.", param, ctx)
        return path


@contextmanager
def saving(path: Path) -> Iterator[None]:
    """Say why a file could not be written after all (a full disk, a network folder that went away)."""
    try:
        yield
    except OSError as error:
        raise Mistake(f"{path} tidak dapat ditulis ({reason(error)}); pilih folder lain.") from None
