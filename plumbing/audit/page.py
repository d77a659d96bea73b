"""What does a manager see of looks that are out of the ordinary? With the purpose each was given for."""

from __future__ import annotations

from datetime import timedelta

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from plumbing.audit import unusual
from plumbing.audit.context import settings
from plumbing.pages import Desk


def add(app: FastAPI, desk: Desk) -> None:
    """GET /audit/unusual."""

    @app.get("/audit/unusual", response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request) -> HTMLResponse:
        now, bounds = desk.now(), settings()["unusual"]
        since = now - timedelta(days=bounds["days"])
        rows = desk.look(lambda tx: unusual.found(tx, desk.service.looked, since))
        return desk.page(request, "unusual.html", {"rows": rows, "now": now, "bounds": bounds})
