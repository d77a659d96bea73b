"""Who asked that this person be erased, until when is it taken back, and how do two people say so, each signed in?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing import actors
from plumbing.forms import Fields, Form, Name, Post, Typed
from services.police_intake.erasing import acts as e
from services.police_intake.erasing import asking

if TYPE_CHECKING:
    from plumbing.pages import Desk


class RequestFields(Fields):
    """A first person asks."""

    person_id: str
    reason: str
    by: Name

    def order(self) -> tuple[e.RequestErasure, str]:
        return e.RequestErasure(self.person_id, self.by, self.reason, _login()), self.person_id


class ApproveFields(Fields):
    """A second person agrees."""

    person_id: str
    by: Name

    def order(self) -> tuple[e.ApproveErasure, str]:
        return e.ApproveErasure(self.person_id, self.by, _login()), self.person_id


class CancelFields(Fields):
    """Whoever of them, or a third, takes it back."""

    person_id: str
    by: Name

    def order(self) -> tuple[e.CancelErasure, str]:
        return e.CancelErasure(self.person_id, self.by), self.person_id


def add(app: FastAPI, desk: Desk, show: Callable[[Request, Form], HTMLResponse]) -> None:
    """POST /persons/{id}/erasure/request, /approve and /cancel; `show` is the page of the person."""

    def post(fields: Any) -> Post:
        return Post(fields, fields.order, show, lambda value: f"/persons/{value.person_id}")

    asking_for, approving, cancelling = post(RequestFields), post(ApproveFields), post(CancelFields)

    @app.post("/persons/{person_id}/erasure/request", include_in_schema=False)
    def request_erasure(request: Request, person_id: str, typed: Typed) -> Response:
        return asking_for.answer(desk, request, typed)

    @app.post("/persons/{person_id}/erasure/approve", include_in_schema=False)
    def approve(request: Request, person_id: str, typed: Typed) -> Response:
        return approving.answer(desk, request, typed)

    @app.post("/persons/{person_id}/erasure/cancel", include_in_schema=False)
    def cancel(request: Request, person_id: str, typed: Typed) -> Response:
        return cancelling.answer(desk, request, typed)


def told(desk: Desk, person_id: str) -> dict[str, Any]:
    """What the page of a person says of erasures, of whichever row of this human they were asked for, and who may act."""
    erasures = desk.look(lambda tx: asking.of_human(tx, person_id))
    last = erasures[0] if erasures else None
    terms = e.terms_of(desk.service.law, desk.now())
    return {
        "erasures": erasures, "delay_days": terms.delay.days, "erasing_reasons": terms.reasons,
        "erasure_due_at": desk.look(lambda tx: asking.second_person_by(tx, last.person_id)) if last else None,
        "erases": desk.access.may("erase", "person"), "approves": desk.access.may("approve", "person"),
        "is_own": last is not None and last.requested_actor != "" and last.requested_actor == _login(),
    }


def _login() -> str:
    """Nobody's while doors are open: then the names alone must differ."""
    actor = actors.known()
    return actor.subject if actor is not None else ""
