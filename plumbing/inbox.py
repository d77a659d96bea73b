"""Has this message been heard before, and may it be taken now?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plumbing.places import AnotherKafka, Place

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Heard


class OwnershipLost(RuntimeError):
    """Another worker has moved this watermark: forget the batch, read the watermark, seek."""


@dataclass
class Watermark:
    """What is taken next of one partition, and where reading goes on."""

    next_number: int
    next_offset: int


def read(tx: Transaction, places: Iterable[Place], cluster_id: str, topic_ids: dict[str, str]) -> dict[Place, Watermark]:
    """Watermarks of these partitions, made at (1, 0) where there is none; raises AnotherKafka."""
    wanted = sorted(places)
    tx.insert(
        "INSERT INTO inbox (topic, partition, next_number, next_offset, cluster_id, topic_id) VALUES %s"
        " ON CONFLICT DO NOTHING",
        [(topic, partition, 1, 0, cluster_id, topic_ids[topic]) for topic, partition in wanted],
    )
    found = {}
    rows = tx.rows("SELECT topic, partition, next_number, next_offset, cluster_id, topic_id FROM inbox")
    for topic, partition, number, offset, cluster, topic_id in rows:
        if (topic, partition) in wanted:
            if (cluster, topic_id) != (cluster_id, topic_ids[topic]):
                raise AnotherKafka(f"the watermark of {topic} speaks of another Kafka")
            found[topic, partition] = Watermark(number, offset)
    return found


def advance(tx: Transaction, taken: Sequence[Heard]) -> None:
    """Move the watermarks over these messages, if they stand where they stood; raises OwnershipLost."""
    moves: dict[Place, tuple[int, int, int]] = {}
    for heard in taken:
        if heard.origin is not None and heard.origin.number > 0:
            place = (heard.origin.topic, heard.origin.partition)
            first = moves[place][0] if place in moves else heard.origin.number
            moves[place] = (first, heard.origin.number + 1, heard.origin.resume)
    moved = tx.change(
        "UPDATE inbox SET next_number = move.after, next_offset = move.resume, moved_at = clock_timestamp()"
        " FROM (VALUES %s) AS move(topic, partition, before, after, resume)"
        " WHERE inbox.topic = move.topic AND inbox.partition = move.partition AND inbox.next_number = move.before"
        " RETURNING inbox.topic",
        [(*place, *move) for place, move in sorted(moves.items())],
    )
    if len(moved) != len(moves):
        raise OwnershipLost("another worker has moved on with a partition of this batch")


def adopt(tx: Transaction, cluster_id: str, topic_ids: dict[str, str]) -> int:
    """`recover`: the Kafka now present counts, read from its beginning; numbers already taken stay taken."""
    return sum(
        tx.run(
            "UPDATE inbox SET next_offset = 0, cluster_id = %s, topic_id = %s WHERE topic = %s",
            (cluster_id, topic_id, topic),
        )
        for topic, topic_id in sorted(topic_ids.items())
    )
