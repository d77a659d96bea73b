"""How does a clerk write a report that is in no journal, or add to one what the journal lacks?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing.forms import EMPTY, Form, Post, Typed, read
from plumbing.identity import is_id, new_id
from plumbing.pages import Desk
from services.police_intake import asking
from services.police_intake.names import fold_name
from services.police_intake.report import Channel, Consent, Injury, Intoxication, Relation, Reporter, SafeContactKind, Violence
from services.police_intake.web import new_fields

CHOICES = {
    "channel": Channel, "reporter": Reporter, "relation": Relation, "intoxication": Intoxication, "violence": Violence,
    "injury": Injury, "contact": SafeContactKind,
}
LISTS: dict[str, list[str]] = {name: [str(one) for one in kinds] for name, kinds in CHOICES.items()} | {
    "consent": [str(one) for one in Consent if one is not Consent.UNKNOWN], "sex": ["female", "male", "unknown"],
}


def add(app: FastAPI, desk: Desk) -> None:
    """GET and POST /reports/new, GET /reports/find."""

    def show(request: Request, form: Form) -> HTMLResponse:
        kind, _, known = form.refused.kind.partition(" ") if form.refused else ("", "", "")
        form = replace(form, refused=replace(form.refused, kind=kind)) if form.refused else form
        context = {"lists": LISTS, "form": form, "known": known, "status": form.status, "found": None, "asked": False}
        return desk.page(request, "new_report.html", {**context, "stations": desk.look(asking.stations)})

    @app.get("/reports/new", response_class=HTMLResponse, include_in_schema=False)
    def new(request: Request, number: str = "", station: str = "") -> HTMLResponse:
        return show(request, Form({"kui_number": number, "station": station} if number or station else {}))

    @app.post("/reports/new", include_in_schema=False)
    def post(request: Request, typed: Typed) -> Response:
        return _sent(desk, request, typed, show)

    @app.get("/reports/find", response_class=HTMLResponse, include_in_schema=False)
    def find(request: Request, number: str = "", station: str = "", year: str = "") -> Response:
        """A report known from a journal is completed; for another number a new one is written."""
        identity = f"{fold_name(station)}|{year.strip()}|{number.strip().lower()}"
        found = desk.look(lambda tx: asking.by_number(tx, identity)) if number and station and year else []
        if len(found) == 1:
            return RedirectResponse(f"/reports/{found[0][0]}/answers", 303)
        typed = {"number": number, "station": station, "year": year}
        shown = {"found": found, "stations": desk.look(asking.stations), "form": Form(typed), "asked": bool(number)}
        return desk.page(request, "find.html", shown)


def _sent(desk: Desk, request: Request, typed: Typed, show: Any) -> Response:
    form = read(new_fields.NewFields, typed)
    if typed.get("fill"):
        return show(request, replace(new_fields.filled(form, desk.now()), errors={}, status=200))
    form = new_fields.checked(form, desk.now())
    if form.errors:
        return show(request, new_fields.filled(form, desk.now()))
    act_id = str(typed.get("act_id", ""))
    if not is_id(act_id):  # a form without its id is no form of ours: it gets a fresh one and takes effect when sent again
        return show(request, replace(EMPTY, typed={**form.typed, "act_id": new_id()}, status=422))
    post = Post(
        new_fields.NewFields, lambda value: new_fields.order(value, desk.now()), show, lambda value: f"/reports/{value.act_id}"
    )
    return post.answer(desk, request, typed)
