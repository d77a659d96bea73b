"""What do people see of guests and notices: two lists by urgency, and one referral with all that can be done with it?"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Form, Post, Typed
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.social_registry import reading, store
from services.social_registry.web import looks
from services.social_registry.web.acting import ActFields, SafetyFields, as_form, path_of, wanted
from services.social_registry.web.seen import SEEN

OF_AKIMATS = ("notice", "close", "assess", "review")  # tasks that stand on their own lists: notices, register
LISTS = {"/worklist": ("shelter", "crisis_centre", "guest"), "/notices": ("notice", "akimat", "notice")}


def add_referrals(app: FastAPI, desk: Desk) -> None:
    """Lists lead to one referral; there it is acted on, after what the other side will see was shown."""
    _add_lists(app, desk)
    _add_one(app, desk)


def _add_lists(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form, path: str = "/worklist") -> HTMLResponse:
        return desk.page(request, f"{path[1:]}.html", _list(desk, request, path) | {"form": form, "status": form.status})

    post = Post(ActFields, ActFields.order, show, lambda _: "/worklist")

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.get("/notices", response_class=HTMLResponse, include_in_schema=False)
    def notices(request: Request) -> HTMLResponse:
        return show(request, EMPTY, "/notices")

    @app.post("/worklist/act", include_in_schema=False)
    def act_at_once(request: Request, typed: Typed) -> Response:
        """For software of staff, which asks nobody again."""
        return post.answer(desk, request, typed)


def _add_one(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        need_id = request.path_params.get("need_id", form.typed.get("need_id", ""))
        return desk.page(request, "referral.html", _one(desk, need_id) | {"form": form, "status": form.status})

    def confirm(request: Request, form: Form) -> HTMLResponse:
        move = desk.service.law.referrals.moves.get(form.value.act)
        told = {"action": "/referrals/act", "back": f"/referrals/{form.value.need_id}", "move": move}
        return desk.page(request, "confirm.html", {"form": form, "lines": SEEN.get(form.value.act, ()), **told})

    post = Post(ActFields, ActFields.order, show, lambda value: f"/referrals/{value.need_id}", confirm)

    @app.get("/referrals/{need_id}", response_class=HTMLResponse, include_in_schema=False)
    def one(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    safe = Post(SafetyFields, SafetyFields.order, show, lambda value: f"/referrals/{value.need_id}")

    @app.post("/referrals/{need_id}/safety", include_in_schema=False)
    def acknowledge(request: Request, need_id: str, typed: Typed) -> Response:
        return safe.answer(desk, request, typed)

    @app.post("/referrals/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _list(desk: Desk, request: Request, path: str) -> dict[str, Any]:
    kind, facility_kind, thing = LISTS[path]
    asked, now = desk.access.narrowed(wanted(request.query_params), "list", thing), desk.now()
    rows, pages = desk.look(lambda tx: reading.referrals(tx, kind, asked, now))
    own = desk.access.scope("list", thing)
    known = desk.look(lambda tx: reading.facilities(tx, facility_kind))
    facilities = [(code, region) for code, region in known if own.region in ("", region) and own.facility in ("", code)]
    board = [row for row in desk.look(store.places) if asked["region"] in ("", row[1]) and asked["facility"] in ("", row[0])]
    return {
        "rows": rows, "page": asked["page"], "pages": pages, "path": path_of(path, asked), "asked": as_form(asked),
        "regions": sorted({region for _, region in facilities}), "facilities": [code for code, _ in facilities],
        "board": board, "tasks": desk.open_tasks("referral", OF_AKIMATS), "now": now,
    }


def _one(desk: Desk, need_id: str) -> dict[str, Any]:
    shown = desk.show(lambda tx: reading.referral(tx, need_id), looks.referral)
    if shown is None:
        raise Problem(404, "unknown", "there is no such referral here")
    one = shown.referral
    warnings = [(kind, reason, at) for kind, reason, at in desk.look(lambda tx: reading.warnings(tx, need_id))]
    has_home = one.household_ref and desk.access.may("read", "entry")
    home = desk.look(lambda tx: reading.entry_of_home(tx, one.household_ref)) if has_home else ""
    return {
        "one": one, "region": shown.region, "at": shown.at, "card": shown.card, "entry_id": home, "now": desk.now(),
        "moves": desk.service.law.referrals.acts(one.kind, one.state), "seen": SEEN,
        "warnings": warnings, "done": desk.look(lambda tx: reading.done(tx, need_id)),
    }
