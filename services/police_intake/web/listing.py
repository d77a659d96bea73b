"""What stands about the reports of a station, how is each need answered, and how is a report taken back?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.identity import is_id
from plumbing.problems import Problem
from services.police_intake import asking, needs
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.messages import TakeBack
from services.police_intake.web import looks
from services.police_intake.web.body import TAKE_BACK_REASONS
from services.police_intake.web.graded import risk_of
from services.police_intake.web.needs import TONES, needs_by_report
from services.police_intake.web.own import stations
from services.police_intake.web.stations import keep_station, own_station

if TYPE_CHECKING:
    from plumbing.pages import Desk


class TakeBackFields(Fields):
    """What the button that withdraws a report sends."""

    report_id: str
    reason: str
    by: Name

    def order(self) -> tuple[TakeBack, str]:
        return TakeBack(self.report_id, self.reason, self.by), self.report_id


def add(app: FastAPI, desk: Desk) -> None:
    """GET /reports, POST /reports/{id}/take-back; show_report is what GET /reports/{id} gives a browser."""

    @app.get("/reports", response_class=HTMLResponse, include_in_schema=False)
    def listed(request: Request, page: int = 1) -> HTMLResponse:
        asked = {"station": own_station(request), **{name: request.query_params.get(name, "") for name in ("state", "day")}}
        asked = desk.access.narrowed(asked, "list", "report")
        wanted = {**asked, "page": min(max(page, 1), 10_000), **_day(asked["day"])}
        count, rows = desk.look(lambda tx: asking.reports(tx, wanted))
        context = {
            "rows": rows, "count": count, "needs": needs_by_report(desk, [row[0] for row in rows]), "tones": TONES,
            "page": wanted["page"], "pages": ceil(count / asking.PAGE), "form": Form(asked),
            "path": "/reports?" + urlencode(asked), "stations": stations(desk),
        }
        return keep_station(desk.page(request, "reports.html", context), request)

    def show(request: Request, form: Form) -> HTMLResponse:
        return show_report(desk, request, form)

    def confirm(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "take_back.html", {"form": form, "report_id": request.path_params["report_id"]})

    post = Post(TakeBackFields, TakeBackFields.order, show, lambda value: f"/reports/{value.report_id}", confirm)

    @app.post("/reports/{report_id}/take-back", include_in_schema=False)
    def take_back(request: Request, report_id: str, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def show_report(desk: Desk, request: Request, form: Form = EMPTY) -> HTMLResponse:
    """One report with the life of its needs; never where anybody is."""
    report_id = request.path_params["report_id"]
    report = desk.show(lambda tx: asking.one_report(tx, report_id), looks.report) if is_id(report_id) else None
    if report is None:
        raise Problem(404, "unknown-report", "there is no such report")
    report["fields"] = report["fields"] and desk.access.shown(report["fields"], "read", "report")
    context = {
        "report": report, "needs": needs_by_report(desk, [report_id]).get(report_id, ()), "tones": TONES,
        "changes": desk.look(lambda tx: needs.need_changes(tx, report_id)),
        "versions": desk.look(lambda tx: asking.versions(tx, report_id)),
        "answers": desk.look(lambda tx: asking.known_answers(tx, report_id)),
        "may_see_consent": desk.access.may("consent", "report"), **risk_of(desk, report_id),
        "may_measure": desk.access.may("measure", "report"),
        "may_answer": desk.access.may("answer", "report"), "may_take_back": desk.access.may("take_back", "report"),
        "reasons": TAKE_BACK_REASONS, "form": form, "status": form.status,
    }
    return desk.page(request, "report.html", context)


def _day(text: str) -> dict[str, datetime]:
    """From midnight to midnight in Kazakhstan; a day that cannot be read is not asked."""
    try:
        start = datetime.combine(date.fromisoformat(text), time(), KAZAKHSTAN)
        return {"since": start, "until": start + timedelta(days=1)}
    except (ValueError, OverflowError):
        return {}
