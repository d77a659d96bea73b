"""How does an officer complete a record that could not be taken, or say that it is no report?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.authorising import Place
from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed, Wrong, read
from plumbing.identity import is_id
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake import synthetic
from services.police_intake.journal.columns import HEADINGS
from services.police_intake.messages import RegisterReport
from services.police_intake.officer import asking as waiting
from services.police_intake.officer.acts import CloseRecord, CompleteRecord
from services.police_intake.web import looks

if TYPE_CHECKING:
    from services.police_intake.journal.record import ReadRow

KINDS = ("held", "refused", "rejected")
CELLS = tuple(name for name in HEADINGS if name not in ("narrative", "reporter", "officer"))


class Sent(NamedTuple):
    """What was typed, the record it completes, and both together read as a journal's row."""

    typed: Any
    record: dict[str, Any]
    row: ReadRow


class HeldFields(Fields):
    """Who completes it; its cells are read beside this."""

    held_id: str
    by: Name
    corrects: str = ""


class CloseFields(Fields):
    held_id: str
    by: Name

    def order(self) -> tuple[CloseRecord, str]:
        return CloseRecord(self.held_id, self.by), self.held_id


def add(app: FastAPI, desk: Desk, read_again: Callable[..., ReadRow]) -> None:
    """GET and POST /held/{id}, POST /held/{id}/close; `read_again` reads a record as the journal does."""

    def show(request: Request, form: Form) -> HTMLResponse:
        record = _record(desk, request.path_params["held_id"])
        kind, _, known = form.refused.kind.partition(" ") if form.refused else ("", "", "")
        form = replace(form, refused=replace(form.refused, kind=kind)) if form.refused else form
        due = desk.look(lambda tx: waiting.due_of(tx, record["held_id"], KINDS))
        shown = {"record": record, "cells": CELLS, "known": known, "due_at": due, "now": desk.now()}
        return desk.page(request, "held.html", {**shown, "form": form, "status": form.status})

    closing = Post(CloseFields, CloseFields.order, show, lambda value: f"/held/{value.held_id}")

    @app.get("/held/{held_id}", response_class=HTMLResponse, include_in_schema=False)
    def held(request: Request, held_id: str) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/held/{held_id}", include_in_schema=False)
    def complete(request: Request, held_id: str, typed: Typed) -> Response:
        record = _record(desk, held_id)
        row = read_again(_content(record, typed), record["extracted_at"], desk.now(), synthetic.allowed())
        return _completed(desk, request, Sent(typed, record, row), show)

    @app.post("/held/{held_id}/close", include_in_schema=False)
    def close(request: Request, held_id: str, typed: Typed) -> Response:
        return closing.answer(desk, request, typed)


def _completed(desk: Desk, request: Request, sent: Sent, show: Any) -> Response:
    """What still cannot be read is told beside its field; what was typed may name no station but the actor's own."""
    form = read(HeldFields, sent.typed)
    errors = {**form.errors, **_errors(sent.row)}
    if errors and not sent.record["outcome"]:
        return show(request, replace(form, errors=errors, status=422))
    if (report := sent.row.report) is not None:
        desk.access.demand("settle", "record", Place(report.region, report.station))
    post = Post(HeldFields, lambda value: _order(value, sent.row), show, lambda value: f"/held/{value.held_id}")
    return post.answer(desk, request, sent.typed)


def _order(value: HeldFields, row: ReadRow) -> tuple[CompleteRecord | CloseRecord, str]:
    if row.report is None:  # settled meanwhile by another: the refusal says by whom
        return CloseRecord(value.held_id, value.by), value.held_id
    made = RegisterReport(row.report, dict(row.content), row.content_hash, tuple(row.doubts), row.extracted_at)
    return CompleteRecord(value.held_id, made, value.by, value.corrects == "yes"), value.held_id


def _content(record: dict[str, Any], typed: Any) -> dict[str, str]:
    """What came, with what was typed in its place."""
    return {**record["content"], **{name: str(typed[name]) for name in CELLS if name in typed}}


def _errors(row: ReadRow) -> dict[str, Wrong]:
    if row.verdict == "report":
        return {}
    report = row.report
    if report is not None and report.kui_number is None:
        return {"kui_number": Wrong(row.reason)}
    return {"recorded_at" if report is not None else "victim": Wrong(row.reason)}


def _record(desk: Desk, held_id: str) -> dict[str, Any]:
    record: dict[str, Any] | None = None
    if is_id(held_id):
        record = desk.show(lambda tx: waiting.held_record(tx, held_id), looks.held)
    if record is None:
        raise Problem(404, "unknown-record", "there is no such record")
    return record
