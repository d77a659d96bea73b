"""Who asks, for what, and may they? Asked of every request before any handler sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from plumbing import actors
from plumbing.actors import Actor, acting
from plumbing.audit.refused import write_down
from plumbing.authorising import Ask, Object, allowed
from plumbing.doors.knowing import who
from plumbing.doors.leading import login_wanted
from plumbing.doors.limits import LOGIN, OPEN, READ
from plumbing.doors.refusing import Turned
from plumbing.problems import Problem, answer_problem

if TYPE_CHECKING:
    from plumbing.doors import Door
    from plumbing.pages import Desk

THREADLESS = ("GET /livez", "GET /static/{digest}/{name}")  # open, and answered at once, in whatever crowd
UNKNOWN = Problem(404, "unknown", "there is no such thing here, or it is not yours to see")
Scope = dict[str, Any]


class Coming(NamedTuple):
    """One request, its route, where its answer goes, what it needs, and whether a reserve is kept for it."""

    request: Request
    name: str
    send: Any
    ask: Ask
    reserved: bool


class Entrance:
    """The one way in. It sets `actors.current` for all that the request does, in whatever thread."""

    def __init__(self, app: Callable[..., Any], desk: Desk, door: Door) -> None:
        self._app, self._desk, self._door = app, desk, door

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._take(self._door, Request(scope, receive), send)

    async def _take(self, door: Door, request: Request, send: Any) -> None:
        name, ask = self._ask(request)
        coming = Coming(request, name, send, ask, name in self._desk.access.rules.reserved)
        with acting(actors.NOBODY):
            try:
                await self._sort(door, coming)
            except Turned as turned:
                await turned.answer(request.scope, request.receive, send)
            except Problem as problem:
                await _refuse(request, send, problem)

    async def _sort(self, door: Door, coming: Coming) -> None:
        """Of all that is not reserved only so much is under way that the reserve stays free, also of what is open."""
        if coming.name in THREADLESS and coming.ask.action == "open":
            await self._on(coming.request, coming.send)
        elif coming.ask.action == "open":
            async with door.limits.turn(LOGIN if coming.name.startswith("GET /login") else OPEN):
                await self._on(coming.request, coming.send)
        else:
            actor = await who(door, coming.request)
            if actor is None:
                raise await login_wanted(self._desk, coming.request)
            async with nullcontext() if coming.reserved else door.limits.turn(READ):
                await self._let_in(door, coming, actor)

    async def _let_in(self, door: Door, coming: Coming, actor: Actor) -> None:
        request, _, send, ask, reserved = coming
        with acting(actor):
            try:
                door.limits.take(actor.subject, reserved)
                await self._permit(actor, request, ask)
                with door.limits.at_once(actor.subject) if reserved else nullcontext():
                    await self._on(request, send)
            except Problem as problem:
                await _refuse(request, send, problem)

    async def _on(self, request: Request, send: Any) -> None:
        await self._app(request.scope, _again(request), send)

    async def _permit(self, actor: Actor, request: Request, ask: Ask) -> None:
        rules = self._desk.access.rules
        if ask.action == "known":
            return
        if not ask.ids:
            if not allowed(rules, actor, ask.action, Object(ask.kind)):
                raise Problem(403, "not-yours", "your role may not do this here")
            return
        ids = [await _id(request, one) for one in ask.ids]
        found = await run_in_threadpool(partial(self._desk.access.places, self._desk, ask.kind, ids)) if all(ids) else {}
        things = [found.get(one) for one in ids]
        if not all(thing is not None and allowed(rules, actor, ask.action, thing) for thing in things):
            await run_in_threadpool(partial(write_down, self._desk, ask.kind, ids))
            raise UNKNOWN

    def _ask(self, request: Request) -> tuple[str, Ask]:
        """What the route needs. A route that no rule names is nobody's; no route at all is answered by the application."""
        name = _route(request)
        if not name:
            return name, Ask("known")
        return name, self._desk.access.rules.routes.get(name, Ask("undeclared", "undeclared"))


def routes_of(app: FastAPI) -> Iterator[str]:
    """`METHOD /path` of everything an application answers."""
    for route in app.router.routes:
        if isinstance(route, Route):
            yield from (f"{method} {route.path}" for method in route.methods or () if method != "HEAD")


def _route(request: Request) -> str:
    method = "GET" if request.method == "HEAD" else request.method
    for route in request.app.router.routes:
        match, inner = route.matches(request.scope)
        if match is Match.FULL:
            request.scope["path_params"] = inner.get("path_params", {})
            return f"{method} {getattr(route, 'path', '')}"
    return ""


async def _id(request: Request, where: str) -> str:
    """The id that a path or a form names, read as the handler will read it; nothing for what is no id."""
    if where.startswith("form:"):
        await request.body()  # kept, so that the handler can read it again
        try:
            value = (await request.form()).get(where.removeprefix("form:"), "")
        except HTTPException as error:
            raise Problem(400, "unreadable-form", "this form cannot be read") from error
    else:
        value = request.path_params.get(where, "")
    return value.strip() if isinstance(value, str) and "\0" not in value else ""


def _again(request: Request) -> Callable[[], Any]:
    """What was read of the body here is given to the handler once more."""
    body = getattr(request, "_body", None)
    if body is None:
        return request.receive
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return messages.pop() if messages else await request.receive()

    return receive


async def _refuse(request: Request, send: Any, problem: Problem) -> None:
    answer = await answer_problem(request, problem)
    await answer(request.scope, request.receive, send)
