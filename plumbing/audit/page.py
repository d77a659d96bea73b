"""What does a manager see of looks that are out of the ordinary? With the purpose each was given for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from plumbing.audit import unusual
from plumbing.audit.context import settings
from plumbing.pages import Desk


def add(app: FastAPI, desk: Desk) -> None:
    """GET /audit/unusual."""

    @app.get("/audit/unusual", response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request) -> HTMLResponse:
        return desk.page(request, "unusual.html", {"rows": rows(desk), "now": desk.now(), "bounds": settings()["unusual"]})


def rows(desk: Desk) -> list[dict[str, Any]]:
    """Asked as the service: whose kin and station somebody is lies behind a wall that an auditor does not see over.

    Narrowed to the region of who reads, if that is as far as they see.
    """
    since = desk.now() - timedelta(days=settings()["unusual"]["days"])
    region = desk.access.scope("read", "audit").region
    found: list[dict[str, Any]] = desk.as_service(lambda tx: unusual.found(tx, desk.service.looked, since, region))
    return found
