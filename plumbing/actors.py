"""Who is asking? Known from a session or a machine's token, never from what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person of an agency, or a machine, with all that rules may ask about them; "" is: of no such place.

    subject: random id at the issuer; the same person has the same one everywhere
    role: a word of the access rules
    region: ISO 3166-2 code; station, facility: as the service's own rows write them
    """

    subject: str
    name: str
    role: str
    region: str = ""
    station: str = ""
    facility: str = ""
    machine: bool = False

    @property
    def is_anyone(self) -> bool:
        """Doors are open. No token or session can say this of itself: there is one such actor, here."""
        return self is ANYONE


ANYONE = Actor("open-doors", "", "anyone")  # doors are open: one machine, invented people
NOBODY = Actor("", "", "nobody")  # doors are closed, and whoever asks has not said who it is

current: ContextVar[Actor | None] = ContextVar("actor", default=None)  # None: the service itself, at its own work


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """Inside the block it is this actor who asks."""
    token = current.set(actor)
    try:
        yield
    finally:
        current.reset(token)


def known() -> Actor | None:
    """Who has come in through closed doors; None while doors are open, and for the service itself."""
    actor = current.get()
    return None if actor is ANYONE or actor is NOBODY else actor


def signature(typed: str) -> str:
    """Whose act it is: the name of who is logged in, whatever was typed; with open doors what was typed."""
    actor = known()
    return typed if actor is None else actor.name


def whose(named: str) -> str:
    """Under whose name requests are kept apart: the token's or session's subject; with open doors what was named."""
    actor = known()
    return named if actor is None else actor.subject


def is_machine() -> bool:
    actor = known()
    return actor is not None and actor.machine
