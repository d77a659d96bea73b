"""What do people see of treatment cases and beds, and what can they do? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Form
from fastapi.responses import RedirectResponse

from plumbing.pages import Desk
from plumbing.problems import Problem
from plumbing.service import CommandRefused
from services.health_narcology import asking
from services.health_narcology.facts import Case
from services.health_narcology.messages import CaseAct, LeaveBed


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The list of cases, oldest first; its acts are the commands that the demo's staff use too."""

    @app.get("/cases.json")
    def listed() -> list[dict[str, Any]]:
        """Open cases without names: what staff software polls."""
        return [row(desk, case) for case in desk.look(asking.cases)]

    @app.post("/cases/act", include_in_schema=False)
    def act(
        need_id: str = Form(), act: str = Form(), by: str = Form(), *, code: str = Form(""), months: int = Form(0)
    ) -> RedirectResponse:
        return _done(desk, CaseAct(need_id, act, by.strip() or "unnamed", code, months), need_id)

    @app.post("/cases/bed-left", include_in_schema=False)
    def bed_left(facility_code: str = Form(), by: str = Form()) -> RedirectResponse:
        return _done(desk, LeaveBed(facility_code, by.strip() or "unnamed"), facility_code)


def row(desk: Desk, case: Case) -> dict[str, Any]:
    moves = desk.service.law.cases.acts("treatment", case.state)
    open_moves = [move for move in moves if move.name != "court_told" or case.contested]
    return {
        "need_id": case.need_id, "kind": "treatment", "state": case.state, "facility": case.facility_code,
        "region": case.region, "acts": [move.name for move in open_moves],
        "codes": {move.name: move.codes for move in open_moves if move.codes}, "contested": case.contested,
        "since": case.since.isoformat(), "in_force_at": case.in_force_at and case.in_force_at.isoformat(),
    }


def _done(desk: Desk, command: Any, key: str) -> RedirectResponse:
    for event in desk.act(command, key):
        if isinstance(event, CommandRefused):
            raise Problem(409, event.kind, event.detail)
    return RedirectResponse("/worklist", 303)
