"""What does the issuer answer? Discovery, keys, one page to log in, and tokens for codes and for machines."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlencode, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader
from starlette.datastructures import FormData

from deploy.local.issuer.codes import Asked, Codes
from deploy.local.issuer.signing import ACCESS_SECONDS, IDENTITY_SECONDS, Signer
from deploy.local.issuer.staff import Staff

HERE = Path(__file__).parent
Clients = dict[str, dict[str, str]]  # name of a service → its secret and the address to return to


class Issuer:
    """Everything the answers are made of."""

    def __init__(self, folder: Path, address: str, clients: Clients) -> None:
        self.address, self.clients = address, clients
        self.signer, self.staff, self.codes = Signer(folder, address), Staff(folder), Codes()
        self._page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("login.html")

    def asked(self, given: Any) -> Asked | None:
        """What a service asks, if it is one of ours, asks for a code with PKCE, and wants it brought to its own address."""
        client = self.clients.get(str(given.get("client_id", "")))
        wanted = {"response_type": "code", "code_challenge_method": "S256"}
        if client is None or given.get("redirect_uri") != client["redirect_uri"]:
            return None
        if any(given.get(name) != value for name, value in wanted.items()) or not given.get("code_challenge"):
            return None
        names = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")
        return Asked(*(str(given.get(name, "")) for name in names))

    def page(self, asked: Asked, wrong: bool = False) -> Response:
        """The page to log in; its form may lead only to us and, after us, to the service that asked."""
        hidden = {
            "response_type": "code", "code_challenge_method": "S256", "client_id": asked.client_id, "state": asked.state,
            "redirect_uri": asked.redirect_uri, "nonce": asked.nonce, "code_challenge": asked.challenge,
        }
        place = urlsplit(asked.redirect_uri)
        home = f"{place.scheme}://{place.netloc}"
        policy = f"default-src 'none'; style-src 'self'; form-action 'self' {home}; frame-ancestors 'none'"
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return HTMLResponse(self._page.render(hidden=hidden, wrong=wrong), 401 if wrong else 200, headers)

    def service(self, name: str, secret: str) -> bool:
        known = self.clients.get(name, {}).get("secret", "")
        return bool(known) and hmac.compare_digest(known.encode(), secret.encode())


async def _form(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_form)]


def application(issuer: Issuer) -> FastAPI:
    """The issuer's whole door."""
    app = FastAPI(title="Qorgan's local issuer", docs_url=None, redoc_url=None, openapi_url=None)
    _add_description(app, issuer)
    _add_login(app, issuer)

    @app.post("/token")
    def token(request: Request, sent: Sent) -> JSONResponse:
        client, secret = _credentials(request, sent)
        if sent.get("grant_type") == "authorization_code":
            return _for_code(issuer, (client, secret), sent)
        if sent.get("grant_type") == "client_credentials":
            return _for_machine(issuer, (client, secret), str(sent.get("audience", "")))
        return _error("unsupported_grant_type")

    return app


def _add_description(app: FastAPI, issuer: Issuer) -> None:
    @app.get("/.well-known/openid-configuration")
    def described() -> dict[str, Any]:
        at = issuer.address
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys",
            "response_types_supported": ["code"], "grant_types_supported": ["authorization_code", "client_credentials"],
            "code_challenge_methods_supported": ["S256"], "id_token_signing_alg_values_supported": ["ES256"],
            "subject_types_supported": ["public"], "authorization_response_iss_parameter_supported": True,
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return issuer.signer.public_keys()

    @app.get("/readyz")
    def readyz() -> dict[str, bool]:
        return {"ready": True}

    @app.get("/style.css")
    def style() -> Response:
        return Response((HERE / "style.css").read_bytes(), media_type="text/css")


def _add_login(app: FastAPI, issuer: Issuer) -> None:
    @app.get("/authorize")
    def authorize(request: Request) -> Response:
        asked = issuer.asked(request.query_params)
        return issuer.page(asked) if asked else _error("invalid_request")

    @app.post("/authorize")
    def log_in(sent: Sent) -> Response:
        asked = issuer.asked(sent)
        if asked is None:
            return _error("invalid_request")
        claims = issuer.staff.person(str(sent.get("user", "")), str(sent.get("password", "")))
        if claims is None:
            return issuer.page(asked, wrong=True)
        told = {"code": issuer.codes.give(asked, claims), "state": asked.state, "iss": issuer.address}
        return RedirectResponse(f"{asked.redirect_uri}?{urlencode(told)}", 303, {"Cache-Control": "no-store"})


def _for_code(issuer: Issuer, client: tuple[str, str], sent: FormData) -> JSONResponse:
    if not issuer.service(*client):
        return _error("invalid_client", 401)
    given = {name: str(sent.get(name, "")) for name in ("code", "redirect_uri", "code_verifier")}
    found = issuer.codes.take(given["code"], client[0], given["redirect_uri"], given["code_verifier"])
    if found is None:
        return _error("invalid_grant")
    asked, claims = found
    id_token = issuer.signer.identity(claims, asked.client_id, asked.nonce)
    return _given(IDENTITY_SECONDS, id_token=id_token, access_token=secrets.token_urlsafe(32))  # the latter opens nothing


def _for_machine(issuer: Issuer, client: tuple[str, str], audience: str) -> JSONResponse:
    claims = issuer.staff.machine(*client, audience)
    if claims is None:
        return _error("invalid_client", 401)
    return _given(ACCESS_SECONDS, access_token=issuer.signer.access(claims, audience))


def _credentials(request: Request, sent: FormData) -> tuple[str, str]:
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return str(sent.get("client_id", "")), str(sent.get("client_secret", ""))
    try:
        name, _, secret = b64decode(told, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote(name), unquote(secret)


def _given(seconds: int, **tokens: str) -> JSONResponse:
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"token_type": "Bearer", "expires_in": seconds, **tokens}, headers=headers)


def _error(kind: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"error": kind}, status, {"Cache-Control": "no-store"})
