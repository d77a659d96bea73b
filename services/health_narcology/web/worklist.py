"""What do people at a detox centre or clinic see, and what can they do? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from plumbing.pages import Desk, open_tasks
from plumbing.problems import Problem
from plumbing.sealing import Unopenable, unseal
from plumbing.service import CommandRefused
from services.health_narcology import asking
from services.health_narcology.facts import Referral
from services.health_narcology.messages import StaffAct

Found = tuple[Referral, str, bytes | None]
LISTED = ("need_id", "kind", "state", "facility", "region", "acts", "codes")


def add_pages(app: FastAPI, desk: Desk) -> None:
    """One worklist; its acts are the commands that the demo's staff use too."""

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        context = {
            "rows": [_row(desk, found) for found in desk.look(asking.worklist)],
            "board": desk.look(asking.beds),
            "tasks": desk.look(open_tasks),
            "now": desk.now(),
        }
        return desk.page(request, "worklist.html", context)

    @app.get("/worklist.json")
    def listed() -> list[dict[str, Any]]:
        """Live referrals without names: what staff software polls."""
        rows = [_row(desk, found) for found in desk.look(asking.worklist)]
        return [{name: row[name] for name in LISTED} for row in rows]

    @app.post("/worklist/act", include_in_schema=False)
    def act(need_id: str = Form(), act: str = Form(), by: str = Form(), code: str = Form("")) -> RedirectResponse:
        events = desk.act(StaffAct(need_id, act, by.strip() or "unnamed", code), need_id)
        for event in events:
            if isinstance(event, CommandRefused):
                raise Problem(409, event.kind, event.detail)
        return RedirectResponse("/worklist", 303)



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
