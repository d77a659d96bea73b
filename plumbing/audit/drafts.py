"""Which rows does the audit get of an act, or of a look? Names of fields, never what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from plumbing.actors import Actor, current
from plumbing.audit import context
from plumbing.audit.chain import Row
from plumbing.identity import is_id, new_id
from plumbing.service import CommandRefused, Heard

NOBODY = Actor("unknown", "", "")  # a door that has not said who asks: written down as such
KINDS = {"new": "report", "other": "person"}  # what some fields call it, and what it is
NO_OBJECTS = ("act", "message", "run", "letter")  # ids of the doing, and of nothing that anything was done to
OWN = ("by", "event", "act_id", "request", "record")  # of the act itself, nothing it is about


@dataclass(frozen=True)
class Seen:
    """Somebody of whom a page shows who they are: kind and id of what was looked at, names of what is shown of it."""

    kind: str
    object_id: str
    fields: tuple[str, ...]


def looks(seen: Sequence[Seen], now: datetime) -> list[Row]:
    """One row for each."""
    return _asked("read", seen, now)


def refusals(asked: Sequence[Seen], now: datetime) -> list[Row]:
    """The same, of whom who asked was not shown."""
    return _asked("refused", asked, now)


def _asked(action: str, seen: Sequence[Seen], now: datetime) -> list[Row]:
    actor = current.get() or NOBODY
    return [_row(actor, now, (action, one), context.request_id.get() or "") for one in dict.fromkeys(seen)]


def changes(
    decided: Sequence[tuple[Heard, Sequence[Any], Any]], now: datetime, answers: tuple[type, ...] = ()
) -> list[Row]:
    """One row for each object of each act by somebody that had an effect; what came by wire or clock stands in decisions."""
    actor = current.get()
    if actor is None:
        return []
    told = (*answers, CommandRefused)
    acted = [(heard, events) for heard, events, _ in decided if any(not isinstance(event, told) for event in events)]
    return [row for heard, events in acted if heard.origin is None for row in _change(actor, heard, events, now)]


def ordered(action: str, seen: Seen, now: datetime) -> Row:
    """The row of what no step decides: an order at the command line, about one object."""
    return _row(current.get() or NOBODY, now, (action, seen), "")


def _change(actor: Actor, heard: Heard, events: Sequence[Any], now: datetime) -> Iterator[Row]:
    act = getattr(heard.message, "act", "")
    action = type(heard.message).__name__ + (f"/{act}" if act else "")
    touched = tuple(_touched(heard.message))
    for kind, name in _objects(heard, events):
        row = _row(actor, now, (action, Seen(kind, name, touched)), heard.message_id)
        yield row if row.name else Row(**{**vars(row), "name": str(getattr(heard.message, "by", ""))})


def _objects(heard: Heard, events: Sequence[Any]) -> Sequence[tuple[str, str]]:
    """All that the act is about: what the command names, then what came of it; only its key, if neither names anything."""
    found = dict.fromkeys(one for told in (heard.message, *events) for one in _named(told))
    return list(found) or [("key", heard.key)]


def _named(told: Any) -> Iterator[tuple[str, str]]:
    shape: Any = type(told)
    for field, kind in _ids_of(shape):
        value = getattr(told, field)
        if isinstance(value, str) and value and is_id(value):
            yield kind, value


@cache
def _ids_of(told: type) -> Sequence[tuple[str, str]]:
    """(field, kind of object) of every id that such a command or event carries."""
    if not is_dataclass(told):
        return ()
    names = [one.name for one in fields(told) if one.name.endswith("_id")]
    return [(name, KINDS.get(kind, kind)) for name in names if (kind := name.removesuffix("_id")) not in NO_OBJECTS]


def _touched(command: Any, under: str = "") -> Iterator[str]:
    """Names of the fields that hold something, two levels deep."""
    if not is_dataclass(command):
        return
    for one in fields(command):
        value = getattr(command, one.name)
        if one.name in OWN or value in (None, "", (), {}, False):
            continue
        yield f"{under}{one.name}"
        if not under:
            yield from _touched(value, f"{one.name}.")


def _row(actor: Actor, now: datetime, done: tuple[str, Seen], request_id: str) -> Row:
    action, seen = done
    who = (actor.subject, actor.role, actor.name, actor.region, actor.station, actor.facility)
    purpose = context.purpose_for(actor.role)
    return Row(now, *who, action, seen.kind, seen.object_id, purpose, seen.fields, request_id or new_id())
