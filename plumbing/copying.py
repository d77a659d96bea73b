"""How are many rows written in the text format of PostgreSQL's COPY?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

_NULL, _BYTES = "\0N", "\0x"  # until the row is joined; no text in a database holds a NUL


def lines(rows: Iterable[Sequence[Any]]) -> str:
    return "".join([_line(row) for row in rows])


def _line(row: Sequence[Any]) -> str:
    """Joined first and looked through once: hardly any row holds a letter that must be escaped."""
    parts = [part if type(part) is str else _plain(part) for part in row]
    line = "\t".join(parts)
    if line.count("\0") != len([part for part in row if part is None or isinstance(part, bytes)]):
        raise ValueError("a text holds a NUL, which no database keeps")
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") != len(row) - 1:
        line = "\t".join([_escaped(part) for part in parts])
    return line.replace(_NULL, "\\N").replace(_BYTES, "\\\\x") + "\n"


def _plain(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return "{" + ",".join([_quoted(part) for part in value]) + "}"
    return _BYTES + value.hex() if isinstance(value, bytes) else str(value)


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
