"""What is counted of a life that moves: from which state to which, in which hour, and nothing that tells whose it is? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.service import Key


@dataclass(frozen=True)
class Life:
    """One kind of life: the event that keeps it, its name in that event and in the facts, the field of its id.

    occupying: the states in which it takes a place.
    """

    kept: type
    name: str
    id_field: str
    occupying: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moved:
    """The life as it stands after the event, and the state it came from; empty for one that has just begun.

    freed: 1 if the move frees a place, -1 if it takes one.
    """

    after: Any
    kind: str
    from_state: str
    to_state: str
    freed: int


def cut_to_hour(moment: datetime) -> datetime:
    """An exact time would tell which messages belong together."""
    return moment.replace(minute=0, second=0, microsecond=0)


def moved(lives: Sequence[Life], facts: Mapping[Key, Any], event: Any) -> Moved | None:
    """The move that this event is, if it is one; an event that changes no state is nothing to be counted."""
    for life in lives:
        if type(event) is life.kept:
            return _moved(life, facts, getattr(event, life.name))
    return None


def _moved(life: Life, facts: Mapping[Key, Any], after: Any) -> Moved | None:
    before = facts.get((life.name, getattr(after, life.id_field)))
    if before is not None and getattr(before, "attempt", 0) != getattr(after, "attempt", 0):
        before = None  # another attempt is another life
    from_state = before.state if before is not None else ""
    if from_state == after.state:
        return None
    freed = (from_state in life.occupying) - (after.state in life.occupying)
    return Moved(after, getattr(after, "kind", life.name), from_state, after.state, freed)
