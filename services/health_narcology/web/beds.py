"""Which beds are there, facility by facility, and who is told that one has come free?"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk
from services.health_narcology import asking
from services.health_narcology.messages import LeaveBed
from services.health_narcology.web.showing import asked, own_places


class LeftFields(Fields):
    """What the button of a treatment facility sends when a patient from before has left."""

    facility_code: str
    by: Name

    def order(self) -> tuple[LeaveBed, str]:
        return LeaveBed(self.facility_code, self.by), self.facility_code


def add_pages(app: FastAPI, desk: Desk) -> None:
    """A board by facility, and one facility's beds by number."""

    def show(request: Request, form: Form) -> HTMLResponse:
        narrowed = desk.access.narrowed(asked(request), "list", "bed")
        narrowed["facility"] = str(form.typed.get("facility_code", narrowed["facility"]))
        return desk.page(request, "beds.html", {**_shown(desk, narrowed), "form": form, "status": form.status})

    post = Post(LeftFields, LeftFields.order, show, lambda value: "/beds")

    @app.get("/beds", response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/beds/left", include_in_schema=False)
    def left(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _shown(desk: Desk, narrowed: dict[str, Any]) -> dict[str, Any]:
    to = asking.Narrowed(**narrowed)
    regions, facilities = own_places(desk, "bed", asking.places, "detox", "treatment")
    detox = [row for row in desk.look(asking.beds) if to.region in ("", row[1]) and to.facility in ("", row[0])]
    return {
        "narrowed": narrowed, "regions": regions, "facilities": facilities, "detox": detox,
        "treatment": desk.look(lambda tx: asking.treatment_beds(tx, to)),
        "one": desk.look(lambda tx: asking.beds_of(tx, to.facility)) if to.facility in facilities else [],
    }
