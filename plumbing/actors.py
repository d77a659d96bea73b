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


ANYONE = Actor("open-doors", "", "anyone")  # doors are open: one machine, invented people

current: ContextVar[Actor | None] = ContextVar("actor", default=None)  # None: the service itself, at its own work


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """Inside the block it is this actor who asks."""
    token = current.set(actor)
    try:
        yield
    finally:
        current.reset(token)
