"""Signing in at the government's own place (OpenID Connect, code flow with PKCE): Authlib proves, the table decides."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, request, session
from joserfc.errors import JoseError
from requests import RequestException
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from dashboard import clock
from dashboard.access.openid import NotAdmitted, Provider, admitted, claim
from dashboard.access.sign_in import begin
from dashboard.store import audit
from dashboard.store.database import writing
from layouts.access.cookies import browser, own_path, signed_in
from layouts.access.plain_page import link, page, wrong
from layouts.access.sign_in import SSO

log = logging.getLogger(__name__)

TIMEOUT_S = 10
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Never 'none', and no secret that the client shares: only what the provider alone can sign."""
NOT_DONE = "Masuk dengan {title} tidak berhasil. Coba sekali lagi, atau pakai akun setempat."
AWAY = "{title} tidak menjawab. Coba lagi sebentar lagi, atau pakai akun setempat."


def register(server: Flask, engine: Engine, provider: Provider | None, address: str, secure: bool) -> None:
    """Serve /masuk/sso and the way back from there, where a provider is configured."""
    if provider is None:
        return
    server.extensions[SSO] = provider.title
    server.config.update(
        SESSION_COOKIE_NAME="__Host-mojokerto-sso" if secure else "mojokerto-sso", SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
    )  # fmt: skip
    client = _client(server, provider)

    @server.get("/masuk/sso")
    def go() -> Response:
        session["lalu"] = own_path(request.args.get("lalu", ""))
        try:
            return client.authorize_redirect(f"{address}/masuk/sso/kembali")  # type: ignore[no-any-return]
        except (RequestException, ValueError):
            log.exception("the provider of OpenID Connect does not answer")
            return _said(AWAY.format(title=provider.title), 502)

    @server.get("/masuk/sso/kembali")
    def back() -> Response:
        path = str(session.pop("lalu", "/"))
        try:
            claims = _proven(client, provider)
            person = admitted(engine, provider, claims, clock.now())
        except NotAdmitted as refused:
            return _said(str(refused), 403)
        except RequestException:
            log.exception("the provider of OpenID Connect does not answer")
            return _said(AWAY.format(title=provider.title), 502)
        except (AuthlibBaseError, JoseError, ValueError, KeyError) as broken:
            log.warning("OpenID Connect proved nobody: %s", type(broken).__name__)
            _note_failure(engine, type(broken).__name__)
            return _said(NOT_DONE.format(title=provider.title), 403)
        return signed_in(begin(engine, person, clock.now(), browser(), "sso"), path, secure)


def _client(server: Flask, provider: Provider) -> Any:
    return OAuth(server).register(
        "sso",
        client_id=provider.client_id,
        client_secret=provider.client_secret.get_secret_value(),
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": TIMEOUT_S},
    )


def _proven(client: Any, provider: Provider) -> Mapping[str, Any]:
    """The claims of an ID token that this provider signed for us, for this very sign-in. Raises when there is none."""
    known = client.load_server_metadata()
    if str(known.get("issuer", "")).rstrip("/") != provider.issuer:
        raise ValueError("another issuer")
    told = known.get("id_token_signing_alg_values_supported") or ["RS256"]
    known["id_token_signing_alg_values_supported"] = [name for name in told if name in SIGNED_BY]
    token = client.authorize_access_token()
    claims: Mapping[str, Any] = token["userinfo"]
    if claim(claims, provider.roles) is None and known.get("userinfo_endpoint"):
        more = client.userinfo(token=token)
        if more.get("sub") != claims["sub"]:
            raise ValueError("claims of somebody else")
        return {**more, **claims}
    return claims


def _note_failure(engine: Engine, kind: str) -> None:
    with writing(engine) as connection:
        audit.write(connection, clock.now(), "?", "masuk", f"sso: {kind}", outcome=audit.REFUSED)


def _said(sentence: str, status: int) -> Response:
    return page("Masuk", wrong(sentence), link("Ke halaman masuk", "/masuk"), status=status)
