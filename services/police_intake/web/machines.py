"""How does a machine ask once and hear the answer: under which key, about which report, with which status?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from plumbing import vault
from plumbing.actors import whose
from plumbing.identity import is_id
from plumbing.problems import Problem
from plumbing.service import CommandRefused
from services.police_intake.messages import Repeated, Replied, Request

Key = Annotated[str, Header(alias="Idempotency-Key", max_length=200)]
Client = Annotated[str, Header(alias="Qorgan-Client", max_length=100)]


LATER = {"wants_woman": "not_asked"}  # came later: while it says nothing, a body has the hash it had before


def content_of(body: BaseModel) -> tuple[dict[str, str], str]:
    """The content as sent, and its hash, equal for equal content in any order of fields."""
    known = {name: one for name, one in json.loads(body.model_dump_json()).items() if (name, one) not in LATER.items()}
    content = {name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for name, one in known.items()}
    return content, sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def asked(client: str, key: str, body: BaseModel) -> Request:
    _, body_hash = content_of(body)
    return Request(whose(client), key, vault.here().index("body", body_hash).hex())


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
