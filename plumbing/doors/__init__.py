"""How does anybody come in? By login or token, as somebody, for what the rules allow."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from plumbing.authorising import WrongAccess
from plumbing.doors import login
from plumbing.doors.entrance import Entrance, routes_of
from plumbing.doors.limits import Limits
from plumbing.doors.provider import Provider
from plumbing.doors.sessions import Sessions
from plumbing.doors.tokens import Tokens
from plumbing.settings import MissingSetting

if TYPE_CHECKING:
    from plumbing.pages import Desk


@dataclass(frozen=True)
class Door:
    """What stands behind one service's closed door."""

    desk: Desk
    provider: Provider
    tokens: Tokens
    sessions: Sessions
    limits: Limits


def close(app: FastAPI, desk: Desk) -> None:
    """Every request passes here before any handler."""
    provider = Provider(desk.settings.issuer, desk.service.name, _secret(desk.settings.client_secret_file), desk.settings.url)
    limits = Limits(desk.settings.reads_per_second, desk.settings.reports_per_second)
    door = Door(desk, provider, Tokens(provider, desk.service.name), Sessions(desk), limits)
    app.add_middleware(Entrance, desk=desk, door=door)
    login.add(app, door)
    app.state.door = door


def check(app: FastAPI, desk: Desk) -> None:
    """A route of which no rule says who may ask it is a fault of ours: the service does not start."""
    found = sorted(set(routes_of(app)) - set(desk.access.rules.routes))
    if found:
        raise WrongAccess(f"{desk.service.name}: access.toml does not say who may ask {', '.join(found)}")


def _secret(path: str) -> str:
    try:
        text = Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise MissingSetting(f"the secret at the issuer cannot be read from QORGAN_CLIENT_SECRET_FILE: {error}.") from error
    return text or secrets.token_hex(32)  # an empty file lets nobody in
