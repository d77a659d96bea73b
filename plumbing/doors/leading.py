"""Where is somebody led who has not come in? To the login and back; what was typed is kept in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from plumbing.actors import NOBODY, acting
from plumbing.doors.refusing import Turned
from plumbing.forms import Form
from plumbing.language_page import is_local
from plumbing.problems import Problem, wants_page

if TYPE_CHECKING:
    from plumbing.pages import Desk

DETAIL = "log in first"


async def login_wanted(desk: Desk, request: Request) -> Exception:
    """Machines get a problem. A person's page is left for the login, also one that renews itself; a form waits."""
    if request.headers.get("hx-request") == "true":
        shown = urlsplit(request.headers.get("hx-current-url", "/"))
        return Turned(Response(status_code=401, headers={"HX-Redirect": login_from(shown.path, shown.query)}))
    if not wants_page(request):
        return Problem(401, "not-let-in", DETAIL)
    if request.method in ("GET", "HEAD"):
        return Turned(RedirectResponse(login_from(request.url.path, request.url.query), 303))
    return Turned(await _waiting(desk, request))


def login_from(path: str, query: str) -> str:
    back = f"{path}?{query}" if query else path
    return f"/login?back={quote(back if is_local(back) else '/', safe='')}"


async def _waiting(desk: Desk, request: Request) -> Response:
    """The form as it was sent, to be sent again after the login: nothing typed is lost, and nothing of it is shown."""
    await request.body()
    try:
        form = await request.form()
    except HTTPException:
        form = FormData()
    with acting(NOBODY):
        context = {"form": Form(typed(form)), "path": request.url.path, "status": 401}
        return desk.page(request, "locked.html", context)


def typed(form: FormData) -> dict[str, list[str]]:
    """All that was typed, by name, in one pass: a stranger's form may have very many fields."""
    found: dict[str, list[str]] = {}
    for name, one in form.multi_items():
        if isinstance(one, str):
            found.setdefault(name, []).append(one)
    return found
