"""The environment as one frozen, typed value, read once. A wrong setting refuses to start and says what is right."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

ROOT = Path(__file__).resolve().parent.parent
MIN_KEY_LENGTH = 32


class SettingsError(Exception):
    """A setting that cannot be; the message is for the person who starts the program."""


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < MIN_KEY_LENGTH:
        raise ValueError(
            f"terlalu pendek ({len(key.get_secret_value())} huruf); isi sedikitnya {MIN_KEY_LENGTH} huruf acak"
        )
    return key


Key = Annotated[SecretStr, AfterValidator(_long_enough)]


class Settings(BaseModel):
    """Every setting of the product; the names are the environment variables. See .env.example."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    DATABASE_URL: str = ""
    VAR: Path = ROOT / "var"
    SOURCES: Path | None = None
    PORT: int = Field(default=8050, ge=1, le=65535)
    HOST: str = "127.0.0.1"
    WEB_THREADS: int = Field(default=64, ge=4, le=1024)
    SECRET_KEY: Key
    CALLER_HASH_KEY: Key
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    CONNECTIVITY_CHECK: str = ""

    @property
    def database_url(self) -> str:
        """The SQLAlchemy address of the store; SQLite in VAR when none is set."""
        if not self.DATABASE_URL:
            return f"sqlite:///{self.VAR / 'mojokerto.db'}"
        return self.DATABASE_URL.replace("postgres://", "postgresql://", 1).replace(
            "postgresql://", "postgresql+psycopg://", 1
        )

    @property
    def sources_file(self) -> Path:
        """The operator's sources.toml, or the demonstration's when there is none."""
        if self.SOURCES is not None:
            return self.SOURCES
        own = ROOT / "sources.toml"
        return own if own.exists() else ROOT / "datasources" / "demo" / "sources.toml"

    def for_sources(self) -> dict[str, str]:
        """What "${NAME}" in sources.toml may stand for, beside the operator's own variables."""
        return {"VAR": str(self.VAR), "CALLER_HASH_KEY": self.CALLER_HASH_KEY.get_secret_value()}

    @property
    def demonstration(self) -> bool:
        """Whether the sources are the simulated world."""
        return self.sources_file.parent.name == "demo"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment (and VAR/keys.env, made by the first `make run`).

    Raises SettingsError naming the variable, its value (never of a key) and what would be right.
    """
    given = dict(os.environ if environment is None else environment)
    given = {
        **_kept_keys(Path(given.get("VAR") or ROOT / "var")),
        **{k: v for k, v in given.items() if v != ""},
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        raise SettingsError("\n".join(_sentence(e) for e in wrong.errors())) from None


def _kept_keys(directory: Path) -> dict[str, str]:
    file = directory / "keys.env"
    if not file.exists():
        return {}
    lines = (line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in lines}


def _sentence(error: object) -> str:
    e = dict(error)  # type: ignore[call-overload]
    name = str(e["loc"][0])
    secret = name.endswith("_KEY")
    shown = "" if secret or e["type"] == "missing" else f" = '{e['input']}'"
    expected = {
        "missing": "belum diisi; lihat .env.example atau jalankan `make run` yang membuatnya",
        "int_parsing": "bukan bilangan bulat",
        "literal_error": "harus salah satu dari DEBUG, INFO, WARNING, ERROR",
    }.get(e["type"], str(e["msg"]).removeprefix("Value error, "))
    return f"Setelan {name}{shown}: {expected}."
