"""Which messages were set aside, and how does a person take them again?"""

from __future__ import annotations

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from plumbing import dead_letters, recovery
from plumbing.pages import Desk


def add(app: FastAPI, desk: Desk) -> None:
    """GET /dead-letters, and the act that redrives a key in order."""

    @app.get("/dead-letters", response_class=HTMLResponse, include_in_schema=False)
    def letters(request: Request) -> HTMLResponse:
        return desk.page(request, "dead_letters.html", {"letters": desk.look(dead_letters.lying)})

    @app.post("/dead-letters/redrive", include_in_schema=False)
    def redrive(key: str = Form()) -> RedirectResponse:
        recovery.redrive(desk.step, key)
        return RedirectResponse("/dead-letters", 303)
