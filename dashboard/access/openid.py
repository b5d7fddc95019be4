"""Who somebody is at the government's own sign-in (OpenID Connect), and which role that gives here: read from TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from sqlalchemy import Engine

from dashboard.access.roles import Role
from dashboard.store import audit, people
from dashboard.store.database import writing
from dashboard.store.people import Person
from datasources import option_mistakes, toml_file
from datasources.toml_file import Misconfigured

EXAMPLE = "docs/panduan.md, bagian Akun, peran, dan masuk"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"[^a-z0-9._-]+")


class NotAdmitted(Exception):
    """Proven who it is, but not for here; the message is one Indonesian sentence."""


class Provider(BaseModel):
    """The table [openid]. `roles` and `opd` name claims, 'realm_access.roles' one inside another.

    `map` is read from its beginning: the first value that somebody has gives the role.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(default="SSO pemerintah", min_length=3, max_length=40)
    issuer: str
    client_id: str = Field(min_length=1)
    client_secret: SecretStr
    name: str = "preferred_username"
    full_name: str = "name"
    roles: str = "groups"
    opd: str = "opd"
    map: dict[str, Role] = Field(min_length=1)

    @field_validator("issuer")
    @classmethod
    def _safe(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("tulis alamat https:// penerbit, sebagaimana tertulis dalam token")
        return issuer.rstrip("/")


def load(file: Path | None, environment: Mapping[str, str]) -> Provider | None:
    """What the file says; None without a file. Raises Misconfigured."""
    if file is None:
        return None
    content = toml_file.tables(file, EXAMPLE)
    table = content.get("openid")
    if set(content) != {"openid"} or not isinstance(table, dict):
        raise Misconfigured(f"{file}: isi hanya tabel [openid] dan [openid.map].")
    where = f"{file}, [openid]"
    filled = {key: toml_file.expanded(where, key, value, environment) for key, value in table.items()}
    try:
        return Provider.model_validate(filled)
    except ValidationError as wrong:
        found = [option_mistakes.sentence(Provider, (), dict(e), table) for e in wrong.errors()]
        raise Misconfigured("\n".join(f"{where}: {each}" for each in found)) from None


def claim(claims: Mapping[str, Any], path: str) -> Any:
    """The value of a claim, also one inside another; None where there is none."""
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def role_of(provider: Provider, claims: Mapping[str, Any]) -> Role | None:
    """The first role of the map that somebody has."""
    has = claim(claims, provider.roles)
    values = {str(value) for value in (has if isinstance(has, list | tuple) else [has])}
    return next((role for value, role in provider.map.items() if value in values and role != "tamu"), None)


def admitted(engine: Engine, provider: Provider, claims: Mapping[str, Any], now: datetime) -> Person:
    """The account of whoever the claims prove, made at the first time; role and OPD follow the claims each time.

    An account that was made here by hand is never taken over by a like name. Raises NotAdmitted.
    """
    role, agency = role_of(provider, claims), str(claim(claims, provider.opd) or "").strip()[:64] or None
    name = _NAME.sub(".", str(claim(claims, provider.name) or "").casefold()).strip(".")[:63]
    title = str(claim(claims, provider.full_name) or name)[:128]
    subject = f"{provider.issuer} {claims['sub']}"
    try:
        return _kept(engine, subject, (name, " ".join(title.split()), _required(role, agency), agency), now)
    except NotAdmitted as refused:
        with writing(engine) as connection:
            audit.write(connection, now, name or "?", "masuk", f"sso: {refused}", outcome=audit.REFUSED)
        raise


def _required(role: Role | None, agency: str | None) -> Role:
    if role is None:
        raise NotAdmitted("Akun Anda tidak punya peran di Pusat Komando. Mintalah kepada Diskominfo.")
    if role == "kepala_opd" and not agency:
        raise NotAdmitted("Akun kepala OPD Anda tidak menyebut OPD. Mintalah kepada Diskominfo.")
    return role


def _kept(engine: Engine, subject: str, who: tuple[str, str, Role, str | None], now: datetime) -> Person:
    name, title, role, agency = who
    with writing(engine) as connection:
        known = people.credentials_at(connection, subject)
        if known is None:
            if not name or people.credentials(connection, name) is not None:
                raise NotAdmitted("Nama akun Anda sudah dipakai akun setempat. Mintalah kepada Diskominfo.")
            number = people.add_person(connection, name, title, role, agency, None, now)
            people.bind(connection, number, subject)
            audit.write(connection, now, "sso", "akun dibuat", f"{name} ({role}{f' {agency}' if agency else ''})")
            return Person(number, name, title, role, agency)
        if known.disabled:
            raise NotAdmitted("Akun Anda ditutup. Mintalah kepada Diskominfo.")
        person = Person(known.person.id, known.person.name, title, role, agency)
        if person != known.person:
            people.set_role(connection, person.id, title, role, agency)
            audit.write(connection, now, "sso", "peran diganti",
                        f"{person.name}: {known.person.role} → {role} {agency or ''}")  # fmt: skip
        return person
