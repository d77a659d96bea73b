"""What is due about measures today, how does each stand, and what may be done about it? Each form is a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Form, Post, Typed
from plumbing.problems import Problem
from services.police_intake import asking as reports
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.measures import asking
from services.police_intake.measures.lives import POLICE
from services.police_intake.measures.told import BARS
from services.police_intake.web import looks
from services.police_intake.web.machines import known
from services.police_intake.web.measure_fields import ActFields, AgainstFields, BeginFields
from services.police_intake.web.measure_law import against, beginnings, cited, law_of, one, over, papers_of
from services.police_intake.web.own import stations
from services.police_intake.web.stations import keep_station, own_station

if TYPE_CHECKING:
    from plumbing.pages import Desk
    from services.police_intake.measures.papers import Paper


def add(app: FastAPI, desk: Desk) -> None:
    """GET /measures, /measures/{id} with its acts, /reports/{id}/measures with what may begin there."""
    _add_list(app, desk)
    _add_one(app, desk)
    _add_on_report(app, desk)


def own(desk: Desk, request: Request) -> dict[str, Any]:
    return desk.access.narrowed({"station": own_station(request), "region": ""}, "list", "measure")


def _add_list(app: FastAPI, desk: Desk) -> None:
    @app.get("/measures", response_class=HTMLResponse, include_in_schema=False)
    def listed(request: Request) -> HTMLResponse:
        wanted, now = own(desk, request), desk.now()
        tonight = datetime.combine(now.astimezone(KAZAKHSTAN).date() + timedelta(days=1), time(), KAZAKHSTAN)
        lives = law_of(desk).lives
        asked = {**wanted, "until": tonight, "kinds": list(lives), "over": over(desk)}
        rows = desk.look(lambda tx: asking.listed(tx, asked))
        context = {
            "due": desk.look(lambda tx: asking.due(tx, asked)), "now": now,
            "rows": rows, "breaches": [row for row in rows if row[0].state == "breached"],
            "waiting": desk.look(lambda tx: asking.without_outcome(tx, wanted)),
            "parked": desk.look(asking.parked) if desk.access.may("settle", "parked") else [],
            "stations": stations(desk), "form": Form({"station": wanted["station"]}),
        }
        return keep_station(desk.page(request, "measures.html", context), request)

    @app.get("/measures.json")
    def polled(request: Request) -> list[dict[str, Any]]:
        """Measures under way without persons, the longest in its state first: what staff software polls."""
        asked = {**own(desk, request), "kinds": list(law_of(desk).lives), "over": over(desk)}
        return [
            {
                "measure_id": one.measure_id, "kind": one.kind, "state": one.state, "since": one.since.isoformat(),
                "seen": one.version, "station": station,
                "acts": [act.name for act in law_of(desk).lives[one.kind].offered(one.state, POLICE)],
            }
            for one, station in desk.look(lambda tx: asking.listed(tx, asked))
        ]


def _add_one(app: FastAPI, desk: Desk) -> None:
    papers = papers_of(desk)

    def show(request: Request, form: Form) -> HTMLResponse:
        return _show_one(desk, papers, request, form)

    post = Post(ActFields, ActFields.order, show, lambda value: f"/measures/{value.measure_id}")

    def complaint(value: AgainstFields) -> tuple[Any, str]:
        return value.against(one(desk, value.measure_id, asking.one))

    post_against = Post(AgainstFields, complaint, show, lambda value: f"/measures/{value.measure_id}")

    @app.get("/measures/{measure_id}", response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request, measure_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/measures/{measure_id}/act", include_in_schema=False)
    def act(request: Request, measure_id: str, typed: Typed) -> Response:
        return post.answer(desk, request, typed)

    @app.post("/measures/{measure_id}/complaint", include_in_schema=False)
    def complain(request: Request, measure_id: str, typed: Typed) -> Response:
        return post_against.answer(desk, request, typed)


def _show_one(desk: Desk, papers: Sequence[Paper], request: Request, form: Form) -> HTMLResponse:
    measure = one(desk, request.path_params["measure_id"], asking.one)
    life = law_of(desk).lives[measure.kind]
    about = desk.look(lambda tx: asking.one(tx, measure.about)) if measure.about else None
    moves = desk.look(lambda tx: asking.history(tx, measure.measure_id))
    context = {
        "measure": measure, "about": about, "now": desk.now(), "form": form, "status": form.status,
        "cited": cited(desk, form), "bars": tuple(BARS), "history": [(life.acts[moved.act], moved) for moved in moves],
        "acts": life.offered(measure.state, POLICE) if desk.access.may("move", "measure") else [],
        "tasks": desk.look(lambda tx: asking.open_tasks(tx, measure.measure_id)),
        "complaints": against(desk, measure.kind) if desk.access.may("complain", "measure") else [],
        "may_print": desk.access.may("print", "measure") and any(paper.belongs_to(measure) for paper in papers),
    }
    return desk.page(request, "measure.html", context)


def _add_on_report(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        report_id = known(request.path_params["report_id"])
        report = desk.show(lambda tx: reports.one_report(tx, report_id), looks.measures)
        if report is None:
            raise Problem(404, "unknown-report", "there is no such report")
        context = {
            "report": report, "measures": desk.look(lambda tx: asking.on_report(tx, report_id)), "now": desk.now(),
            "beginnings": beginnings(desk), "form": form, "status": form.status, "cited": cited(desk, form),
        }
        return desk.page(request, "measures_of_report.html", context)

    post = Post(BeginFields, BeginFields.order, show, lambda value: f"/reports/{value.report_id}/measures")

    @app.get("/reports/{report_id}/measures", response_class=HTMLResponse, include_in_schema=False)
    def listed(request: Request, report_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/reports/{report_id}/measures", include_in_schema=False)
    def begin(request: Request, report_id: str, typed: Typed) -> Response:
        return post.answer(desk, request, typed)
