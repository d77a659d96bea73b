"""Which data keys are there, wrapped by which key, and which are destroyed? The rows of the schema `vault`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

_LOCK = 0x7661756C74
Wrapped = tuple[str, bytes | None]  # (id of the wrapping key, the wrapped key); None: destroyed for ever


def wrapping(tx: Transaction) -> str:
    """The id of the key that wraps now; "" in a new database. It stays so until this transaction ends."""
    rows = tx.rows("SELECT key_id FROM vault.wrapping FOR SHARE")
    return str(rows[0][0]) if rows else ""


def wrapping_to_change(tx: Transaction) -> str:
    """The same, once nobody wraps with it any more, and nobody begins to until this transaction ends."""
    return str(tx.rows("SELECT key_id FROM vault.wrapping FOR UPDATE")[0][0])


def alone(tx: Transaction) -> None:
    """Until this transaction ends nobody else makes, brings or ends wrapping keys of this database."""
    tx.run("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


def wrap_with(tx: Transaction, key_id: str) -> None:
    """From now on this key wraps; waits for every transaction that still wraps with the one before."""
    tx.run(
        "INSERT INTO vault.wrapping (key_id, since) VALUES (%s, clock_timestamp())"
        " ON CONFLICT (one) DO UPDATE SET key_id = excluded.key_id, since = excluded.since",
        (key_id,),
    )


def known(tx: Transaction, owners: Iterable[str]) -> dict[str, Wrapped]:
    rows = tx.rows("SELECT owner, key_id, wrapped FROM vault.keys WHERE owner = ANY(%s)", (sorted(owners),))
    return {owner: (key_id, None if wrapped is None else bytes(wrapped)) for owner, key_id, wrapped in rows}


def keep(tx: Transaction, key_id: str, made: Sequence[tuple[str, bytes]]) -> None:
    tx.put("vault.keys", "owner, key_id, wrapped", [(owner, key_id, wrapped) for owner, wrapped in made])


def destroy(tx: Transaction, owners: Sequence[str], now: datetime) -> int:
    """The keys are gone; that they were destroyed, and are not merely lost, stays known."""
    tx.run("INSERT INTO vault.keys (owner, key_id) SELECT unnest(%s::text[]), '' ON CONFLICT DO NOTHING", (list(owners),))
    return tx.run(
        "UPDATE vault.keys SET wrapped = NULL, key_id = '', destroyed_at = %s WHERE owner = ANY(%s) AND destroyed_at IS NULL",
        (now, list(owners)),
    )


def drop(tx: Transaction, owners: Sequence[str], only_marks: bool = False) -> None:
    """The keys of what lives briefly: nobody asks afterwards."""
    tx.run("DELETE FROM vault.keys WHERE owner = ANY(%s) AND (destroyed_at IS NOT NULL OR NOT %s)", (list(owners), only_marks))


def wrapped_otherwise(tx: Transaction, after: str, most: int) -> list[tuple[str, str, bytes]]:
    """(owner, id of the wrapping key, wrapped) of the next keys, by owner, that the present key does not wrap."""
    rows = tx.rows(
        "SELECT owner, key_id, wrapped FROM vault.keys WHERE owner > %s AND wrapped IS NOT NULL"
        " AND key_id <> (SELECT key_id FROM vault.wrapping) ORDER BY owner LIMIT %s FOR UPDATE",
        (after, most),
    )
    return [(owner, key_id, bytes(wrapped)) for owner, key_id, wrapped in rows]


def rewrap(tx: Transaction, key_id: str, rows: Sequence[tuple[str, bytes]]) -> None:
    tx.change(
        "UPDATE vault.keys SET wrapped = new.wrapped, key_id = new.key_id FROM (VALUES %s) AS new(owner, wrapped, key_id)"
        " WHERE keys.owner = new.owner RETURNING 1",
        [(owner, wrapped, key_id) for owner, wrapped in rows],
    )


def in_use(tx: Transaction) -> dict[str, int]:
    """How many data keys each wrapping key wraps."""
    return dict(tx.rows("SELECT key_id, count(*) FROM vault.keys WHERE wrapped IS NOT NULL GROUP BY 1 ORDER BY 1"))


def everything(tx: Transaction) -> list[tuple[str, str, bytes | None, str | None]]:
    """(owner, wrapping key, wrapped, destroyed at) of every key, for a copy."""
    rows = tx.rows("SELECT owner, key_id, wrapped, destroyed_at::text FROM vault.keys ORDER BY owner")
    return [(owner, key_id, None if wrapped is None else bytes(wrapped), at) for owner, key_id, wrapped, at in rows]


def bring(tx: Transaction, present: str, rows: Sequence[tuple[str, str, bytes | None, str | None]]) -> None:
    """A copy over what is here: what either side knows as destroyed stays destroyed."""
    alone(tx)
    wrap_with(tx, present)
    tx.insert(
        "INSERT INTO vault.keys (owner, key_id, wrapped, destroyed_at) VALUES %s ON CONFLICT (owner) DO UPDATE SET"
        " key_id = excluded.key_id, wrapped = excluded.wrapped, destroyed_at = excluded.destroyed_at"
        " WHERE keys.destroyed_at IS NULL",
        rows,
    )
