"""How does a person log in, log out, or leave at once? To the issuer and back, by code and PKCE."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from authlib.common.security import generate_token
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing.actors import Actor
from plumbing.doors.refusing import Refused
from plumbing.language_page import is_local
from plumbing.problems import Problem

if TYPE_CHECKING:
    from plumbing.doors import Door
    from plumbing.doors.sessions import Way

log = logging.getLogger(__name__)
NEUTRAL = "https://www.kazhydromet.kz/"  # the weather
NOT_OURS = "this login was begun elsewhere, is too old, or was finished before: begin again"


def add(app: FastAPI, door: Door) -> None:
    """GET /login, /login/done, /exit and /logged-out; POST /logout."""
    _add_coming(app, door)
    _add_going(app, door)


def _add_coming(app: FastAPI, door: Door) -> None:
    @app.get("/login", include_in_schema=False)
    def login(request: Request, back: str = "/") -> Response:
        door.limits.take(f"login {request.client.host if request.client else ''}", False)
        state, nonce, browser = (secrets.token_urlsafe(32) for _ in range(3))
        verifier = generate_token(64)
        address = door.provider.authorize_url(state, nonce, verifier)
        door.sessions.leave(browser, state, (nonce, verifier, back if is_local(back) else "/"))
        answer = RedirectResponse(address, 303)
        door.sessions.give(answer, door.sessions.way, browser)
        return answer

    @app.get("/login/done", include_in_schema=False)
    def done(request: Request) -> Response:
        state, code, iss, error = (request.query_params.get(name, "") for name in ("state", "code", "iss", "error"))
        begun = door.sessions.come_back(request.cookies.get(door.sessions.way, ""), state)
        if begun is None or iss not in ("", door.provider.issuer):
            raise Problem(400, "login-not-ours", NOT_OURS)
        if error or not code:
            raise Problem(403, "login-refused", "the issuer did not let you in: begin again")
        actor = _person(door, code, begun)
        answer = RedirectResponse(begun.back, 303)
        door.sessions.give(answer, door.sessions.cookie, door.sessions.begin(actor, door.sessions.shown(request)))
        door.sessions.take(answer, door.sessions.way)
        return answer


def _person(door: Door, code: str, way: Way) -> Actor:
    """Who it is, by what came back; raises Problem if that is nobody with work here."""
    try:
        actor = door.tokens.person(door.provider.id_token(code, way.verifier), way.nonce, way.begun_at)
    except Refused as refused:
        log.warning("a login was refused: %s", refused)
        raise Problem(403, "login-refused", "the issuer did not let you in: begin again") from refused
    if not door.desk.access.rules.knows(actor.role):
        raise Problem(403, "no-work-here", "your role has no work in this service")
    return actor


def _add_going(app: FastAPI, door: Door) -> None:
    @app.post("/logout", include_in_schema=False)
    def logout(request: Request) -> Response:
        return _over(door, request, "/logged-out")

    @app.get("/exit", include_in_schema=False)
    def leave(request: Request) -> Response:
        """A link, so that it works without a script; another site's page may not use it to end a session."""
        if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return RedirectResponse(NEUTRAL, 303)
        return _over(door, request, NEUTRAL)

    @app.get("/logged-out", response_class=HTMLResponse, include_in_schema=False)
    def logged_out(request: Request) -> HTMLResponse:
        return door.desk.page(request, "logged_out.html", {})


def _over(door: Door, request: Request, to: str) -> Response:
    if shown := door.sessions.shown(request):
        door.sessions.end(shown)
    answer = RedirectResponse(to, 303)
    door.sessions.take(answer, door.sessions.cookie)
    return answer
