"""What waits for the duty officer: held records, possible doubles, and how each report is answered?"""

from __future__ import annotations

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from plumbing.pages import Desk, open_tasks
from services.police_intake import asking
from services.police_intake.messages import CloseTask


def add(app: FastAPI, desk: Desk) -> None:
    """GET /worklist and the act that closes a task."""

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        context = {
            "held": desk.look(asking.held_records),
            "reports": desk.look(asking.recent_reports),
            "tasks": desk.look(open_tasks),
            "now": desk.now(),
        }
        return desk.page(request, "worklist.html", context)

    @app.post("/worklist/done", include_in_schema=False)
    def done(subject: str = Form(), kind: str = Form(), by: str = Form()) -> RedirectResponse:
        desk.act(CloseTask(subject, kind, by.strip() or "unnamed"), subject)
        return RedirectResponse("/worklist", 303)
