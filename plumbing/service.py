"""What is a service, and what does it hear, look up, decide and record?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.alerts.raising import Rings
    from plumbing.authorising import Object
    from plumbing.identity import Ids
    from plumbing.postgres import Transaction

Key = tuple[str, str]
Facts = dict[Key, Any]


@dataclass(frozen=True)
class Moment:
    """What a decision may use besides message and facts: the time, fresh ids, and the law it was loaded with."""

    now: datetime
    ids: Ids
    law: Any = None


@dataclass(frozen=True)
class CommandRefused:
    """A command that cannot be done: `kind` for machines (and its word on the page), `detail` for who reads problems.

    `state` is where the life stands now, so that who came second sees what the first has done.
    """

    kind: str
    detail: str
    state: str = ""


@dataclass(frozen=True, repr=False)  # its bytes are shown nowhere
class Origin:
    """Where a message came from on the wire; `resume` is the offset to read on from once it is taken."""

    topic: str
    partition: int
    number: int
    resume: int
    value: bytes


@dataclass(frozen=True, repr=False)
class Heard:
    """One message as it reached us: from the wire (with an origin), from a form, or from the clock."""

    message: Any
    message_id: str
    key: str
    origin: Origin | None = None
    problem: str = ""


@dataclass(frozen=True)
class Route:
    """One line of the table heard → locked → looked up → decided.

    locked: (transaction, messages) → for each message the keys it decides about (immutable mappings only)
    looked_up: (transaction, messages) → facts of the whole batch, read after the locks, one query a kind
    decided: (message, facts, moment) → events; pure
    """

    heard: type
    locked: Callable[[Transaction, Sequence[Any]], Sequence[Sequence[str]]]
    looked_up: Callable[[Transaction, Sequence[Any]], Facts]
    decided: Callable[[Any, Mapping[Key, Any], Moment], Sequence[Any]]


@dataclass(frozen=True)
class Figure:
    """A figure read from the tables; `labels` gives each label the closed list of its values; `grows`: never less.

    `zeros`: what the tables do not name is shown as 0, so that a first one is seen to come.
    """

    name: str
    meaning: str
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grows: bool = False
    zeros: bool = True


@dataclass(frozen=True)
class Gauges:
    """What operations watches of a service: read in one query every few seconds, never at a message.

    read: (transaction, now) → rows of (figure, its labels in order, value)
    task_kinds: the closed list of the kinds of its tasks
    """

    figures: Sequence[Figure]
    read: Callable[[Transaction, datetime], Iterable[tuple[str, Sequence[str], float]]]
    task_kinds: Sequence[str] = ()


@dataclass(frozen=True)
class Looked:
    """What the audit must be told: whom an object is about, whose it is, and which events change nothing.

    people, stations: queries that give (object_id, person_id) and (object_id, station)
    answers: events that only tell the asker something
    """

    people: str = ""
    stations: str = ""
    answers: tuple[type, ...] = ()


@dataclass(frozen=True)
class Service:
    """One service: its routes, how its events change what is known, and how they are kept.

    counted: (facts before, event, now) → what is counted of this event, said without persons; pure. It is asked event
    by event, so that batches stay invisible, and its answers are in no decision row: they follow from the events.
    """

    name: str
    folder: Path
    routes: Sequence[Route]
    evolve: Callable[[Mapping[Key, Any], Any], Facts]
    record: Callable[[Transaction, Sequence[tuple[Any, datetime]]], None]
    law: Any = None
    law_hash: str = ""
    keeps_decisions: bool = True
    add_pages: Callable[..., None] | None = None
    at_start: Callable[[Transaction], Sequence[Any]] | None = None
    law_kept_as: Callable[[str], Any] | None = None  # a rule pack from its text: without it nothing can be replayed
    fact_kinds: Mapping[str, Any] = field(default_factory=dict)  # first part of a fact's key → what it is, for a replay
    counted: Callable[[Mapping[Key, Any], Any, datetime], Sequence[Any]] | None = None
    gauges: Gauges | None = None
    rings: Rings = lambda event: None  # tasks ring by themselves
    looked: Looked = Looked()
    pace: float = 0.0
    places: Callable[[Transaction, str, Sequence[str]], dict[str, Object]] | None = None  # (kind, ids) → what, and where

    def route(self, message: Any) -> Route:
        try:
            return self._routes[type(message)]
        except KeyError:
            raise LookupError(f"{self.name} has no route for {type(message).__name__}") from None

    @cached_property
    def _routes(self) -> dict[type, Route]:
        return {route.heard: route for route in self.routes}

    @cached_property
    def views(self) -> dict[str, type]:
        """Event name → the dataclass this service reads it into."""
        return {route.heard.event: route.heard for route in self.routes if hasattr(route.heard, "event")}
