"""How does another key come to wrap all data keys, while the service goes on sealing and opening?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from plumbing.marks import mark
from plumbing.postgres import Conflict, Database, Transaction
from plumbing.vault import ring

if TYPE_CHECKING:
    from plumbing.vault.port import KeyService

BATCH = 1000
Done = TypeVar("Done")


@dataclass
class Rotated:
    """What a rotation came to: the key that wraps now, how many data keys it wrapped anew, and which are destroyed."""

    key_id: str
    rewrapped: int = 0
    resumed: bool = False
    destroyed: list[str] = field(default_factory=list)


def rotate(database: Database, keys: KeyService, told: Callable[[int], None] = lambda count: None) -> Rotated:
    """A new wrapping key, or the end of a rotation that was broken off; nothing of the old ones is destroyed.

    Killed anywhere, it goes on at its next call: each data key is wrapped by the old key or the new one, and both are there.
    """
    done = _patiently(database, partial(_begun, keys=keys))
    after = ""
    while True:
        after, count = _patiently(database, partial(_batch, keys=keys, after=after))
        if not count:
            return done
        done.rewrapped += count
        told(done.rewrapped)
        mark("while_rewrapping")


def destroy_old(database: Database, keys: KeyService) -> list[str]:
    """End every wrapping key that wraps nothing any more: dumps that hold the rows of `vault` become noise.

    Alone until the last one is gone: else a key that another process makes meanwhile would be one that wraps nothing yet.
    """
    with database.transaction() as tx:
        ring.alone(tx)
        present, used = ring.wrapping(tx), ring.in_use(tx)
        old = [key_id for key_id in keys.all() if present and key_id != present and not used.get(key_id)]
        for key_id in old:
            keys.destroy(key_id)
    return old


def _patiently(database: Database, work: Callable[[Transaction], Done]) -> Done:
    """In a transaction of its own, and again whenever the service was quicker: it seals or destroys just now."""
    while True:
        try:
            with database.transaction() as tx:
                return work(tx)
        except Conflict:
            time.sleep(0.1)


def _begun(tx: Transaction, keys: KeyService) -> Rotated:
    """Nobody wraps meanwhile: a key that is made here is used, or an attempt that was too slow made none."""
    ring.alone(tx)
    present, used = ring.wrapping_to_change(tx), ring.in_use(tx)
    if set(used) - {present}:
        return Rotated(present, resumed=True)
    new = keys.make()
    ring.wrap_with(tx, new)
    return Rotated(new)


def _batch(tx: Transaction, keys: KeyService, after: str) -> tuple[str, int]:
    rows = ring.wrapped_otherwise(tx, after, BATCH)
    present = ring.wrapping(tx)
    by_key: dict[str, list[tuple[str, bytes]]] = {}
    for owner, key_id, wrapped in rows:
        by_key.setdefault(key_id, []).append((owner, wrapped))
    opened = [
        (owner, secret)
        for key_id, items in by_key.items()
        for (owner, _), secret in zip(items, keys.unwrap(key_id, items), strict=True)
    ]
    owners = [owner for owner, _ in opened]
    ring.rewrap(tx, present, list(zip(owners, keys.wrap(present, opened), strict=True)) if opened else [])
    return (rows[-1][0] if rows else after), len(rows)
