"""How does a dispatch system seal to us, and how is it told what became of an incident it published?"""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI

from plumbing.pages import Desk
from plumbing.problems import Problem
from services.police_intake import asking
from services.police_intake.dispatch.asking import incidents
from services.police_intake.dispatch.keys import NoDispatchKey, published, read_keys
from services.police_intake.web import looks

log = logging.getLogger(__name__)


def add(app: FastAPI, desk: Desk) -> None:
    """GET /dispatch-key, GET /incidents/{id}."""

    @app.get("/dispatch-key")
    def key() -> dict[str, str]:
        """The public key to which the sealed part of an incident is sealed, and its id."""
        try:
            return published(read_keys())
        except NoDispatchKey as error:
            log.error("no key can be published: %s", error)
            raise Problem(503, "no-dispatch-key", "no key is published here now: tell whoever runs police intake") from error

    @app.get("/incidents/{incident_id}")
    def incident(incident_id: str) -> dict[str, Any]:
        """The verdict, every field that is wrong, and the report as GET /reports/{id} gives it; never where anybody is."""
        heard = desk.look(lambda tx: incidents(tx, [incident_id])).get(incident_id)
        if heard is None:
            raise Problem(404, "unknown-incident", "no such incident was heard yet")
        report = desk.show(lambda tx: asking.report_state(tx, heard.report_id), looks.state) if heard.report_id else None
        errors = [vars(error) for error in heard.errors]
        return {"incident_id": incident_id, "verdict": heard.verdict, "errors": errors, **(report or {})}
