"""How does the private key of one acceptance lie in a table, so that the table alone opens no card?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumbing import vault

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def sealed(tx: Transaction, made: Sequence[tuple[str, int, bytes]]) -> list[tuple[str, int, bytes | None]]:
    """Rows of (need, attempt, private key), each key under a data key of its own."""
    kept = vault.here().seal_many(tx, [_piece(*one) for one in made])
    return [(need_id, attempt, key) for (need_id, attempt, _), key in zip(made, kept, strict=True)]


def opened(tx: Transaction, rows: Sequence[tuple[str, int, bytes | None]]) -> list[bytes | None]:
    """The private key of each row; None where there is none any more."""
    return vault.here().open_many(tx, [_piece(*row) for row in rows])


def let_go(tx: Transaction, ended: Sequence[tuple[str, int]]) -> None:
    """Their rows are deleted, and so is what they were wrapped with: an old copy of the rows opens nothing either."""
    if ended:
        vault.here().drop(tx, [_owner(*place) for place in ended])


def _piece(need_id: str, attempt: int, key: bytes | None) -> tuple[str, str, bytes]:
    return _owner(need_id, attempt), f"keys.one_time/private_key/{need_id}/{attempt}", key  # type: ignore[return-value]


def _owner(need_id: str, attempt: int) -> str:
    return f"card/{need_id}/{attempt}"
