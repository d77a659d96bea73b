"""Is this one person twice? Side by side, decided by a person by name, and taken back as easily."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.identity import is_id
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake.officer import asking as waiting
from services.police_intake.officer.acts import JudgePersons, PartPersons
from services.police_intake.web import erasing, looks


class JudgeFields(Fields):
    person_id: str
    other_id: str
    verdict: str
    by: Name

    def order(self) -> tuple[JudgePersons, str]:
        return JudgePersons(self.person_id, self.other_id, self.verdict == "same", self.by), self.person_id


class PartFields(Fields):
    person_id: str
    by: Name

    def order(self) -> tuple[PartPersons, str]:
        return PartPersons(self.person_id, self.by), self.person_id


def add(app: FastAPI, desk: Desk) -> None:
    """GET /persons/{id}, POST /persons/{id}/judge and /persons/{id}/part."""

    show = partial(_show, desk)
    judging = Post(JudgeFields, JudgeFields.order, show, lambda value: f"/persons/{value.person_id}")
    erasing.add(app, desk, show)
    parting = Post(PartFields, PartFields.order, show, lambda value: f"/persons/{value.person_id}")

    @app.get("/persons/{person_id}", response_class=HTMLResponse, include_in_schema=False)
    def double(request: Request, person_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/persons/{person_id}/judge", include_in_schema=False)
    def judge(request: Request, person_id: str, typed: Typed) -> Response:
        return judging.answer(desk, request, typed)

    @app.post("/persons/{person_id}/part", include_in_schema=False)
    def part(request: Request, person_id: str, typed: Typed) -> Response:
        return parting.answer(desk, request, typed)


def _show(desk: Desk, request: Request, form: Form) -> HTMLResponse:
    person_id = request.path_params["person_id"]
    found: dict[str, Any] | None = None
    if is_id(person_id):
        found = desk.show(lambda tx: waiting.double(tx, person_id), looks.double)
    if found is None:
        raise Problem(404, "unknown-person", "there is no such person")
    others = [(other["person_id"], other) for other in found["others"]]
    found["others"] = [other for _, other in desk.access.own(desk, others, "read", "person")]
    due = desk.look(lambda tx: waiting.due_of(tx, person_id, ("possible_duplicate",)))
    context = {**found, **erasing.told(desk, person_id), "due_at": due, "now": desk.now()}
    context |= {"form": form, "status": form.status}
    return desk.page(request, "double.html", context)
