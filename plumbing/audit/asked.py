"""What is a request for, and by which name are all its rows known? At the door, before any page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qs

from plumbing.audit import context
from plumbing.identity import new_id

HEADER = b"qorgan-purpose"


def purpose_of(scope: dict[str, Any]) -> str:
    """The purpose a machine's header or the address names, if it is one of the list; else what the page is for, or nothing."""
    told = dict(scope["headers"]).get(HEADER, b"").decode("latin-1")
    asked = told or parse_qs(scope.get("query_string", b"").decode("latin-1")).get("purpose", [""])[0]
    return asked if asked in context.settings()["purposes"] else _of_page(scope["path"])


def _of_page(path: str) -> str:
    pages = context.settings()["purpose_of_page"].items()
    return next((purpose for page, purpose in pages if fnmatchcase(path, page)), "")


class Asked:
    """ASGI: each request gets an id and a purpose; who asks, a door says further in."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            context.request_id.set(new_id())
            context.purpose.set(purpose_of(scope))
        await self._app(scope, receive, send)
