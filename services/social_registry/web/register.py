"""What do people of an akimat see of the register, and what can they do with an entry? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from plumbing.pages import Desk
from plumbing.problems import Problem
from plumbing.service import CommandRefused
from services.social_registry import store
from services.social_registry.facts import Entry
from services.social_registry.messages import RegisterAct
from services.social_registry.terms import day_of


def add_register(app: FastAPI, desk: Desk) -> None:
    """The open entries of the register, and the acts on them."""

    @app.get("/register", response_class=HTMLResponse, include_in_schema=False)
    def register(request: Request) -> HTMLResponse:
        rows = [_row(desk, entry, queue) for entry, queue in desk.look(store.register)]
        return desk.page(request, "register.html", {"rows": rows, "today": day_of(desk.now())})

    @app.get("/register.json")
    def listed() -> list[dict[str, Any]]:
        """Open entries without household: what staff software polls."""
        return [_listed(desk, entry, queue) for entry, queue in desk.look(store.register)]

    @app.post("/register/act", include_in_schema=False)
    def act(
        entry_id: str = Form(), act: str = Form(), by: str = Form(), code: str = Form(""), seen: int = Form(),
        child: int = Form(0),
    ) -> RedirectResponse:
        command = RegisterAct(entry_id, act, by.strip() or "unnamed", code, seen, child)
        for event in desk.act(command, entry_id):
            if isinstance(event, CommandRefused):
                raise Problem(409, event.kind, event.detail)
        return RedirectResponse("/register", 303)


def _listed(desk: Desk, entry: Entry, queue: str) -> dict[str, Any]:
    return {
        "entry_id": entry.entry_id, "kind": "entry", "state": entry.state, "region": entry.region,
        "facility": entry.facility_code, "level": entry.level, "children": entry.listed,
        "due_on": str(entry.due_on), "seen": entry.changes, "with": queue,
        "acts": [move.name for move in desk.service.law.entries.acts("entry", entry.state)],
    }


def _row(desk: Desk, entry: Entry, queue: str) -> dict[str, Any]:
    moves = desk.service.law.entries.acts("entry", entry.state)
    return {**_listed(desk, entry, queue), "due_on": entry.due_on, "ground": entry.ground, "moves": moves}
