"""Who shows what at the door, and is it good? A machine shows a token, a person's browser a cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from plumbing.actors import Actor
from plumbing.doors.limits import UNPROVEN
from plumbing.doors.refusing import Refused
from plumbing.problems import Problem

if TYPE_CHECKING:
    from plumbing.doors import Door

BEARER = "bearer "


async def who(door: Door, request: Request) -> Actor | None:
    """None: nobody we know. Whoever shows nothing good is slowed down by address; raises Problem for a bad token."""
    shown = request.headers.get("authorization", "")
    try:
        if shown[: len(BEARER)].lower() == BEARER:
            return _at_work(door, await _machine(door, shown[len(BEARER) :].strip()))
        actor = await _person(door, request)
    except Refused as refused:
        _slow_down(door, request)
        raise Problem(401, "not-let-in", str(refused)) from refused
    if actor is None:
        _slow_down(door, request)
        return None
    return _at_work(door, actor)


async def _machine(door: Door, token: str) -> Actor:
    """A token that is known is good at once; all others wait for each other, so that bad ones keep no good one out."""
    if (actor := door.tokens.remembered(token)) is not None:
        return actor
    async with door.limits.turn(UNPROVEN):
        return await run_in_threadpool(door.tokens.machine, token)


async def _person(door: Door, request: Request) -> Actor | None:
    cookie, renews_itself = door.sessions.shown(request), request.headers.get("hx-request") == "true"
    if not cookie:
        return None
    async with door.limits.turn(UNPROVEN):
        return await run_in_threadpool(door.sessions.find, cookie, not renews_itself)


def _at_work(door: Door, actor: Actor) -> Actor:
    """Somebody whose role has no word in this service's rules is as good as a stranger, but is told so."""
    if not door.desk.access.rules.knows(actor.role):
        raise Problem(403, "no-work-here", "your role has no work in this service")
    return actor


def _slow_down(door: Door, request: Request) -> None:
    host = request.client.host if request.client else ""
    door.limits.take(f"address {host}", False)
