"""What may a page load, and from whom is a form taken? Nothing from elsewhere, and only from our own pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders

from plumbing.problems import Problem, answer_problem
from plumbing.texts import N_

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",  # no-referrer would make a form's own origin "null"
    "X-Content-Type-Options": "nosniff",
}
SAFE = ("GET", "HEAD", "OPTIONS")


def guard(app: FastAPI) -> None:
    """Every answer carries the headers; an act ordered by another site's page is refused."""
    app.add_middleware(Guarded)


class Guarded:
    """ASGI itself: a middleware of functions would start a task of its own for every request."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message))
            await send(message)

        request = Request(scope, receive)
        if request.method not in SAFE and _foreign(request):
            detail = N_("this form was sent by another site's page: nothing was done")
            answer = await answer_problem(request, Problem(403, "foreign-page", detail))
            await answer(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)


def _add_headers(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        if name != "Cache-Control" or "immutable" not in headers.get(name, ""):
            headers[name] = value


def _foreign(request: Request) -> bool:
    """Browsers say where a form stood; machines say nothing, and are no browser that could be misled."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
