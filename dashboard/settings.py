"""The environment as one frozen, typed value, read once. A wrong setting refuses to start and says what is right."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from dashboard.secret_files import RESTORE, check_text, kept_keys_of, password_of, with_secret_files
from dashboard.secret_files import SettingsError as SettingsError
from dashboard.setting_values import (
    BORDERS_WITHOUT_SOURCE,
    PUSH_WITHOUT_CONTACT,
    embedding_sites,
    hard_to_guess,
    heartbeat,
    mail_server,
    mailbox,
    neighbour,
    public_address,
    push_contact,
    push_hosts,
    push_key,
    store_address,
)

ROOT = Path(__file__).resolve().parent.parent
KEYS_FILE = "keys.env"

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRETS = ("DATABASE_URL", "HEARTBEAT_URL", "SMTP_URL", "VAPID_KEY")
"""Settings beside the keys whose value is never repeated."""
KEYS = ("SECRET_KEY", "CALLER_HASH_KEY")

Key = Annotated[SecretStr, AfterValidator(hard_to_guess)]


class Settings(BaseModel):
    """Every setting of the product; the names are the environment variables. See .env.example."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    DATABASE_URL: Annotated[str, AfterValidator(store_address)] = Field(default="", repr=False)
    VAR: Path = ROOT / "var"
    SOURCES: Path | None = None
    CHANNELS: Path | None = None
    OPENID: Path | None = None
    HEARTBEAT_URL: Annotated[SecretStr, AfterValidator(heartbeat)] = SecretStr("")
    PORT: int = Field(default=8050, ge=1, le=65535)
    HOST: str = "127.0.0.1"
    PUBLIC_URL: Annotated[str, AfterValidator(public_address)] = ""
    FRAME_ANCESTORS: Annotated[str, AfterValidator(embedding_sites)] = ""
    PROXIES: int | None = Field(default=None, ge=0, le=3)
    DEMO_PORT: int = Field(default=8093, ge=1, le=65535)
    WEB_THREADS: int = Field(default=64, ge=4, le=1024)
    SECRET_KEY: Key
    CALLER_HASH_KEY: Key
    CALLER_HASH_HOURS: int = Field(default=72, ge=1, le=72)
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    SMTP_URL: Annotated[str, AfterValidator(mail_server)] = Field(default="", repr=False)
    BRIEFING_FROM: Annotated[str, AfterValidator(mailbox)] = ""
    BRIEFING_RECIPIENTS: Path | None = None
    BRIEFING_APPROVAL: Literal["orang", "otomatis"] = "orang"
    VAPID_KEY: Annotated[SecretStr, AfterValidator(push_key)] = SecretStr("")
    VAPID_CONTACT: Annotated[str, AfterValidator(push_contact)] = ""
    PUSH_HOSTS: Annotated[str, AfterValidator(push_hosts)] = ""
    CONNECTIVITY_CHECK: Annotated[str, AfterValidator(neighbour)] = ""
    WALL_PAIRING: Literal["otomatis", "wajib", "terbuka"] = "otomatis"
    REGION_BOUNDARIES: Path | None = None
    REGION_BOUNDARIES_ATTRIBUTION: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if self.REGION_BOUNDARIES is not None and not self.REGION_BOUNDARIES_ATTRIBUTION.strip():
            raise ValueError(BORDERS_WITHOUT_SOURCE)
        if self.VAPID_KEY.get_secret_value() and not self.contact_for_push:
            raise ValueError(PUSH_WITHOUT_CONTACT)
        return self

    @property
    def contact_for_push(self) -> str:
        """Whom a push service may write to when our messages trouble it; empty for nobody."""
        return self.VAPID_CONTACT or (self.address if self.behind_tls else "")

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

    @property
    def channels_file(self) -> Path | None:
        """The operator's channels.toml; None when there is none, and then messages wait without a channel."""
        own = self.CHANNELS or ROOT / "channels.toml"
        return own if self.CHANNELS is not None or own.exists() else None

    @property
    def address(self) -> str:
        """Where people open the application, without a slash at its end."""
        return self.PUBLIC_URL.rstrip("/") or f"http://{self.HOST}:{self.PORT}"

    def for_sources(self) -> dict[str, str]:
        """What "${NAME}" in sources.toml may stand for, beside the operator's own variables."""
        return {
            "VAR": str(self.VAR),
            "CALLER_HASH_KEY": self.CALLER_HASH_KEY.get_secret_value(),
            "DEMO_PORT": str(self.DEMO_PORT),
            **({"REGION_BOUNDARIES": str(self.REGION_BOUNDARIES)} if self.REGION_BOUNDARIES else {}),
        }

    @property
    def behind_tls(self) -> bool:
        """Whether people reach us by HTTPS; then cookies are bound to it."""
        return self.PUBLIC_URL.startswith("https://")

    @property
    def proxies(self) -> int:
        """How many reverse proxies stand before us; so many entries of X-Forwarded-For are believed, no more."""
        return self.PROXIES if self.PROXIES is not None else int(self.behind_tls)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that may stand in no log, page or export: the keys, and the passwords inside addresses."""
        addresses = (self.DATABASE_URL, self.SMTP_URL, self.HEARTBEAT_URL.get_secret_value())
        inside = [unquote(part) for url in addresses for part in (password_of(url), url) if part]
        keys = (key.get_secret_value() for key in (self.SECRET_KEY, self.CALLER_HASH_KEY, self.VAPID_KEY))
        return (*filter(None, keys), *inside)

    @property
    def demonstration(self) -> bool:
        """Whether the sources are the simulated world."""
        return self.sources_file.parent.name == "demo"

    @property
    def walls_are_open(self) -> bool:
        """Whether a wall is shown without pairing: by default only the demonstration on this machine alone."""
        if self.WALL_PAIRING != "otomatis":
            return self.WALL_PAIRING == "terbuka"
        return self.demonstration and self.HOST in LOOPBACK and not self.PUBLIC_URL


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment (and VAR/keys.env, made by the first `make run`).

    Raises SettingsError naming the variable, its value (never of a key) and what would be right.
    """
    given = dict(os.environ if environment is None else environment)
    kept_keys = Path(given.get("VAR") or ROOT / "var") / KEYS_FILE
    check_text(given, Settings.model_fields)
    chosen = with_secret_files({k: v for k, v in given.items() if v != ""}, (*KEYS, *SECRETS))
    try:
        return Settings.model_validate({**kept_keys_of(kept_keys), **chosen})
    except ValidationError as wrong:
        sentences = (_sentence(dict(e), chosen, kept_keys) for e in wrong.errors())
        raise SettingsError("\n".join(sentences)) from None


