"""Which rows does the audit get of an act, or of a look? Names of fields, never what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from plumbing.actors import Actor, current
from plumbing.audit import context
from plumbing.audit.chain import Row
from plumbing.identity import is_id, new_id
from plumbing.service import CommandRefused, Heard

NOBODY = Actor("unknown", "", "")  # a door that has not said who asks: written down as such
OWN = ("by", "event", "act_id", "request", "record")  # of the act itself, nothing it is about


@dataclass(frozen=True)
class Seen:
    """Somebody of whom a page shows who they are: kind and id of what was looked at, names of what is shown of it."""

    kind: str
    object_id: str
    fields: tuple[str, ...]


def looks(seen: Sequence[Seen], now: datetime) -> list[Row]:
    """One row for each."""
    actor = current.get() or NOBODY
    return [_row(actor, now, ("read", one), context.request_id.get() or "") for one in dict.fromkeys(seen)]


def changes(
    decided: Sequence[tuple[Heard, Sequence[Any], Any]], now: datetime, answers: tuple[type, ...] = ()
) -> list[Row]:
    """One row for each act by somebody that had an effect; what came by wire or clock stands in decisions."""
    actor = current.get()
    if actor is None:
        return []
    told = (*answers, CommandRefused)
    acted = [(heard, events) for heard, events, _ in decided if any(not isinstance(event, told) for event in events)]
    return [_change(actor, heard, events, now) for heard, events in acted if heard.origin is None]


def _change(actor: Actor, heard: Heard, events: Sequence[Any], now: datetime) -> Row:
    act = getattr(heard.message, "act", "")
    action = type(heard.message).__name__ + (f"/{act}" if act else "")
    kind, name = _object(heard, events)
    row = _row(actor, now, (action, Seen(kind, name, tuple(_touched(heard.message)))), heard.message_id)
    return row if row.name else Row(**{**vars(row), "name": str(getattr(heard.message, "by", ""))})


def _object(heard: Heard, events: Sequence[Any]) -> tuple[str, str]:
    """What the act is about: what the command itself names, else what came of it, else its key."""
    for told in (heard.message, *events):
        for name, value in _named(told):
            if value:
                return name, value
    return "key", heard.key


def _named(told: Any) -> Iterator[tuple[str, str]]:
    if is_dataclass(told):
        for one in fields(told):
            value = getattr(told, one.name)
            if one.name.endswith("_id") and isinstance(value, str) and (value == "" or is_id(value)):
                yield one.name.removesuffix("_id"), value


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
    purpose = context.purpose.get() or str(context.settings()["usual_purpose"])
    return Row(now, *who, action, seen.kind, seen.object_id, purpose, seen.fields, request_id or new_id())
