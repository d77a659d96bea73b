"""How is she asked about the danger, and how does a named person raise or lower its grade? Never a grade without its limits."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import create_model

from plumbing import actors
from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake import asking as reports
from services.police_intake.risk import asking
from services.police_intake.risk import messages as r
from services.police_intake.risk.grid import UNKNOWN, Grid
from services.police_intake.risk.loading import GRIDS
from services.police_intake.web import looks
from services.police_intake.web.graded import limits
from services.police_intake.web.machines import known

YesNo = Literal["yes", "no"]


class RiskFields(Fields):
    """Base of what each form of this page sends."""

    report_id: str
    by: Name
    seen: int = 0

    @property
    def signed(self) -> tuple[str, str, int]:
        who = actors.current.get()
        return self.by, who.subject if who is not None else "", self.seen


class AskedFields(RiskFields):
    """What she was asked; the answers themselves are fields of their own, one for each question of the grid."""

    grid: str
    asked_apart: YesNo = "no"
    leaves_region: YesNo = "no"

    def order(self) -> tuple[r.AssessRisk, str]:
        told = {name.removeprefix("q_"): value for name, value in self.model_dump().items() if name.startswith("q_")}
        apart, leaves = self.asked_apart == "yes", self.leaves_region == "yes"
        return r.AssessRisk(self.report_id, self.grid, tuple(told.items()), apart, leaves, *self.signed), self.report_id


class RaisedFields(RiskFields):
    """One person sees more danger."""

    grade: str
    reason: str

    def order(self) -> tuple[r.RaiseRisk, str]:
        return r.RaiseRisk(self.report_id, self.grade, self.reason, *self.signed), self.report_id


class LoweringFields(RiskFields):
    """A first person sees less danger."""

    grade: str
    reason: str

    def order(self) -> tuple[r.ProposeLower, str]:
        return r.ProposeLower(self.report_id, self.grade, self.reason, *self.signed), self.report_id


class DecisionFields(RiskFields):
    """A second person decides."""

    lower: YesNo

    def order(self) -> tuple[r.DecideLower, str]:
        by, actor, seen = self.signed
        return r.DecideLower(self.report_id, seen, self.lower == "yes", by, actor), self.report_id


def asked_fields(grids: tuple[Grid, ...]) -> type[AskedFields]:
    """A field for each question of any grid; what is left open is not known."""
    answer: Any = Literal["yes", "no", "unknown"]
    questions: dict[str, Any] = {f"q_{one.id}": (answer, UNKNOWN) for grid in grids for one in grid.questions}
    return create_model("AssessedFields", __base__=AskedFields, **questions)


FORMS: dict[str, Any] = {
    "assessed": asked_fields(GRIDS.versions), "raised": RaisedFields, "lowering": LoweringFields, "decision": DecisionFields,
}


def add(app: FastAPI, desk: Desk) -> None:
    """GET /reports/{id}/risk with its four forms."""

    def show(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "risk.html", _told(desk, request) | {"form": form, "status": form.status})

    posts = {
        act: Post(fields, fields.order, show, lambda value: f"/reports/{value.report_id}/risk") for act, fields in FORMS.items()
    }

    @app.get("/reports/{report_id}/risk", response_class=HTMLResponse, include_in_schema=False)
    def risk(request: Request, report_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/reports/{report_id}/risk/{act:path}", include_in_schema=False)
    def act(request: Request, report_id: str, act: str, typed: Typed) -> Response:
        if act not in posts or typed.get("report_id") != known(report_id):
            raise Problem(404, "unknown-report", "there is no such act on this report")
        return posts[act].answer(desk, request, typed)


def _told(desk: Desk, request: Request) -> dict[str, Any]:
    report_id = known(request.path_params["report_id"])
    report = desk.show(lambda tx: reports.one_report(tx, report_id), looks.risk)
    if report is None:
        raise Problem(404, "unknown-report", "there is no such report")
    if report["fields"] is None:
        raise Problem(410, "erased", "this report is erased: who it was about is known to nobody any more")
    steps, assessed = desk.look(lambda tx: asking.steps(tx, report_id)), desk.look(lambda tx: asking.answers(tx, report_id))
    grid, stands = GRIDS.current(desk.now()), steps[0][0] if steps else None
    asked_by = (GRIDS.named(stands.grid) if stands else None) or grid
    rank = grid.rank(stands.grade if stands else "")
    return {
        "report": report, "steps": steps, "stands": stands, "grid": grid, "up": r.UP, "down": r.DOWN,
        "assessed": assessed[0] if assessed else None, "found": asking.why(assessed),
        "questions": {one.id: one for one in asked_by.questions}, "limits": limits(stands, desk),
        "higher": grid.codes[rank + 1 :], "lower": grid.codes[: max(rank, 0)],
    }