def _sentence(error: Mapping[str, Any], chosen: Mapping[str, str], kept_keys: Path) -> str:
    if not error["loc"]:  # about several settings together, and named in the sentence
        return f"Setelan {_wrong('', error)}."
    name = str(error["loc"][0])
    if name.endswith("_KEY") and name not in chosen and kept_keys.exists():
        missing = error["type"] == "missing" or not error["input"]
        wrong = "tidak ada di dalamnya" if missing else _wrong(name, error)
        return f"Berkas {kept_keys} rusak atau setengah tertulis: {name} {wrong}. {RESTORE}"
    secret = name.endswith("_KEY") or name in SECRETS or error["type"] == "missing"
    shown = "" if secret else f" = '{error['input']}'"
    return f"Setelan {name}{shown}: {_wrong(name, error)}."


def _choices(name: str) -> str:
    return ", ".join(get_args(Settings.model_fields[name].annotation))


def _wrong(name: str, error: Mapping[str, Any]) -> str:
    if error["type"] in ("greater_than_equal", "less_than_equal"):
        limits = Settings.model_fields[name].metadata
        bounds = {side: getattr(limit, side) for limit in limits for side in ("ge", "le") if hasattr(limit, side)}
        return f"harus dari {bounds['ge']} sampai {bounds['le']}"
    if error["type"] == "literal_error":
        return f"harus salah satu dari {_choices(name)}"
    return {
        "missing": "belum diisi; lihat .env.example atau jalankan `make run` yang membuatnya",
        "int_parsing": "bukan bilangan bulat",
    }.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
