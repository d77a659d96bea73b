"""What does the coordinator see: who waits, longest first, and why? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk, open_tasks
from plumbing.postgres import Transaction
from plumbing.problems import Problem
from services.referral_router.messages import OUTCOMES, SettleNeed
from services.referral_router.telling import told
from services.referral_router.why import explained


class SettleFields(Fields):
    """What the button of a need with a person sends."""

    need_id: str
    outcome: str
    by: Name

    def order(self) -> tuple[SettleNeed, str]:
        return SettleNeed(self.need_id, self.outcome, self.by), self.need_id


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The unplaced, what the law found, and the counts; for a victim's need no page here names a facility."""

    def show(request: Request, form: Form) -> HTMLResponse:
        asked = {"tasks": desk.look(open_tasks), "now": desk.now(), "counts": desk.look(counts), "outcomes": OUTCOMES}
        return desk.page(request, "worklist.html", {**asked, "form": form, "status": form.status})

    post = Post(SettleFields, SettleFields.order, show, lambda _: "/worklist")

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/worklist/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)

    @app.get("/needs.json")
    def needs() -> list[dict[str, Any]]:
        """Needs by kind, region and state: counts only."""
        return [dict(zip(("kind", "region", "state", "count"), row, strict=True)) for row in desk.look(counts)]

    @app.get("/needs/{need_id}", response_class=HTMLResponse, include_in_schema=False)
    def need(request: Request, need_id: str) -> HTMLResponse:
        known = desk.look(lambda tx: explained(tx, desk.service, need_id))
        if known is None:
            raise Problem(404, "unknown-need", "no such need is known here")
        return desk.page(request, "need.html", {"told": {name: told(known, speech) for name, speech in desk.speeches.items()}})


def counts(tx: Transaction) -> list[tuple[Any, ...]]:
    """(kind, region, state, how many) of all needs."""
    return tx.rows("SELECT kind, region, state, count(*) FROM needs GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")
