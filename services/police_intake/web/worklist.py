"""What waits for the duty officer: held records, possible doubles, and how each report is answered?"""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk, open_tasks
from services.police_intake import asking
from services.police_intake.messages import CloseTask


class DoneFields(Fields):
    """What the button of a task sends."""

    subject: str
    kind: str
    by: Name

    def order(self) -> tuple[CloseTask, str]:
        return CloseTask(self.subject, self.kind, self.by), self.subject


def add(app: FastAPI, desk: Desk) -> None:
    """GET /worklist and the act that closes a task."""

    def show(request: Request, form: Form) -> HTMLResponse:
        context = {
            "held": desk.look(asking.held_records),
            "reports": desk.look(asking.recent_reports),
            "tasks": desk.look(open_tasks),
            "now": desk.now(),
            "form": form,
            "status": form.status,
        }
        return desk.page(request, "worklist.html", context)

    post = Post(DoneFields, DoneFields.order, show, lambda _: "/worklist")

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/worklist/done", include_in_schema=False)
    def done(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)
