"""Which partitions does this worker read? Live workers, in their own database, share them evenly.

Not a Kafka consumer group: see docs/decisions/0002. Two workers may believe in one partition for a moment;
the compare-and-set of the inbox lets only one of them commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumbing.places import Place

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def my_share(tx: Transaction, worker_id: str, places: Sequence[Place], timeout: float) -> list[Place]:
    """Say that this worker lives, forget the ones not seen for `timeout` seconds, and divide what is to be read."""
    tx.run(
        "INSERT INTO workers VALUES (%s, clock_timestamp()) ON CONFLICT (worker_id)"
        " DO UPDATE SET seen_at = clock_timestamp()",
        (worker_id,),
    )
    rows = tx.rows(
        "SELECT worker_id FROM workers WHERE seen_at > clock_timestamp() - make_interval(secs => %s) ORDER BY worker_id",
        (timeout,),
    )
    tx.run("DELETE FROM workers WHERE seen_at < clock_timestamp() - make_interval(secs => %s)", (timeout * 10,))
    live = [worker for (worker,) in rows]
    return sorted(places)[live.index(worker_id) :: len(live)]


def leave(tx: Transaction, worker_id: str) -> None:
    """A clean stop hands the partitions over at once."""
    tx.run("DELETE FROM workers WHERE worker_id = %s", (worker_id,))
