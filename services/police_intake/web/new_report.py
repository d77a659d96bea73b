"""How does a clerk write a report that is in no journal, or add to one what the journal lacks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from plumbing.forms import EMPTY, OTHERWISE, WRONG, Form, Post, Typed, Wrong, read
from plumbing.identity import is_id, new_id
from plumbing.pages import Desk
from services.police_intake import asking
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.messages import RegisterReport
from services.police_intake.names import fold_name
from services.police_intake.officer.acts import VictimAnswered
from services.police_intake.web import looks
from services.police_intake.web.body import ReportBody
from services.police_intake.web.machines import content_of
from services.police_intake.web.new_fields import LISTS, NewFields, asking_errors, body_of, filled
from services.police_intake.web.own import own_station, stations
from services.police_intake.web.reading import read_report


def add(app: FastAPI, desk: Desk) -> None:
    """GET and POST /reports/new and /reports/find. What is searched for stands in no address, since addresses are kept."""

    def show(request: Request, form: Form) -> HTMLResponse:
        kind, _, known = form.refused.kind.partition(" ") if form.refused else ("", "", "")
        form = replace(form, refused=replace(form.refused, kind=kind)) if form.refused else form
        context = {"lists": LISTS, "form": form, "known": known, "status": form.status, "found": None, "asked": False}
        return desk.page(request, "new_report.html", {**context, "stations": stations(desk)})

    @app.get("/reports/new", response_class=HTMLResponse, include_in_schema=False)
    def new(request: Request) -> HTMLResponse:
        now = desk.now().astimezone(KAZAKHSTAN).strftime("%Y-%m-%dT%H:%M")
        return show(request, Form({"station": desk.access.scope("register", "report").station, "recorded_at": now}))

    @app.post("/reports/new", include_in_schema=False)
    def post(request: Request, typed: Typed) -> Response:
        return _sent(desk, request, own_station(typed), show)

    _add_search(app, desk)


def _add_search(app: FastAPI, desk: Desk) -> None:
    def search(request: Request, form: Form, found: Sequence[Any], asked: bool) -> HTMLResponse:
        shown = {"found": found, "stations": stations(desk), "form": form, "asked": asked}
        return desk.page(request, "find.html", shown)

    @app.get("/reports/find", response_class=HTMLResponse, include_in_schema=False)
    def find(request: Request) -> HTMLResponse:
        return search(request, EMPTY, (), False)

    @app.post("/reports/find", include_in_schema=False)
    def found(request: Request, typed: Typed) -> Response:
        """A report known from a journal is completed; for another number a new one is written."""
        number, station, year = (str(typed.get(name, "")) for name in ("number", "station", "year"))
        identity = f"{fold_name(station)}|{year.strip()}|{number.strip().lower()}"
        known = desk.show(lambda tx: asking.by_number(tx, identity), looks.by_number) if number and station and year else []
        known = desk.access.own(desk, known, "answer", "report")
        if len(known) == 1:
            return RedirectResponse(f"/reports/{known[0][0]}/answers", 303)
        return search(request, Form({"number": number, "station": station, "year": year}), known, bool(number))


def _sent(desk: Desk, request: Request, typed: Typed, show: Any) -> Response:
    form = read(NewFields, typed)
    if typed.get("fill"):
        return show(request, replace(filled(form, desk.now()), errors={}, status=200))
    form = checked(form, desk.now())
    if form.errors:
        return show(request, filled(form, desk.now()))
    act_id = str(typed.get("act_id", ""))
    if not is_id(act_id):  # a form without its id is no form of ours: it gets a fresh one and takes effect when sent again
        return show(request, replace(EMPTY, typed={**form.typed, "act_id": new_id()}, status=422))
    post = Post(
        NewFields, lambda value: order(value, desk.now()), show, lambda value: f"/reports/{value.act_id}"
    )
    return post.answer(desk, request, typed)


def checked(form: Form, now: datetime) -> Form:
    """The form with every rule it breaks beside its field: those of each value, between values, and of asking her."""
    errors = dict(form.errors)
    try:
        _, wrong = read_report(ReportBody.model_validate(body_of(form.typed)), now)
        errors |= {one.field.replace(".", "_"): Wrong(one.rule) for one in wrong}
    except ValidationError as error:
        errors |= {_name(one["loc"]): _wrong(one) for one in error.errors()}
    errors |= asking_errors(form.typed)
    return replace(form, errors=errors, value=None if errors else form.value, status=422 if errors else 200)


def order(value: NewFields, now: datetime) -> tuple[RegisterReport, str]:
    """The same command as POST /reports; its report is called as the form is, so that a second click makes no second."""
    body = ReportBody.model_validate(body_of(value.model_dump()))
    fields, _ = read_report(body, now)
    assert fields is not None
    content, content_hash = content_of(body)
    answers = VictimAnswered(value.act_id, value.asked_apart == "yes", fields.consent, fields.safe_contact, value.by)
    return RegisterReport(fields, content, content_hash, new_id=value.act_id, answers=answers), value.act_id


def _name(path: Any) -> str:
    parts = [str(part) for part in path if not isinstance(part, int)]
    return {"safe_contact_kind": "safe_contact"}.get("_".join(parts), "_".join(parts))


def _wrong(error: Any) -> Wrong:
    if error["type"] == "value_error":
        return Wrong(str(error["ctx"]["error"]))
    return Wrong(WRONG.get(error["type"], OTHERWISE), error.get("ctx", {}))
