"""How does what holds a person go through our hands without ever being shown by accident?"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


class Secret(bytes):
    """Bytes that no log, page or decision row may show."""

    def __repr__(self) -> str:
        return "(secret)"

    __str__ = __repr__


def veiled(cls: Class) -> Class:
    """A class whose instances show their names of fields and no value, however they come into a text: repr, str, format.

    The values stay ordinary texts. A text that hid itself would be written into a database as "(secret)" by the first
    f-string or COPY on its way, and lost.
    """
    cls.__repr__ = _veil  # type: ignore[method-assign, assignment]
    cls.__str__ = _veil  # type: ignore[method-assign, assignment]
    return cls


def _veil(self: Any) -> str:
    names = [field.name for field in fields(self)] if is_dataclass(self) else list(getattr(type(self), "model_fields", ()))
    return f"{type(self).__name__}({', '.join(names)}: hidden)"
