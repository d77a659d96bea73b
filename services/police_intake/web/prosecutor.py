"""What does a prosecutor see and do: orders with their clock, complaints, courts to be told; what waits for its report?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from plumbing.actors import signature
from plumbing.forms import EMPTY, Form, Post, Typed
from plumbing.problems import Problem
from services.police_intake.measures import asking
from services.police_intake.measures.lives import PROSECUTOR, BeginMeasure, MeasureKept
from services.police_intake.oversight import asking as oversight
from services.police_intake.web import overseen
from services.police_intake.web.body import Line
from services.police_intake.web.machines import reply
from services.police_intake.web.measure_fields import ActFields, SettleFields
from services.police_intake.web.measure_law import cited, law_of, over

if TYPE_CHECKING:
    from plumbing.pages import Desk

ORDERS, NO_APPROACH = "protection_order", "no_approach_order"
COPY, COURTS = "prosecutor_copy", "court_notice"


class MeasureBody(BaseModel):
    """A measure that another system announces, as a court's decision."""

    model_config = ConfigDict(extra="forbid")
    report_id: Line
    kind: Line
    act: Line
    by: Line
    code: Line = ""
    told: dict[Line, Line] = {}


def add(app: FastAPI, desk: Desk) -> None:
    """GET /prosecutor and its acts; GET and POST /parked/{id}; POST /measures for machines."""
    _add_orders(app, desk)
    _add_parked(app, desk)

    @app.post("/measures", status_code=201)
    def announced(body: MeasureBody) -> JSONResponse:
        """201 with the measure; 202 if its report is unknown: it is kept, and a person finds its report."""
        told = {str(name): str(value) for name, value in body.told.items()}
        command = BeginMeasure(body.report_id, body.kind, body.act, signature(body.by), body.code, told)
        events = desk.act(command, body.report_id)
        begun = next((event.measure for event in events if isinstance(event, MeasureKept)), None)
        if begun is not None:
            return JSONResponse({"measure_id": begun.measure_id, "state": begun.state}, 201)
        waits = next((event.parked_id for event in events if hasattr(event, "parked_id")), "")
        return JSONResponse({"parked_id": waits, "state": "parked"}, 202) if waits else reply(events)


def _add_orders(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        wanted = desk.access.narrowed({"station": "", "region": ""}, "inspect", "measure")
        rows = desk.look(lambda tx: asking.listed(tx, {**wanted, "kinds": [ORDERS], "over": over(desk)}))
        life = law_of(desk).lives[ORDERS]
        shown = [
            (one, station, life.offered(one.state, PROSECUTOR), _due(desk, one.measure_id, COPY)) for one, station in rows
        ]
        bound = desk.look(lambda tx: asking.listed(tx, {**wanted, "kinds": [NO_APPROACH], "over": over(desk)}))
        context = {"rows": shown, "now": desk.now(), "form": form, "status": form.status, "cited": cited(desk, form)}
        complaints = desk.look(lambda tx: asking.complaints(tx, {**wanted, "since": desk.now() - overseen.LOOKED_BACK}))
        more = overseen.complained(desk, complaints, form) | _registered(desk, wanted)
        more |= overseen.unregistered(desk, wanted) | _courts(desk, wanted)
        return desk.page(request, "prosecutor.html", {**context, **more, "bound": bound})

    post = Post(ActFields, ActFields.prosecuted, show, lambda _: "/prosecutor")

    @app.get("/prosecutor", response_class=HTMLResponse, include_in_schema=False)
    def inbox(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/prosecutor/{measure_id}/act", include_in_schema=False)
    def act(request: Request, measure_id: str, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _registered(desk: Desk, wanted: dict[str, Any]) -> dict[str, Any]:
    """Reports registered late; wanted: the region that is overseen."""
    duty = desk.service.law.registration
    found = desk.look(lambda tx: oversight.registered(tx, {**wanted, "least": duty.least}))
    rows = duty.late(found)
    return {
        "late": rows, "late_is_cut": len(found) == oversight.MOST,
        "late_by_station": overseen.by_station(one.station for one, _, _ in rows),
        "duty": duty.on(desk.now().date()),
    }


def _courts(desk: Desk, wanted: dict[str, Any]) -> dict[str, Any]:
    """Notices to courts, of reports that were taken back, which nobody has given yet, the longest wait first."""
    rows = desk.look(lambda tx: asking.listed(tx, {**wanted, "kinds": [COURTS], "over": over(desk)}))
    return {"untold": [(notice, station, _due(desk, notice.measure_id, COURTS)) for notice, station in rows]}


def _due(desk: Desk, measure_id: str, task: str) -> Any:
    """Until when this task about a measure is due; None once it was done."""
    waiting = desk.look(lambda tx: asking.open_tasks(tx, measure_id))
    return next((due_at for kind, _, _, due_at in waiting if kind == task), None)


def _add_parked(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        parked_id = request.path_params["parked_id"]
        found = desk.look(lambda tx: asking.parked(tx, parked_id))
        if not found and not form.refused:
            raise Problem(404, "unknown-measure", "nothing waits here")
        context = {"parked": found[0] if found else None, "parked_id": parked_id, "now": desk.now(), "cited": cited(desk, form)}
        return desk.page(request, "parked.html", {**context, "form": form, "status": form.status})

    post = Post(SettleFields, SettleFields.order, show, lambda _: "/measures")

    @app.get("/parked/{parked_id}", response_class=HTMLResponse, include_in_schema=False)
    def parked(request: Request, parked_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/parked/{parked_id}", include_in_schema=False)
    def settle(request: Request, parked_id: str, typed: Typed) -> Response:
        return post.answer(desk, request, typed)
