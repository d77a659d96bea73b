"""How is a report sent, corrected, taken back and asked about? JSON over HTTP, once per Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from plumbing.actors import is_machine, signature, whose
from plumbing.authorising import Place
from plumbing.guarding import SAFE
from plumbing.pages import Desk
from plumbing.problems import BadField, Problem, respond, wants_page
from plumbing.texts import N_
from services.police_intake import asking
from services.police_intake.consent.asking import for_machines
from services.police_intake.messages import RegisterReport, SetAside, TakeBack
from services.police_intake.messages import Request as Asked
from services.police_intake.sealed import lock_name
from services.police_intake.web import looks
from services.police_intake.web.body import ReportBody, TakeBackBody
from services.police_intake.web.machines import Client, Key, asked, content_of, known, reply
from services.police_intake.web.reading import broken_rules, pydantic_errors, read_report

RAW_CHARACTERS_KEPT = 200_000


def add(app: FastAPI, desk: Desk, show_report: Callable[[Desk, Request], Any]) -> None:
    """POST /reports, PUT and GET /reports/{id}, POST /reports/{id}/cancellation and /unfounded.

    `show_report` gives people the page of what machines get as JSON.
    """
    _add_refusal(app, desk)
    _add_sending(app, desk, show_report)
    _add_taking_back(app, desk)


def _add_refusal(app: FastAPI, desk: Desk) -> None:
    asked_wrongly = app.exception_handlers[RequestValidationError]

    @app.exception_handler(RequestValidationError)
    async def refuse(request: Request, error: RequestValidationError) -> Any:
        if request.method in SAFE:  # nothing was sent that could be lost
            return await asked_wrongly(request, error)  # type: ignore[misc]
        raw, errors = await request.body(), error.errors()
        sent = error.body if request.method == "PUT" or request.url.path == "/reports" else None
        return await run_in_threadpool(_refused, desk, raw, lambda: [
            *pydantic_errors(errors), *broken_rules(sent, errors, desk.now())
        ])

    @app.exception_handler(400)
    async def unreadable(request: Request, error: Exception) -> JSONResponse:
        wrong = [BadField("body", "this is no JSON in UTF-8", "send one JSON object")]
        return await run_in_threadpool(_refused, desk, await request.body(), lambda: wrong)


def _refused(desk: Desk, raw: bytes, wrong: Callable[[], list[BadField]]) -> JSONResponse:
    detail = "the request breaks these rules; it is kept for the duty officer"
    try:
        _keep_refused(desk, raw.decode("utf-8", "replace"))
        return respond(Problem(422, "bad-fields", detail, wrong()))
    except Problem as away:
        return respond(away)


def _add_sending(app: FastAPI, desk: Desk, show_report: Callable[[Desk, Request], Any]) -> None:
    @app.post("/reports", status_code=201)
    def post(body: ReportBody, key: Key = "", client: Client = "") -> JSONResponse:
        return reply(desk.act(_command(desk, body, asked(client, key, body)), lock_name(f"number/{body.kui_number}")))

    @app.put("/reports/{report_id}")
    def put(report_id: str, body: ReportBody, key: Key = "", client: Client = "") -> JSONResponse:
        return reply(desk.act(_command(desk, body, asked(client, key, body), known(report_id)), report_id))

    @app.get("/reports/{report_id}", response_model=None)
    def get(request: Request, report_id: str) -> Any:
        """The report's state and each need's; for a victim's need never a facility. People get it as a page."""
        if wants_page(request) and not is_machine():
            return show_report(desk, request)
        found = desk.show(lambda tx: asking.report_state(tx, known(report_id)), looks.state)
        if found is None:
            raise Problem(404, "unknown-report", "there is no such report")
        return {**found, "consent": desk.look(lambda tx: for_machines(tx, report_id))}


def _add_taking_back(app: FastAPI, desk: Desk) -> None:
    @app.post("/reports/{report_id}/cancellation")
    def cancel(report_id: str, body: TakeBackBody, key: Key = "", client: Client = "") -> JSONResponse:
        command = TakeBack(known(report_id), body.reason, signature(body.by), asked(client, key, body))
        return reply(desk.act(command, report_id))

    @app.post("/reports/{report_id}/unfounded")
    def unfounded(report_id: str, key: Key = "", client: Client = "") -> JSONResponse:
        request = Asked(whose(client), key, f"unfounded/{report_id}")
        command = TakeBack(known(report_id), "unfounded", signature("duty officer"), request)
        return reply(desk.act(command, report_id))


def _command(desk: Desk, body: ReportBody, request: Asked, report_id: str = "") -> RegisterReport:
    fields, wrong = read_report(body, desk.now())
    content, content_hash = content_of(body)
    if fields is None:
        _keep_refused(desk, body.model_dump_json())
        raise Problem(422, "bad-fields", "the report breaks these rules; it is kept for the duty officer", wrong)
    desk.access.demand("correct" if report_id else "register", "report", Place(fields.region, fields.station))
    return RegisterReport(fields, content, content_hash, (), None, request, None, report_id)


def _keep_refused(desk: Desk, raw: str) -> None:
    """Nothing is lost: an officer finds the refused request again, as it came."""
    text = raw.replace("\0", "")[:RAW_CHARACTERS_KEPT]
    digest = sha256(text.encode()).hexdigest()
    desk.act(SetAside("refused", N_("a request that broke the rules of the form"), {"body": text}, digest), lock_name(digest))
