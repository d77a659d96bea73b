"""How is a dataclass written down as JSON, so that a person can read it and a later replay can make it again?"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """Nested dicts, lists, texts and numbers; times as ISO 8601, tuples as lists."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, bytes):
        return str(value) if type(value) is not bytes else value.hex()  # a subclass of bytes hides what it holds
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names(cast(Any, type(value)))}
    return str(value)


def named(value: Any) -> dict[str, Any]:
    """A dataclass with the name of its type beside its fields, or beside what it calls enough of them."""
    return {"type": type(value).__name__, **(value.brief() if hasattr(value, "brief") else vars(value))}


def _shown(value: Any) -> Any:
    """What JSON has no form for, one level deep: the encoder comes back for what lies inside."""
    if isinstance(value, bytes):
        return plain(value)
    return vars(value) if is_dataclass(value) else plain(value)


# The same text as json.dumps(plain(value)), written without copying it first.
written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_shown).encode


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def read_back(kind: Any, value: Any) -> Any:
    """What `plain` wrote, as the type it was: a dataclass, a moment, bytes, a tuple of one kind, or one of these or None."""
    inner = [one for one in get_args(kind) if one is not type(None)]
    if value is None or kind is Any:
        return value
    if get_origin(kind) is tuple:
        return tuple(read_back(inner[0], part) for part in value)
    if inner:  # `kind | None`
        return read_back(inner[0], value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is bytes:
        return bytes.fromhex(value)
    if is_dataclass(kind):
        known = _kinds(cast(Any, kind))
        return cast(Any, kind)(**{name: read_back(known[name], part) for name, part in value.items() if name in known})
    return value


@cache
def _kinds(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {name: hints[name] for name in _names(cls)}
