"""What waits for the duty officer: held records and possible doubles, each with its clock?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from plumbing.forms import Form
from plumbing.pages import Desk
from services.police_intake.officer import asking as waiting
from services.police_intake.roster import asking
from services.police_intake.roster.assigning import Assigned, assign
from services.police_intake.web.own import stations, tasks
from services.police_intake.web.stations import keep_station, own_station


def assigned(desk: Desk, subjects: Sequence[str]) -> Mapping[tuple[str, str], Assigned]:
    """(subject, kind) → which inspector on shift now does it."""
    now = desk.now()
    errands = desk.look(lambda tx: asking.errands(tx, subjects))
    return assign(errands, desk.look(lambda tx: asking.to_come(tx, {}, now)) if errands else [], now)


def add(app: FastAPI, desk: Desk) -> None:
    """GET /worklist: each task leads to the page where it is done."""

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request) -> HTMLResponse:
        station = desk.access.scope("list", "task").station or own_station(request)
        mine = tasks(desk, waiting.open_tasks, station)
        context = {
            "assigned": assigned(desk, [task[0] for task in mine]), "tasks": mine, "now": desk.now(),
            "stations": stations(desk), "form": Form({"station": station}),
        }
        return keep_station(desk.page(request, "worklist.html", context), request)
