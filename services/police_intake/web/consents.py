"""How do police see what she agreed to, take her withdrawal, and tell something without her yes?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from plumbing import actors
from plumbing.actors import signature
from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.languages import NAMES, choose
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake import asking as reports
from services.police_intake.consent import asking
from services.police_intake.consent.messages import AskDisclosure, DecideDisclosure, ReviewDisclosure, WithdrawConsent
from services.police_intake.consent.notices import LAW
from services.police_intake.web import looks
from services.police_intake.web.body import Line
from services.police_intake.web.machines import Client, Key, asked, known, reply


class WithdrawalBody(BaseModel):
    """Who heard her take it back, and how she said it."""

    model_config = ConfigDict(extra="forbid")
    by: Annotated[Line, Field(min_length=1)]
    how: Literal["spoken", "signed", "telephone"] = "spoken"


class WithdrawFields(Fields):
    """What the button that takes her consent back sends."""

    report_id: str
    by: Name
    how: Literal["spoken", "signed", "telephone"] = "spoken"

    def order(self) -> tuple[WithdrawConsent, str]:
        return WithdrawConsent(self.report_id, self.by, self.how), self.report_id


class AskFields(Fields):
    """A first person asks."""

    report_id: str
    reason: str
    by: Name

    def order(self) -> tuple[AskDisclosure, str]:
        return AskDisclosure(self.report_id, self.reason, self.by, _actor()), self.report_id


class DecideFields(Fields):
    """A second person decides."""

    report_id: str
    version: int
    allow: Literal["yes", "no"]
    by: Name

    def order(self) -> tuple[DecideDisclosure, str]:
        return DecideDisclosure(self.report_id, self.version, self.allow == "yes", self.by, _actor()), self.report_id


class ReviewFields(Fields):
    """A third person looks at it afterwards."""

    report_id: str
    version: int
    lawful: Literal["yes", "no"]
    by: Name

    def order(self) -> tuple[ReviewDisclosure, str]:
        return ReviewDisclosure(self.report_id, self.version, self.lawful == "yes", self.by, _actor()), self.report_id


FORMS: dict[str, Any] = {
    "withdrawn": WithdrawFields, "disclosure": AskFields, "disclosure/decision": DecideFields,
    "disclosure/review": ReviewFields,
}


# What each form needs beyond the page itself; a review is a supervisor's.
NEEDS = {"withdrawn": "withdraw", "disclosure": "disclose", "disclosure/decision": "disclose", "disclosure/review": "supervise"}


def add(app: FastAPI, desk: Desk) -> None:
    """GET /reports/{id}/consent with its four forms, GET /notices/{id}/{version}, POST /reports/{id}/consent-withdrawal."""

    @app.post("/reports/{report_id}/consent-withdrawal")
    def withdraw(report_id: str, body: WithdrawalBody, key: Key = "", client: Client = "") -> JSONResponse:
        """She agrees no longer: every holder of a card of hers destroys its key, and says so."""
        command = WithdrawConsent(known(report_id), signature(body.by), body.how, asked(client, key, body))
        return reply(desk.act(command, report_id))

    @app.get("/notices/{notice_id}/{version}", response_class=HTMLResponse, include_in_schema=False)
    def notice(request: Request, notice_id: str, version: str) -> HTMLResponse:
        return _notice(desk, request, f"{notice_id}/{version}")

    _add_forms(app, desk)


def _add_forms(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "consent.html", _told(desk, request) | {"form": form, "status": form.status})

    def confirm(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "withdraw.html", _told(desk, request) | {"form": form})

    def told(act: str) -> Post:
        fields = FORMS[act]
        asks = confirm if act == "withdrawn" else None
        return Post(fields, fields.order, show, lambda value: f"/reports/{value.report_id}/consent", asks)

    posts = {act: told(act) for act in FORMS}

    @app.get("/reports/{report_id}/consent", response_class=HTMLResponse, include_in_schema=False)
    def consent(request: Request, report_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/reports/{report_id}/consent/{act:path}", include_in_schema=False)
    def act(request: Request, report_id: str, act: str, typed: Typed) -> Response:
        if act not in posts or typed.get("report_id") != known(report_id):
            raise Problem(404, "unknown-report", "there is no such act on this report")
        if not desk.access.may(NEEDS[act], "report"):
            raise Problem(403, "not-yours", "your role may not do this here")
        return posts[act].answer(desk, request, typed)


def _told(desk: Desk, request: Request) -> dict[str, Any]:
    report_id = known(request.path_params["report_id"])
    report = desk.show(lambda tx: reports.one_report(tx, report_id), looks.consent)
    if report is None:
        raise Problem(404, "unknown-report", "there is no such report")
    disclosures = desk.look(lambda tx: asking.disclosures(tx, report_id))
    return {
        "report": report, "said": desk.look(lambda tx: asking.said(tx, report_id)), "now": desk.now(),
        "withdrawal": desk.look(lambda tx: asking.withdrawal(tx, report_id)), "disclosures": disclosures,
        "disclosure": disclosures[0] if disclosures else None, "cards": desk.look(lambda tx: asking.grounds(tx, report_id)),
        "grounds": LAW.grounds, "notice": LAW.current(desk.now()), "languages_of_notice": NAMES,
    }


def _notice(desk: Desk, request: Request, name: str) -> HTMLResponse:
    """Her language, not the officer's: chosen on the page, and printed."""
    found = [one for one in LAW.notices if one.name == name]
    if not found:
        raise Problem(404, "unknown-notice", "there is no such notice")
    asked = request.query_params.get("language", "")
    spoken = asked if asked in NAMES else choose(request.cookies.get("lang", ""), "", desk.settings.language)
    parts = [part.replace("\n", " ") for part in found[0].text[spoken].strip().split("\n\n")]
    return desk.page(request, "notice.html", {"notice": found[0], "spoken": spoken, "names": NAMES, "parts": parts})


def _actor() -> str:
    who = actors.current.get()
    return who.subject if who is not None else ""
