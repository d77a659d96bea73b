"""What does the coordinator see: who waits, longest first, why, and what became of each need? A form makes a command."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Form, Post, Typed
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.referral_router import regions_shown
from services.referral_router.commands import OUTCOMES, SAID
from services.referral_router.journey import journey, laid_out
from services.referral_router.telling import told
from services.referral_router.web import lists
from services.referral_router.web.acting import AskFields, NoteFields, SettleFields
from services.referral_router.why import explained


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The unplaced, every need's journey, every report's needs; for a victim's need no page here names a facility."""
    lists.add(app, desk)
    _add_journeys(app, desk)
    _add_acts(app, desk)


def _add_journeys(app: FastAPI, desk: Desk) -> None:
    @app.get("/needs/{need_id}", response_class=HTMLResponse, include_in_schema=False)
    def need(request: Request, need_id: str) -> HTMLResponse:
        return _journey(desk, request, need_id, EMPTY)

    @app.get("/reports/{report_id}", response_class=HTMLResponse, include_in_schema=False)
    def report(request: Request, report_id: str) -> HTMLResponse:
        found = desk.look(lambda tx: laid_out(tx, report_id))
        if found is None:
            raise Problem(404, "unknown-report", "no such report is known here")
        return desk.page(request, "report.html", {"report": found, "found": _found(desk, report_id)})


def _journey(desk: Desk, request: Request, need_id: str, form: Form) -> HTMLResponse:
    found = desk.look(lambda tx: journey(tx, need_id))
    if found is None:
        raise Problem(404, "unknown-need", "no such need is known here")
    shown = {"journey": found, "found": _found(desk, need_id), "now": desk.now(), "outcomes": OUTCOMES, "notes": SAID}
    region = regions_shown.shown(found.need, desk.access.scope("list", "need").region)
    return desk.page(request, "need.html", {**shown, "region": region, "form": form, "status": form.status})


def _found(desk: Desk, subject: str) -> dict[str, list[str]]:
    """What the law found, in words of each language."""
    known = desk.look(lambda tx: explained(tx, desk.service, subject))
    return {name: told(known, speech) if known else [] for name, speech in desk.speeches.items()}


def _add_acts(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        return _journey(desk, request, str(form.typed.get("need_id", "")), form)

    def sure(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "ask_again.html", {"form": form, "need_id": form.typed["need_id"]})

    settle = Post(SettleFields, SettleFields.order, show, lambda _: "/worklist")
    ask = Post(AskFields, AskFields.order, show, lambda sent: f"/needs/{sent.need_id}", confirms=sure)
    note = Post(NoteFields, NoteFields.order, show, lambda sent: f"/needs/{sent.need_id}")

    @app.post("/worklist/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return settle.answer(desk, request, typed)

    @app.post("/needs/ask-again", include_in_schema=False)
    def ask_again(request: Request, typed: Typed) -> Response:
        return ask.answer(desk, request, typed)

    @app.post("/needs/note", include_in_schema=False)
    def keep_note(request: Request, typed: Typed) -> Response:
        return note.answer(desk, request, typed)
