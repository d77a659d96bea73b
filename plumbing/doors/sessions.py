"""Who has come in with this cookie, and is the session still open? Five minutes without a request lock it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import Request
from fastapi.responses import Response

from plumbing.actors import Actor, acting
from plumbing.doors import sessions_store as store

if TYPE_CHECKING:
    from plumbing.pages import Desk
    from plumbing.postgres import Transaction

LOCKED_AFTER = timedelta(minutes=5)
LONGEST = timedelta(hours=12)
WRITTEN_EVERY = timedelta(seconds=15)  # not at each request; so a session may lock these seconds earlier, never later


class Way(NamedTuple):
    """What was kept of somebody on the way to the issuer; begun_at: seconds since 1970."""

    nonce: str
    verifier: str
    back: str
    begun_at: float


class Sessions:
    """The sessions of one service. Time is the database's own, never a simulation's; `ahead` is for tests."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.ahead = desk, timedelta()
        self._secure = desk.settings.url.startswith("https://")
        prefix = "__Host-" if self._secure else ""
        self.cookie, self.way = (f"{prefix}{name}-{desk.service.name}" for name in ("session", "way"))

    def begin(self, actor: Actor, before: str) -> str:
        """A session under an id nobody has seen yet; the one the browser had before is over."""
        session_id = secrets.token_urlsafe(32)

        def begun(tx: Transaction) -> None:
            now = tx.now() + self.ahead
            store.end(tx, hashed(before))
            store.begin(tx, hashed(session_id), actor, (now, now + LONGEST))

        self.asked(begun)
        return session_id

    def find(self, session_id: str, is_person: bool) -> Actor | None:
        """Whose session it is; None if it is locked or over. A page that renews itself keeps nothing open."""

        def found(tx: Transaction) -> Actor | None:
            row, now = store.find(tx, hashed(session_id)), tx.now() + self.ahead
            if row is None:
                return None
            actor, seen_at, ends_at = row
            if now >= ends_at or now - seen_at >= LOCKED_AFTER:
                store.end(tx, hashed(session_id))
                return None
            if is_person and now - seen_at >= WRITTEN_EVERY:
                store.seen(tx, hashed(session_id), now)
            return actor

        return self.asked(found)

    def end(self, session_id: str) -> None:
        self.asked(lambda tx: store.end(tx, hashed(session_id)))

    def leave(self, browser: str, state: str, kept: tuple[str, str, str]) -> None:
        """This browser goes to the issuer; kept: nonce, verifier, page to return to."""
        self.asked(lambda tx: store.send(tx, (hashed(state), hashed(browser)), kept, tx.now() + self.ahead))

    def come_back(self, browser: str, state: str) -> Way | None:
        found = self.asked(lambda tx: store.come_back(tx, (hashed(state), hashed(browser)), tx.now() + self.ahead))
        if found is None:
            return None
        nonce, verifier, back, made_at = found
        return Way(nonce, verifier, back, (made_at - self.ahead).timestamp())

    def give(self, answer: Response, name: str, value: str) -> None:
        """A cookie that no script reads, no other site's form brings, and that goes with the browser."""
        answer.set_cookie(name, value, httponly=True, samesite="lax", secure=self._secure, path="/")

    def take(self, answer: Response, name: str) -> None:
        answer.delete_cookie(name, httponly=True, samesite="lax", secure=self._secure, path="/")

    def shown(self, request: Request) -> str:
        return request.cookies.get(self.cookie, "")

    def asked(self, question: Callable[[Transaction], Any]) -> Any:
        """The door itself asks: nobody has come in yet."""
        with acting(None):
            return self._desk.as_service(question)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
