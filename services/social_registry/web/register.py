"""What do people of an akimat see of the register, and what can they do with an entry? A form makes a command."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk
from services.social_registry import store
from services.social_registry.facts import Entry
from services.social_registry.messages import RegisterAct
from services.social_registry.terms import day_of


class EntryFields(Fields):
    """What the button of a move of an entry sends."""

    entry_id: str
    act: str
    by: Name
    seen: int
    code: str = ""
    child: int = 0

    def order(self) -> tuple[RegisterAct, str]:
        return RegisterAct(self.entry_id, self.act, self.by, self.code, self.seen, self.child), self.entry_id


def add_register(app: FastAPI, desk: Desk) -> None:
    """The open entries of the register, and the acts on them."""

    def show(request: Request, form: Form) -> HTMLResponse:
        rows = [_row(desk, entry, queue) for entry, queue in desk.look(store.register)]
        context = {"rows": rows, "today": day_of(desk.now()), "form": form, "status": form.status}
        return desk.page(request, "register.html", context)

    post = Post(EntryFields, EntryFields.order, show, lambda _: "/register")

    @app.get("/register", response_class=HTMLResponse, include_in_schema=False)
    def register(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.get("/register.json")
    def listed() -> list[dict[str, Any]]:
        """Open entries without household: what staff software polls."""
        return [_listed(desk, entry, queue) for entry, queue in desk.look(store.register)]

    @app.post("/register/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


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
