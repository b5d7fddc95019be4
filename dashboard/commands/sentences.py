"""Every mistake at the keyboard becomes one Indonesian sentence: no usage text, no traceback."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError
from sqlalchemy.exc import DBAPIError

from dashboard import settings
from dashboard.settings import SettingsError
from dashboard.store.obstacles import obstacle
from datasources.toml_file import Misconfigured


class Mistake(click.ClickException):
    """A sentence for the person at the keyboard; exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print nothing but the sentence."""
        click.echo(self.message, err=True)


class Misspelt(Mistake):
    """The command itself cannot be read; exit code 2."""

    exit_code = 2


class Interrupted(Mistake):
    """Ctrl-C; the exit code that shells give it."""

    exit_code = 130


class Commands(click.Group):
    """The group of all commands; mistakes anywhere below it come out as a Mistake."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the words behind `manage.py`."""
        with _in_words():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _in_words():
            return super().invoke(ctx)


def unknown(kind: str, name: str, there: Collection[str]) -> Mistake:
    """'Sumber x tidak ada', with the names that come near or, when none does, with all of them."""
    near = get_close_matches(name, there, n=3)
    hint = f"Maksud Anda {_quoted(near)}?" if near else f"Yang ada: {', '.join(there) or 'tidak satu pun'}."
    return Mistake(f"{kind} '{name}' tidak ada. {hint}")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (Mistake, NoArgsIsHelpError):
        raise
    except click.UsageError as usage:
        raise Misspelt(_sentence(usage)) from None
    except (SettingsError, Misconfigured) as mistake:
        raise Mistake(str(mistake)) from None
    except DBAPIError as error:
        sentence = obstacle(error, settings.load().database_url)
        if sentence is None:
            raise
        raise Mistake(sentence) from None
    except (KeyboardInterrupt, click.Abort):
        raise Interrupted("Dihentikan.") from None


def _sentence(mistake: click.UsageError) -> str:
    path = mistake.ctx.command_path if mistake.ctx else "manage.py"
    match mistake:
        case click.exceptions.NoSuchCommand():
            return _no_command(mistake, path)
        case click.NoSuchOption():
            return f"Opsi '{mistake.option_name}' tidak ada pada '{path}'. Yang ada: {', '.join(_options(mistake))}."
        case click.MissingParameter(param=click.Option() as option):
            return f"'{path}' memerlukan {option.opts[0]}: {option.help}"
        case click.MissingParameter(param=click.Parameter() as argument):
            return f"'{path}' memerlukan {argument.human_readable_name}; lihat: {path} --help"
        case click.BadParameter(param=click.Option() as option):
            return f"Opsi {option.opts[0]}: {mistake.message}"
        case click.BadParameter():
            return mistake.message
        case click.BadOptionUsage():
            return f"Opsi {mistake.option_name} {_wrong_number_of_values(mistake)}."
    return f"'{path}' menerima kata terlalu banyak; lihat: {path} --help"


def _no_command(mistake: click.exceptions.NoSuchCommand, path: str) -> str:
    group = mistake.ctx.command if mistake.ctx else None
    there = group.list_commands(mistake.ctx) if isinstance(group, click.Group) and mistake.ctx else []
    return unknown(f"'{path}': perintah", mistake.command_name, there).message


def _wrong_number_of_values(mistake: click.BadOptionUsage) -> str:
    """click tells the two mistakes apart in its message only."""
    return "ditulis tanpa nilai" if "does not take" in mistake.message else "memerlukan satu nilai"


def _options(mistake: click.UsageError) -> list[str]:
    params = mistake.ctx.command.get_params(mistake.ctx) if mistake.ctx else []
    return [option.opts[-1] for option in params if isinstance(option, click.Option)]


def _quoted(names: Collection[str]) -> str:
    return " atau ".join(f"'{name}'" for name in names)
