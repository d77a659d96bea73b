"""What do police see and send? Reports as JSON, and the duty officer's worklist; each act is a command."""

from __future__ import annotations

from fastapi import FastAPI

from plumbing.pages import Desk
from services.police_intake.web import reports, worklist


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The door for machines and the page for people."""
    reports.add(app, desk)
    worklist.add(app, desk)
