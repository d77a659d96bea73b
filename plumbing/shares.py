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


_SESSION = "pid || '/' || backend_start"
_LIVE = ("SELECT worker_id FROM workers WHERE seen_at > clock_timestamp() - make_interval(secs => %s)"
         f" AND (session = '' OR session IN (SELECT {_SESSION} FROM pg_stat_activity)) ORDER BY worker_id")


def my_share(tx: Transaction, worker_id: str, places: Sequence[Place], timeout: float) -> list[Place]:
    """Say that this worker lives, forget who is dead, and divide what is to be read.

    Dead is whose session at the database is over (a killed worker's ends at once), and who was not seen for `timeout`
    seconds: a frozen one's session may go on.
    """
    tx.run(
        f"INSERT INTO workers SELECT %s, clock_timestamp(), {_SESSION} FROM pg_stat_activity WHERE pid = pg_backend_pid()"
        " ON CONFLICT (worker_id) DO UPDATE SET seen_at = excluded.seen_at, session = excluded.session",
        (worker_id,),
    )
    rows = tx.rows(_LIVE, (timeout,))
    tx.run("DELETE FROM workers WHERE seen_at < clock_timestamp() - make_interval(secs => %s)", (timeout * 10,))
    live = [worker for (worker,) in rows]
    return sorted(places)[live.index(worker_id) :: len(live)]


def leave(tx: Transaction, worker_id: str) -> None:
    """A clean stop hands the partitions over at once."""
    tx.run("DELETE FROM workers WHERE worker_id = %s", (worker_id,))
