"""What do people of an akimat see of the register: open entries by their day, and one entry with its children?"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Form, Post, Typed
from plumbing.pages import Desk
from plumbing.problems import Problem
from services.social_registry import reading
from services.social_registry.facts import Entry
from services.social_registry.terms import day_of
from services.social_registry.web import looks
from services.social_registry.web.acting import EntryFields, as_form, path_of, wanted
from services.social_registry.web.seen import SEEN


def add_register(app: FastAPI, desk: Desk) -> None:
    """The open entries of the register; one of them is acted on after what others will see was shown."""

    @app.get("/register", response_class=HTMLResponse, include_in_schema=False)
    def register(request: Request) -> HTMLResponse:
        return desk.page(request, "register.html", _list(desk, request))

    @app.get("/register.json")
    def listed() -> list[dict[str, Any]]:
        """Open entries without household: what staff software polls."""
        return [_listed(desk, entry, queue) for entry, queue in desk.look(reading.open_entries)]

    _add_one(app, desk)


def _add_one(app: FastAPI, desk: Desk) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        entry_id = request.path_params.get("entry_id", form.typed.get("entry_id", ""))
        return desk.page(request, "entry.html", _one(desk, entry_id) | {"form": form, "status": form.status})

    def confirm(request: Request, form: Form) -> HTMLResponse:
        move = desk.service.law.entries.moves.get(form.value.act)
        told = {"action": "/register/act", "back": f"/register/{form.value.entry_id}", "move": move}
        return desk.page(request, "confirm.html", {"form": form, "lines": SEEN.get(form.value.act, ()), **told})

    post = Post(EntryFields, EntryFields.order, show, lambda value: f"/register/{value.entry_id}", confirm)

    @app.get("/register/{entry_id}", response_class=HTMLResponse, include_in_schema=False)
    def one(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post("/register/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _list(desk: Desk, request: Request) -> dict[str, Any]:
    asked = desk.access.narrowed(wanted(request.query_params), "list", "entry")
    own = desk.access.scope("list", "entry")
    rows, pages = desk.look(lambda tx: reading.entries(tx, asked))
    known = {region for _, region in desk.look(lambda tx: reading.facilities(tx, "akimat"))}
    regions = sorted(region for region in known if own.region in ("", region))
    return {
        "rows": rows, "page": asked["page"], "pages": pages, "path": path_of("/register", asked), "regions": regions,
        "asked": as_form(asked), "today": day_of(desk.now()),
    }


def _one(desk: Desk, entry_id: str) -> dict[str, Any]:
    found = desk.show(lambda tx: reading.entry(tx, entry_id), looks.entry)
    if found is None:
        raise Problem(404, "unknown", "there is no such entry here")
    entry, queue = found
    law = desk.service.law.entries
    notices = desk.show(lambda tx: [reading.referral(tx, need_id) for need_id in entry.notices], looks.notices)
    return {
        "entry": entry, "queue": queue, "today": day_of(desk.now()), "seen": SEEN,
        "moves": law.acts("entry", entry.state),
        "child_moves": [] if entry.state == "closed" else [law.moves["list_child"], law.moves["close_child"]],
        "cards": [notice.card for notice in notices if notice and notice.card],
        "done": desk.look(lambda tx: reading.done(tx, entry_id)),
    }


def _listed(desk: Desk, entry: Entry, queue: str) -> dict[str, Any]:
    return {
        "entry_id": entry.entry_id, "kind": "entry", "state": entry.state, "region": entry.region,
        "facility": entry.facility_code, "level": entry.level, "children": entry.listed,
        "due_on": str(entry.due_on), "seen": entry.changes, "with": queue,
        "acts": [move.name for move in desk.service.law.entries.acts("entry", entry.state)],
    }
