"""How does a machine ask once and hear the answer: under which key, about which report, with which status?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse

from plumbing.actors import whose
from plumbing.identity import is_id
from plumbing.problems import Problem
from plumbing.service import CommandRefused
from services.police_intake.messages import Repeated, Replied, Request
from services.police_intake.web.reading import content_of

Key = Annotated[str, Header(alias="Idempotency-Key", max_length=200)]
Client = Annotated[str, Header(alias="Qorgan-Client", max_length=100)]


def asked(client: str, key: str, body: Any) -> Request:
    _, body_hash = content_of(body)
    return Request(whose(client), key, body_hash)


def known(report_id: str) -> str:
    if not is_id(report_id):
        raise Problem(404, "unknown-report", "there is no such report")
    return report_id


def reply(events: Sequence[Any]) -> JSONResponse:
    for event in events:
        if isinstance(event, CommandRefused):
            kind, _, report_id = event.kind.partition(" ")
            status = {"key-reused": 422, "unknown-report": 404}.get(kind, 409)
            raise Problem(status, kind, event.detail + (f" ({report_id})" if report_id else ""))
    for event in events:
        if isinstance(event, (Replied, Repeated)):
            return JSONResponse(event.body, event.status)
    raise Problem(500, "no-answer", "the command ended without an answer")
