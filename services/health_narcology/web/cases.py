"""What do people see of treatment cases, and what can they do? A form makes a command."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk
from services.health_narcology import asking
from services.health_narcology.facts import Case
from services.health_narcology.messages import CaseAct
from services.health_narcology.web import looks
from services.health_narcology.web.cards import card
from services.health_narcology.web.showing import asked, confirming, listing, own_places

STATES = (
    "examined", "voluntary", "declined", "filed", "accepted", "returned", "granted", "queued", "offered", "hospitalised",
    "missing",
)
LISTED = ("need_id", "kind", "state", "facility", "region", "acts", "codes", "contested", "since")


class CaseFields(Fields):
    """What the button of a move in a case sends."""

    need_id: str
    act: str
    by: Name
    code: str = ""
    months: int = 0
    channel: Literal["page", "telephone"] = "page"

    def order(self) -> tuple[CaseAct, str]:
        return CaseAct(self.need_id, self.act, self.by, self.code, self.months, self.channel), self.need_id


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The open cases, oldest first; the acts are the commands that the demo's staff use too."""

    def show(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "cases.html", {**_shown(desk, request), "form": form, "status": form.status})

    confirms = confirming(desk, desk.service.law.cases.moves, ("/cases/act", "/cases"))
    post = Post(CaseFields, CaseFields.order, show, lambda _: "/cases", confirms)

    @app.get("/cases", response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.get("/cases.json")
    def listed() -> list[dict[str, Any]]:
        """Open cases without names: what staff software polls."""
        rows = [_row(desk, case) for case in desk.look(asking.cases)]
        return [{name: row[name] for name in LISTED} for row in rows]

    @app.post("/cases/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _shown(desk: Desk, request: Request) -> dict[str, Any]:
    narrowed = desk.access.narrowed(asked(request), "list", "case")
    found, total = desk.show(lambda tx: asking.case_page(tx, asking.Narrowed(**narrowed)), looks.in_cases)
    regions, facilities = own_places(desk, "case", asking.places, "narcology", "treatment")
    return {
        "rows": [{**_row(desk, case), "card": card(sealed, key)} for case, sealed, key in found],
        "regions": regions, "facilities": facilities, "states": STATES, "now": desk.now(),
        **listing("/cases", narrowed, total, asking.PER_PAGE),
    }


def _row(desk: Desk, case: Case) -> dict[str, Any]:
    acts = desk.service.law.cases.acts("treatment", case.state)
    moves = [move for move in acts if move.name != "court_told" or case.contested]
    return {
        "need_id": case.need_id, "kind": "treatment", "state": case.state, "facility": case.facility_code,
        "place": case.facility_code or case.clinic_code, "region": case.region, "moves": moves,
        "acts": [move.name for move in moves], "codes": {move.name: move.codes for move in moves if move.codes},
        "contested": case.contested, "erase_at_end": case.erase_at_end,
        "since": case.since.isoformat(), "since_at": case.since, "began_at": case.began_at,
        "queued_at": case.in_force_at if case.state == "queued" else None, "until": case.until,
    }
