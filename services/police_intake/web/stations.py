"""Which station sits before this computer? Chosen once on a page, and remembered there."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse

COOKIE, SHIFT_SECONDS = "station", 24 * 3600


def own_station(request: Request) -> str:
    """As chosen on this page, else as chosen before; "" is all stations."""
    return request.query_params.get(COOKIE, unquote(request.cookies.get(COOKIE, "")))


def keep_station(page: HTMLResponse, request: Request) -> HTMLResponse:
    if COOKIE in request.query_params:
        page.set_cookie(COOKIE, quote(own_station(request)), max_age=SHIFT_SECONDS, httponly=True, samesite="lax")
    return page
