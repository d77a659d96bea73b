"""What do police see and send? Reports as JSON, and the duty officer's worklist; each act is a command."""

from __future__ import annotations

from fastapi import FastAPI

from plumbing.pages import Desk
from services.police_intake.web import answers, doubles, handover, held, listing, new_report, reports, worklist


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The door for machines and the page for people."""
    # /reports/new stands before /reports/{id}.
    for pages in (new_report, listing, answers, held, doubles, handover, worklist, reports):
        pages.add(app, desk)
