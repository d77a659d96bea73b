"""Which lists of needs are there? The unplaced, oldest first; and behind every number its own list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from plumbing.forms import Form
from plumbing.pages import Desk
from services.referral_router import overview
from services.referral_router.facts import WITH_PERSON
from services.referral_router.overview import PAGE, Chosen

STATES = ("with_person", "asked", "withdrawing", "held", "arrived", "left", "settled", "withdrawn")
Wanted = Annotated[Chosen, Depends()]
Page = Annotated[int, Query(ge=1, le=100_000)]


def add(app: FastAPI, desk: Desk) -> None:
    """GET /worklist: those nobody could place. GET /needs: any others."""

    @app.get("/worklist", response_class=HTMLResponse, include_in_schema=False)
    def worklist(request: Request, chosen: Wanted, page: Page = 1) -> HTMLResponse:
        return _shown(desk, request, replace(chosen, state=WITH_PERSON), page)

    @app.get("/needs", response_class=HTMLResponse, include_in_schema=False)
    def needs(request: Request, chosen: Wanted, page: Page = 1) -> HTMLResponse:
        return _shown(desk, request, chosen, page)

    @app.get("/needs.json")
    def counted() -> list[dict[str, Any]]:
        """Needs by kind, region and state: counts only."""
        told = partial(overview.counts, own=desk.access.scope("list", "need").region)
        return [dict(zip(("kind", "region", "state", "count"), row, strict=True)) for row in desk.look(told)]


def _shown(desk: Desk, request: Request, chosen: Chosen, page: int) -> HTMLResponse:
    unplaced = request.url.path == "/worklist"
    own = desk.access.scope("list", "need").region
    chosen = replace(chosen, region=own) if own else chosen
    rows, count = desk.look(lambda tx: overview.listed(tx, chosen, page, own))
    counts = desk.look(lambda tx: overview.by_state(tx, chosen, own))
    words = desk.speeches["en"].words
    context = {
        "rows": rows, "count": count, "page": page, "pages": -(-count // PAGE), "unplaced": unplaced, "chosen": chosen,
        "path": f"{request.url.path}?{(replace(chosen, state='') if unplaced else chosen).query()}",
        "counts": counts, "states": STATES, "kinds": sorted({kind for kind, _ in counts}),
        "queues": desk.look(lambda tx: overview.by_queue(tx, own)),
        "tasks": desk.look(lambda tx: overview.other_tasks(tx, own)) if unplaced else [],
        "all": {name: sorted(code for kind, code in words if kind == name) for name in ("need", "region", "queue")}
        | ({"region": [own]} if own else {}),
        "now": desk.now(), "form": Form({name: value for name, value in vars(chosen).items() if value}),
    }
    return desk.page(request, "worklist.html", context)
