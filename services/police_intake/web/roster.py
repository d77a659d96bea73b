"""Who is on shift for women in which district, and which districts has nobody? Each form is a command."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import AfterValidator, Field

from plumbing.authorising import Place
from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.identity import is_id
from plumbing.texts import N_
from services.police_intake.journal.moments import in_kazakhstan
from services.police_intake.roster import asking
from services.police_intake.roster.covering import NOBODY, coverage
from services.police_intake.roster.shifts import EndShift, EnterShift
from services.police_intake.roster.store import life_of
from services.police_intake.web.body import Line
from services.police_intake.web.own import own_station
from services.police_intake.web.stations import keep_station
from services.police_intake.web.stations import own_station as chosen_station

if TYPE_CHECKING:
    from plumbing.pages import Desk

OF_A_CITIZEN = re.compile("[0-9]{12}")
TONES = {"nobody": "late", "no_woman": "going", "woman": "good"}


def _staff_id(text: str) -> str:
    """Whoever types a citizen's number here would have it kept in the open."""
    if not is_id(text) and OF_A_CITIZEN.search(re.sub("[-_]", "", text)):
        raise ValueError(N_("this looks like a citizen's number: write the inspector's id as staff"))
    return text


StaffId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{1,59}$"), AfterValidator(_staff_id)]


class ShiftFields(Fields):
    """What enters a shift. Times are typed in local time, which is one in the whole country."""

    station: Line
    inspector: StaffId
    is_woman: Literal["yes", "no"]
    since: datetime
    until: datetime
    by: Name

    def order(self) -> tuple[EnterShift, str]:
        when = (in_kazakhstan(self.since), in_kazakhstan(self.until))
        return EnterShift(self.station, self.inspector, self.is_woman == "yes", *when, self.by), life_of(self.inspector)


class EndFields(Fields):
    shift_id: str
    by: Name

    def order(self) -> tuple[EndShift, str]:
        return EndShift(self.shift_id, self.by), self.shift_id


def add(app: FastAPI, desk: Desk) -> None:
    """GET and POST /roster, POST /roster/{id}/end."""

    def show(request: Request, form: Form) -> HTMLResponse:
        context = _told(desk, request) | {"form": form, "status": form.status}
        return keep_station(desk.page(request, "roster.html", context), request)

    enters = Post(ShiftFields, ShiftFields.order, show, lambda _: "/roster")
    ends = Post(EndFields, EndFields.order, show, lambda _: "/roster")

    @app.get("/roster", response_class=HTMLResponse, include_in_schema=False)
    def roster(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.get("/roster.json")
    def covered(request: Request) -> list[dict[str, Any]]:
        """The districts, uncovered first, with the days on which nobody comes: what staff software polls."""
        told = _told(desk, request)["covered"]
        return [{"station": one.station, "region": one.region, "now": one.now, "bare": one.bare} for one in told]

    @app.post("/roster", include_in_schema=False)
    def enter(request: Request, typed: Typed) -> Response:
        own = own_station(typed)
        desk.access.demand("enter", "shift", Place(station=str(own.get("station", ""))))
        return enters.answer(desk, request, own)

    @app.post("/roster/{shift_id}/end", include_in_schema=False)
    def end(request: Request, shift_id: str, typed: Typed) -> Response:
        return ends.answer(desk, request, typed)


def _told(desk: Desk, request: Request) -> dict[str, Any]:
    """Of the own territory: the districts, uncovered first, and the shifts that are not over."""
    now, station = desk.now(), chosen_station(request)
    wanted = desk.access.narrowed({"station": station, "region": ""}, "list", "shift")
    theirs = desk.look(lambda tx: asking.districts(tx, {**wanted, "station": ""}, now))
    shifts = desk.look(lambda tx: asking.to_come(tx, wanted, now))
    own = desk.access.scope("enter", "shift").station
    covered = coverage([one for one in theirs if wanted["station"] in ("", one[0])], shifts, now)
    return {
        "covered": covered, "uncovered": sum(one.now == NOBODY for one in covered), "shifts": shifts, "tones": TONES,
        "stations": [one for one, _ in theirs] or [own] * bool(own), "own": own, "filter": Form({"station": wanted["station"]}),
        "may_enter": desk.access.may("enter", "shift"),
    }
