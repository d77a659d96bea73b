"""Which messages were set aside, why, what would happen, and how does a person take them again?"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing import dead_letters, recovery
from plumbing.actors import signature
from plumbing.forms import EMPTY, Fields, Form, Name, Typed, read
from plumbing.pages import Desk
from plumbing.problems import Problem, wants_page
from plumbing.rehearsing import kind_of, rehearse

PAGE = 20


class RedriveFields(Fields):
    """Which life's letters are taken again, and by whom."""

    key: str
    by: Name


def add(app: FastAPI, desk: Desk) -> None:
    """GET /dead-letters, what would happen, and the act that redrives a key in order. Nothing is ever dropped here."""

    @app.get("/dead-letters", response_class=HTMLResponse, include_in_schema=False)
    def letters(request: Request, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> HTMLResponse:
        rows, count = desk.look(lambda tx: dead_letters.by_key(tx, PAGE, (page - 1) * PAGE))
        shown = {"letters": rows, "count": count, "page": page, "pages": -(-count // PAGE), "now": desk.now()}
        return desk.page(request, "dead_letters.html", {**shown, "kind_of": kind_of})

    @app.get("/dead-letters/rehearsal", response_class=HTMLResponse, include_in_schema=False)
    def rehearsal(request: Request, key: str) -> Response:
        return _rehearsed(desk, request, key, EMPTY)

    @app.post("/dead-letters/redrive", include_in_schema=False)
    def redrive(request: Request, typed: Typed) -> Response:
        key = str(typed.get("key", ""))
        form = read(RedriveFields, typed)
        if form.errors and wants_page(request):
            return _rehearsed(desk, request, key, form)
        _, why = recovery.redrive(desk.step, key, signature(str(typed.get("by", ""))))
        if why and wants_page(request):
            return _rehearsed(desk, request, key, Form(status=409))
        return RedirectResponse("/dead-letters" + ("?done=1" if wants_page(request) else ""), 303)


def _rehearsed(desk: Desk, request: Request, key: str, form: Form) -> Response:
    found = rehearse(desk.step, key)
    rows = desk.look(lambda tx: dead_letters.lying(tx, key))
    if found is None:
        raise Problem(404, "no-letter", "nothing of this life is set aside any more")
    context = {"key": key, "found": found, "letters": rows, "form": form, "status": form.status}
    return desk.page(request, "rehearsal.html", {**context, "kind_of": kind_of})
