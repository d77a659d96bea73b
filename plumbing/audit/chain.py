"""Does each row of the audit follow the one before, unchanged, and is none missing? Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any

GENESIS = bytes(32)
LATER_TOLD = 5  # broken rows that are named one by one; what follows them is counted


@dataclass(frozen=True)
class Row:
    """One row; `fields` are names, never values. Without a number and hashes it is one that is still to be added."""

    at: datetime
    subject: str
    role: str
    name: str
    region: str
    station: str
    facility: str
    action: str
    kind: str
    object_id: str
    purpose: str
    fields: tuple[str, ...]
    request_id: str
    sequence: int = 0
    previous: bytes = GENESIS
    hash: bytes = GENESIS


@dataclass(frozen=True)
class Head:
    """What the chain ended with at some time: number and hash of its last row."""

    sequence: int
    hash: bytes
    at: str = ""


NOTHING = Head(0, GENESIS)


_CONTENT = attrgetter(*(one.name for one in fields(Row)[:13]))


def digest(row: Row) -> bytes:
    """SHA-256 over the row before and everything this row says; a number fixes its place."""
    return _digest(_CONTENT(row), row.sequence, row.previous)


def _digest(content: tuple[Any, ...], sequence: int, previous: bytes) -> bytes:
    told = [sequence, content[0].astimezone(UTC).isoformat(), *content[1:]]
    return sha256(previous + json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def chained(rows: Sequence[Row], head: Head) -> list[Row]:
    """These rows as they follow the head, in order."""
    found, sequence, last = [], head.sequence, head.hash
    for row in rows:
        content, sequence, previous = _CONTENT(row), sequence + 1, last
        last = _digest(content, sequence, previous)
        known: list[Any] = [*content, sequence, previous, last]
        found.append(Row(*known))
    return found


def verify(rows: Iterable[Row], heads: Sequence[Head] = (), last: Head | None = None) -> list[str]:
    """A sentence for everything that is wrong; nothing, if the chain is whole.

    rows: as they lie, by number; heads: signed ones, kept outside; last: what the database itself says is the end.
    """
    walk = _Walk({head.sequence for head in heads})
    wrong = [sentence for row in rows for sentence in walk.on(row)]
    wrong += _against_heads(walk.signed, heads)
    end = walk.before
    if last is not None and (last.sequence, last.hash) != (end.sequence, end.hash):
        wrong.append(f"the chain ends with row {end.sequence}, and its head says row {last.sequence}")
    return wrong[:LATER_TOLD] + ([f"and {len(wrong) - LATER_TOLD} more"] if len(wrong) > LATER_TOLD else [])


class _Walk:
    """Along the chain, row by row; the hashes of rows that were signed are kept."""

    def __init__(self, numbers: set[int]) -> None:
        self.before = NOTHING
        self.signed = {0: GENESIS}
        self._numbers = numbers

    def on(self, row: Row) -> Iterator[str]:
        before, self.before = self.before, Head(row.sequence, row.hash)
        if row.sequence in self._numbers:
            self.signed[row.sequence] = row.hash
        if row.sequence > before.sequence + 1:
            yield f"rows {before.sequence + 1} to {row.sequence - 1} are missing"
        elif row.sequence <= before.sequence:
            yield f"row {row.sequence} stands again after row {before.sequence}"
        if digest(row) != row.hash:
            yield f"row {row.sequence} was changed after it was written"
        elif row.sequence == before.sequence + 1 and row.previous != before.hash:
            yield f"row {row.sequence} does not follow the row before it: that one was exchanged"


def _against_heads(signed: Mapping[int, bytes], heads: Sequence[Head]) -> Iterator[str]:
    for head in heads:
        if head.sequence not in signed:
            yield f"row {head.sequence}, signed {head.at}, is not there: the end was cut off, or the row was taken out"
        elif signed[head.sequence] != head.hash:
            yield f"row {head.sequence} is not the one that was signed {head.at}: everything up to it was written anew"
