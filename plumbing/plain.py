"""How is a dataclass written down as JSON, so that a person or a later replay can read it?"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, cast


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
    """A dataclass with the name of its type beside its fields."""
    return {"type": type(value).__name__, **plain(value)}


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))
