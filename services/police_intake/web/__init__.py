"""What do police see and send? Reports as JSON, and the duty officer's worklist; each act is a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from plumbing.pages import Desk
from services.police_intake.web import (
    answers,
    consents,
    doubles,
    handover,
    held,
    incidents,
    listing,
    measures,
    new_report,
    papers,
    prosecutor,
    reports,
    risk,
    roster,
    worklist,
)


def add_pages(app: FastAPI, desk: Desk, read_again: Callable[..., Any]) -> None:
    """The door for machines and the pages for people; `read_again` reads a held record as the journal does."""
    held.add(app, desk, read_again)
    # /reports/new stands before /reports/{id}.
    desks = (new_report, listing, answers, consents, risk, doubles, handover, worklist, measures, papers, prosecutor, roster)
    for pages in desks:
        pages.add(app, desk)
    reports.add(app, desk, listing.show_report)
    incidents.add(app, desk)
