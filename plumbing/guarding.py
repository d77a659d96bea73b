"""What may a page load, and from whom is a form taken? Nothing from elsewhere, and only from our own pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import Response

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

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if request.method not in SAFE and _foreign(request):
            detail = N_("this form was sent by another site's page: nothing was done")
            response: Response = await answer_problem(request, Problem(403, "foreign-page", detail))
        else:
            response = await call_next(request)
        for name, value in HEADERS.items():
            if name != "Cache-Control" or "immutable" not in response.headers.get(name, ""):
                response.headers[name] = value
        return response


def _foreign(request: Request) -> bool:
    """Browsers say where a form stood; machines say nothing, and are no browser that could be misled."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
