"""What could not be taken, what waits behind it, and how does it come back?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plumbing import vault
from plumbing.vault import Unopenable

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Heard

log = logging.getLogger("qorgan")


@dataclass(frozen=True, repr=False)
class Letter:
    """One stored message; the bytes are as they came."""

    letter_id: int
    topic: str
    key: str
    message_id: str
    value: bytes
    cause: str


def held(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Of these keys, the ones that have a letter lying: later messages wait behind it."""
    rows = tx.rows(
        "SELECT DISTINCT key FROM dead_letters WHERE redriven_at IS NULL AND key = ANY(%s)", (list(keys),)
    )
    return {key for (key,) in rows}


def keep(tx: Transaction, letters: Sequence[tuple[Heard, str, bool]], now: datetime) -> list[str]:
    """Store messages with their cause, in the transaction that moves the watermark over them; gives the keys they hold."""
    told = [(heard, cause, behind) for heard, cause, behind in letters if heard.origin is not None]
    vault.here().forget_marks(tx, [_owner(*_place(heard)) for heard, _, _ in told])
    sealed = vault.here().seal_many(tx, [_piece(*_place(heard), heard.origin.value) for heard, _, _ in told if heard.origin])
    kept = tx.change(
        "INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind, set_aside_at)"
        " VALUES %s ON CONFLICT DO NOTHING RETURNING key, behind",
        [
            (*_place(heard), heard.key, heard.message_id, value, cause[:2000], behind, now)
            for (heard, cause, behind), value in zip(told, sealed, strict=True)
        ],
    )
    return list(dict.fromkeys(key for key, behind in kept if not behind))


def lying(tx: Transaction, key: str | None = None, most: int = 500) -> list[Letter]:
    """Letters not yet redriven, in the order in which they must be taken."""
    rows = tx.rows(
        "SELECT letter_id, topic, key, message_id, value, cause, partition, number FROM dead_letters"
        " WHERE redriven_at IS NULL AND (%s::text IS NULL OR key = %s) ORDER BY letter_id LIMIT %s",
        (key, key, most),
    )
    values = _opened(tx, [_piece(row[1], row[6], row[7], row[4]) for row in rows])
    return [Letter(row[0], row[1], row[2], row[3], value or b"", row[5]) for row, value in zip(rows, values, strict=True)]


def _opened(tx: Transaction, pieces: Sequence[tuple[str, str, bytes]]) -> list[bytes | None]:
    """None for what cannot be opened: after a restore one letter whose key is not there must not hold up all others."""
    try:
        return vault.here().open_many(tx, pieces)
    except Unopenable:
        values = [_open_one(tx, piece) for piece in pieces]
        log.warning("%d letters cannot be opened, and wait: bring back the copy of the keys", values.count(None))
        return values


def _open_one(tx: Transaction, piece: tuple[str, str, bytes]) -> bytes | None:
    try:
        [value] = vault.here().open_many(tx, [piece])
    except Unopenable:
        return None
    return value


def by_key(tx: Transaction, most: int, start: int) -> tuple[list[tuple[Any, ...]], int]:
    """(life, topic and cause of its first letter, how many lie, since when), longest first; and how many lives there are."""
    rows = tx.rows(
        "SELECT key, (array_agg(topic ORDER BY letter_id))[1], (array_agg(cause ORDER BY letter_id))[1], count(*),"
        " min(set_aside_at), count(*) OVER () FROM dead_letters WHERE redriven_at IS NULL GROUP BY key"
        " ORDER BY min(letter_id) LIMIT %s OFFSET %s",
        (most, start),
    )
    return [row[:-1] for row in rows], rows[0][-1] if rows else 0


def redriven(tx: Transaction, letter_id: int, now: datetime, by: str = "") -> bool:
    """Mark a letter as taken, and let its bytes go; False if somebody else redrove it a moment ago."""
    rows = tx.rows(
        "UPDATE dead_letters SET redriven_at = %s, redriven_by = %s, value = '' WHERE letter_id = %s AND redriven_at IS NULL"
        " RETURNING topic, partition, number",
        (now, by, letter_id),
    )
    vault.here().destroy(tx, [_owner(*row) for row in rows], now)  # marked: a backup that has the letter knows it as taken
    return bool(rows)


def _place(heard: Heard) -> tuple[str, int, int]:
    assert heard.origin is not None
    return heard.origin.topic, heard.origin.partition, heard.origin.number


def _owner(topic: str, partition: int, number: int) -> str:
    return f"letter/{topic}/{partition}/{number}"


def _piece(topic: str, partition: int, number: int, value: bytes) -> tuple[str, str, bytes]:
    return _owner(topic, partition, number), f"dead_letters/value/{topic}/{partition}/{number}", value
