"""What waits for the duty officer: held records and possible doubles, each with its clock?"""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from plumbing.pages import Desk
from services.police_intake.officer import asking as waiting


def add(app: FastAPI, desk: Desk) -> None:
    """GET /worklist: each task leads to the page where it is done."""

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        tasks = desk.look(lambda tx: waiting.tasks_until(tx, None))
        return desk.page(request, "worklist.html", {"tasks": tasks, "now": desk.now()})
