"""What do people at a centre or akimat see, and what can they do? A form makes a command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from plumbing.pages import Desk, open_tasks
from plumbing.problems import Problem
from plumbing.sealing import Unopenable, unseal
from plumbing.service import CommandRefused
from services.social_registry import store
from services.social_registry.facts import Referral
from services.social_registry.messages import StaffAct
from services.social_registry.web.register import add_register


def add_pages(app: FastAPI, desk: Desk) -> None:
    """One worklist and the register; their acts are the commands that the demo's staff use too."""
    add_register(app, desk)

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        context = {
            "rows": [_row(desk, found) for found in desk.look(store.worklist)],
            "board": desk.look(store.places),
            "tasks": desk.look(open_tasks),
            "now": desk.now(),
        }
        return desk.page(request, "worklist.html", context)

    @app.get("/worklist.json")
    def listed() -> list[dict[str, Any]]:
        """Live referrals without names: what staff software polls."""
        rows = [_row(desk, found) for found in desk.look(store.worklist)]
        return [{name: row[name] for name in ("need_id", "kind", "state", "facility", "region", "acts")} for row in rows]

    @app.post("/worklist/act", include_in_schema=False)
    def act(need_id: str = Form(), act: str = Form(), by: str = Form(), code: str = Form("")) -> RedirectResponse:
        events = desk.act(StaffAct(need_id, act, by.strip() or "unnamed", code), need_id)
        for event in events:
            if isinstance(event, CommandRefused):
                raise Problem(409, event.kind, event.detail)
        return RedirectResponse("/worklist", 303)


def _row(desk: Desk, found: tuple[Referral, str, datetime, bytes | None]) -> dict[str, Any]:
    referral, region, at, private_key = found
    moves = desk.service.law.referrals.acts(referral.kind, referral.state)
    return {
        "need_id": referral.need_id, "kind": referral.kind, "state": referral.state, "region": region,
        "facility": referral.facility_code, "adults": referral.adults, "children": referral.children,
        "until": referral.until, "basis": referral.basis, "at": at, "moves": moves,
        "acts": [move.name for move in moves], "card": _card(referral, private_key),
    }


def _card(referral: Referral, private_key: bytes | None) -> dict[str, Any] | None:
    if referral.sealed is None or private_key is None:
        return None
    try:
        return unseal(referral.sealed, private_key)
    except Unopenable:
        return None
