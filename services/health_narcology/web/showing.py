"""What do the lists of this service share: what they are narrowed to, cards, and what others will see of an act?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from plumbing.forms import Form
from plumbing.pages import Desk
from plumbing.transitions import Move

PAGE_MAX = 10_000


def asked(request: Request) -> dict[str, Any]:
    """What the address asks for; what is no page number is page one."""
    given = request.query_params
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    words = {name: given.get(name, "")[:80] for name in ("region", "facility", "state")}
    return {**words, "page": min(max(number, 1), PAGE_MAX)}


def own_places(desk: Desk, thing: str, read: Callable[..., Any], *kinds: str) -> tuple[list[str], list[str]]:
    """(regions, facility codes) of these kinds that whoever asks may choose from."""
    own = desk.access.scope("list", thing)
    found: tuple[list[str], list[str]] = desk.look(lambda tx: read(tx, own, *kinds))
    return found


def listing(path: str, narrowed: dict[str, Any], total: int, per_page: int) -> dict[str, Any]:
    """What pagination and filter need to know."""
    kept = {name: value for name, value in narrowed.items() if value and name != "page"}
    pages = -(-total // per_page)
    return {"narrowed": narrowed, "total": total, "pages": pages, "path": f"{path}?{urlencode(kept)}" if kept else path}


def confirming(desk: Desk, moves: dict[str, Move], places: tuple[str, str]) -> Callable[[Request, Form], HTMLResponse]:
    """The page that asks "is this meant?" and tells what others will see; places: where it acts, where it goes back to."""
    action, back = places

    def page(request: Request, form: Form) -> HTMLResponse:
        move = moves.get(str(form.typed.get("act", "")))
        said = move.says if move else ""
        known = desk.speeches["en"].words
        outside = said if ("outside", said) in known else move.name if move and said else "nothing"
        context = {"form": form, "move": move, "outside": outside, "action": action, "back": back}
        return desk.page(request, "confirm.html", context)

    return page
