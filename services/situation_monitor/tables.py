"""What is a table of the picture made of? Frozen: words of closed lists, numbers, days, and what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Label:
    """A word of a closed list, to be said in the reader's language: ("state", "asked")."""

    kind: str
    code: str


Content = Label | int | float | str | date | None


@dataclass(frozen=True)
class Table:
    """One table as people see it and take it away; None is a hidden number."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
