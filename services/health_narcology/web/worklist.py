"""What do people at a detox centre or clinic see, and what can they do? A form makes a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.forms import EMPTY, Fields, Form, Name, Post, Typed
from plumbing.pages import Desk
from plumbing.texts import N_
from services.health_narcology import asking
from services.health_narcology.facts import Referral
from services.health_narcology.messages import StaffAct
from services.health_narcology.moving import STAY, STAY_MAX
from services.health_narcology.web import looks
from services.health_narcology.web.cards import card
from services.health_narcology.web.showing import asked, confirming, listing, own_places

Found = tuple[Referral, str, bytes | None]
LISTED = ("need_id", "kind", "state", "facility", "region", "acts", "codes")


@dataclass(frozen=True)
class Board:
    """One list: where it is, what is on it, and to which states it can be narrowed."""

    path: str
    kind: str
    facilities: str
    title: str
    hint: str
    states: tuple[str, ...]


DETOX_HINT = N_(
    "A bed that is held is not yet a person brought. Police see only that the referral was answered for; findings stay here."
)
EXAMINATIONS_HINT = N_(
    "A proposal is no label: a narcologist decides. Voluntary treatment comes first; what is not needed leaves no trace."
)
DETOX = Board(
    "/worklist", "detox", "detox", N_("Detox: who is expected, brought and admitted"), DETOX_HINT,
    ("held", "confirmed", "brought", "admitted", "extended", "due", "refused_at_door"),
)
EXAMINATIONS = Board(
    "/examinations", "examination", "narcology", N_("Proposals of an examination"), EXAMINATIONS_HINT,
    ("waiting", "decided"),
)


class ActFields(Fields):
    """What the button of a move sends."""

    need_id: str
    act: str
    by: Name
    code: str = ""
    channel: Literal["page", "telephone"] = "page"

    def order(self) -> tuple[StaffAct, str]:
        return StaffAct(self.need_id, self.act, self.by, self.code, self.channel), self.need_id


def add_pages(app: FastAPI, desk: Desk) -> None:
    """A list of detox and one of examinations; their acts are the commands that the demo's staff use too."""
    for board in (DETOX, EXAMINATIONS):
        _add_board(app, desk, board)

    @app.get("/worklist.json")
    def listed() -> list[dict[str, Any]]:
        """Live referrals of both kinds without names: what staff software polls."""
        rows = [_row(desk, found) for found in desk.look(asking.worklist)]
        return [{name: row[name] for name in LISTED} for row in rows]


def _add_board(app: FastAPI, desk: Desk, board: Board) -> None:
    def show(request: Request, form: Form) -> HTMLResponse:
        return desk.page(request, "worklist.html", {**_shown(desk, board, request), "form": form, "status": form.status})

    confirms = confirming(desk, desk.service.law.moves, (f"{board.path}/act", board.path))
    post = Post(ActFields, ActFields.order, show, lambda _: board.path, confirms)

    @app.get(board.path, response_class=HTMLResponse, include_in_schema=False)
    def shown(request: Request) -> HTMLResponse:
        return show(request, EMPTY)

    @app.post(f"{board.path}/act", include_in_schema=False)
    def act(request: Request, typed: Typed) -> Response:
        return post.answer(desk, request, typed)


def _shown(desk: Desk, board: Board, request: Request) -> dict[str, Any]:
    narrowed, now = desk.access.narrowed(asked(request), "list", board.kind), desk.now()
    found, total = desk.show(lambda tx: asking.referrals(tx, board.kind, asking.Narrowed(**narrowed), now), looks.on_board)
    regions, facilities = own_places(desk, board.kind, asking.places, board.facilities)
    return {
        "title": board.title, "hint": board.hint, "home": board.path, "action": f"{board.path}/act", "states": board.states,
        "rows": [_row(desk, one) for one in found], "regions": regions, "facilities": facilities, "now": now,
        "tasks": desk.open_tasks("referral") if board is DETOX else None,
        **listing(board.path, narrowed, total, asking.PER_PAGE),
    }


def _row(desk: Desk, found: Found) -> dict[str, Any]:
    referral, region, private_key = found
    moves = desk.service.law.acts(referral.kind, referral.state)
    return {
        "need_id": referral.need_id, "kind": referral.kind, "state": referral.state, "region": region,
        "facility": referral.facility_code, "place": referral.facility_code, "seen": referral.intoxication,
        "due_at": _due(referral), "brought_at": referral.brought_at, "admitted_at": referral.admitted_at,
        "basis": referral.basis, "moves": moves, "acts": [move.name for move in moves],
        "codes": {move.name: move.codes for move in moves if move.codes}, "card": card(referral.sealed, private_key),
    }


def _due(referral: Referral) -> Any:
    """By when somebody must do something: the end of a hold or stay, or of the time to decide."""
    if referral.admitted_at and referral.state in ("admitted", "extended"):
        return referral.admitted_at + (STAY if referral.state == "admitted" else STAY_MAX)
    return referral.until if referral.state in ("held", "confirmed", "waiting") else None
