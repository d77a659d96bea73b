"""How does a clerk add to a known report what the journal lacks: consent, safe contact, what was seen?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed, read
from plumbing.identity import is_id
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake import asking
from services.police_intake.consent import asking as consent_asking
from services.police_intake.officer.acts import AddAnswers, RiskSeen, VictimAnswered
from services.police_intake.report import Consent, Injury, SafeContact, SafeContactKind, Violence, Wish
from services.police_intake.web import looks
from services.police_intake.web.agreeing import as_typed, terms_of, what_is_seen
from services.police_intake.web.body import Children, Lines
from services.police_intake.web.new_fields import LISTS, asking_errors

SEEN = {"yes": True, "no": False, "unknown": None}


class AnswerFields(Fields):
    """Only what the journal does not know."""

    report_id: str
    by: Name
    consent: Consent = Consent.NOT_ASKED
    asked_apart: str = "no"
    wants_woman: Wish = Wish.NOT_ASKED
    safe_contact: SafeContactKind = SafeContactKind.NEVER
    safe_contact_detail: Lines = ""
    violence: list[Violence] = Field(default_factory=list)
    injury: Injury = Injury.UNDETERMINED
    weapon_seen: str = "unknown"
    children: Children | None = None
    seen: int = 0
    notice: str = ""  # which notice was given to her; empty: the form did not show one
    notice_language: str = ""
    scope: Literal["whole", "part"] = "whole"
    recipients: list[str] = Field(default_factory=list)
    classes: list[str] = Field(default_factory=list)
    term_days: int = 0
    how: Literal["spoken", "signed", "telephone"] = "spoken"
    handed_card: list[str] = Field(default_factory=list)

    def order(self) -> tuple[AddAnswers, str]:
        contact = SafeContact(self.safe_contact, "" if self.safe_contact == SafeContactKind.NEVER else self.safe_contact_detail)
        answers = VictimAnswered(self.report_id, self.asked_apart == "yes", self.consent, contact, self.by)
        kinds = tuple(kind for kind in Violence if kind in self.violence)
        risk = RiskSeen(kinds, self.injury, SEEN.get(self.weapon_seen), self.children)
        terms = terms_of(self) if self.consent == Consent.YES and self.notice else None
        said = (self.seen, terms, self.how, bool(self.handed_card), self.wants_woman)
        return AddAnswers(self.report_id, answers, risk, self.by, *said), self.report_id


def add(app: FastAPI, desk: Desk) -> None:
    """GET and POST /reports/{id}/answers."""

    def show(request: Request, form: Form) -> HTMLResponse:
        report_id = request.path_params["report_id"]
        report = desk.show(lambda tx: asking.one_report(tx, report_id), looks.report) if is_id(report_id) else None
        if report is None:
            raise Problem(404, "unknown-report", "there is no such report")
        if report["fields"] is None:
            raise Problem(410, "erased", "this report is erased: who it was about is known to nobody any more")
        told = desk.look(lambda tx: asking.known_answers(tx, report_id))
        if form is EMPTY:
            said = desk.look(lambda tx: consent_asking.said(tx, report_id))
            form = Form(_known(report["fields"], told) | as_typed(said[0][0] if said else None, desk.now()))
        context = {"report": report, "lists": LISTS, "form": form, "status": form.status, **what_is_seen(desk.now())}
        return desk.page(request, "answers.html", context)

    post = Post(AnswerFields, AnswerFields.order, show, lambda value: f"/reports/{value.report_id}")

    @app.get("/reports/{report_id}/answers", response_class=HTMLResponse, include_in_schema=False)
    def answers(request: Request, report_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/reports/{report_id}/answers", include_in_schema=False)
    def add_answers(request: Request, report_id: str, typed: Typed) -> Response:
        form = read(AnswerFields, typed)
        errors = {**form.errors, **asking_errors(form.typed)}
        if errors:
            return show(request, replace(form, errors=errors, status=422))
        return post.answer(desk, request, typed)


def _known(fields: dict[str, Any], told: Any) -> dict[str, Any]:
    """What is known already stands in the form, so that nobody types it twice."""
    weapon = {True: "yes", False: "no", None: "unknown"}[fields["weapon_seen"]]
    children = "" if fields["children"] is None else str(fields["children"])
    consent = fields["consent"] if fields["consent"] in ("yes", "no") else "not_asked"
    contact = fields["safe_contact"]
    return {
        "consent": consent, "asked_apart": "yes" if told and told[0] else "no", "safe_contact": contact["kind"],
        "safe_contact_detail": contact["detail"], "violence": fields["violence"], "injury": fields["injury"],
        "weapon_seen": weapon, "children": children, "wants_woman": fields["wants_woman"],
    }
