"""What do people at a detox centre or clinic see, and what can they do? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk, open_tasks
from plumbing.sealing import Unopenable, unseal
from services.health_narcology import store
from services.health_narcology.facts import Referral
from services.health_narcology.messages import StaffAct

Found = tuple[Referral, str, bytes | None]
LISTED = ("need_id", "kind", "state", "facility", "region", "acts", "codes")


class ActFields(Fields):
    """What the button of a move sends."""

    need_id: str
    act: str
    by: Name
    code: str = ""

    def order(self) -> tuple[StaffAct, str]:
        return StaffAct(self.need_id, self.act, self.by, self.code), self.need_id


def add_pages(app: FastAPI, desk: Desk) -> None:
    """One worklist; its acts are the commands that the demo's staff use too."""

    def show(request: Request, form: Form) -> HTMLResponse:
        context = {
            "rows": [_row(desk, found) for found in desk.look(store.worklist)],
            "board": desk.look(store.beds),
            "tasks": desk.look(open_tasks),
            "now": desk.now(),
            "form": form,
            "status": form.status,
        }
        return desk.page(request, "worklist.html", context)

    post = Post(ActFields, ActFields.order, show, lambda _: "/worklist")

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.get("/worklist.json")
    def listed() -> list[dict[str, Any]]:
        """Live referrals without names: what staff software polls."""
        rows = [_row(desk, found) for found in desk.look(store.worklist)]
        return [{name: row[name] for name in LISTED} for row in rows]

    @app.post("/worklist/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _row(desk: Desk, found: Found) -> dict[str, Any]:
    referral, region, private_key = found
    moves = desk.service.law.acts(referral.kind, referral.state)
    return {
        "need_id": referral.need_id, "kind": referral.kind, "state": referral.state, "region": region,
        "facility": referral.facility_code, "seen": referral.intoxication, "until": referral.until,
        "brought_at": referral.brought_at, "admitted_at": referral.admitted_at, "basis": referral.basis, "moves": moves,
        "acts": [move.name for move in moves], "codes": {move.name: move.codes for move in moves if move.codes},
        "card": _card(referral, private_key),
    }


def _card(referral: Referral, private_key: bytes | None) -> dict[str, Any] | None:
    if referral.sealed is None or private_key is None:
        return None
    try:
        return unseal(referral.sealed, private_key)
    except Unopenable:
        return None
