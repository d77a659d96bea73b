"""What has been said, in which order, and how far has Kafka acknowledged it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plumbing.places import AnotherKafka, Place

if TYPE_CHECKING:
    from plumbing.catalogue import Topic
    from plumbing.postgres import Transaction


@dataclass(frozen=True)
class Line:
    """One message to be said: numbered at COMMIT, sent by the relay."""

    topic: str
    partition: int
    key: str
    event: str
    message_id: str
    said_at: datetime
    value: bytes


# The heads are locked, sorted, as the last act: numbers follow the order of commits and have no gap.
_NUMBER_AND_COMMIT = """
SELECT 1 FROM outbox_heads JOIN (SELECT DISTINCT topic, partition FROM unnest(%(t)s::text[], %(p)s::int[])
    AS line(topic, partition)) AS said USING (topic, partition) ORDER BY topic, partition FOR UPDATE OF outbox_heads;
WITH line AS (
    SELECT *, row_number() OVER (PARTITION BY topic, partition ORDER BY place) AS nth
    FROM unnest(%(t)s::text[], %(p)s::int[], %(k)s::text[], %(e)s::text[], %(i)s::uuid[], %(s)s::timestamptz[],
        %(v)s::bytea[]) WITH ORDINALITY AS l(topic, partition, key, event, message_id, said_at, value, place)
), counted AS (
    SELECT topic, partition, count(*) AS lines FROM line GROUP BY topic, partition
), moved AS (
    UPDATE outbox_heads AS head SET last_number = last_number + lines FROM counted
    WHERE head.topic = counted.topic AND head.partition = counted.partition
    RETURNING head.topic, head.partition, head.last_number - lines AS before
)
INSERT INTO outbox (topic, partition, number, key, event, message_id, said_at, value)
SELECT topic, partition, before + nth, key, event, message_id, said_at, value
FROM line JOIN moved USING (topic, partition)"""


def number_and_commit(tx: Transaction, lines: Sequence[Line]) -> None:
    """Give numbers, keep the lines and COMMIT, in one round trip."""
    if not lines:
        tx.commit()
        return
    columns: dict[str, Any] = {
        "t": [line.topic for line in lines],
        "p": [line.partition for line in lines],
        "k": [line.key for line in lines],
        "e": [line.event for line in lines],
        "i": [line.message_id for line in lines],
        "s": [line.said_at for line in lines],
        "v": [line.value for line in lines],
    }
    tx.commit(_NUMBER_AND_COMMIT, columns)


def prepare(tx: Transaction, topics: Sequence[Topic]) -> None:
    """Every partition of a topic that is said has a head before anything is said."""
    tx.insert(
        "INSERT INTO outbox_heads (topic, partition) VALUES %s ON CONFLICT DO NOTHING",
        [(topic.name, partition) for topic in topics for partition in range(topic.partitions)],
    )


def cursors(tx: Transaction, places: Sequence[Place], cluster_id: str, topic_ids: dict[str, str]) -> dict[Place, int]:
    """How far each partition has been sent; made at 0 where there is none; raises AnotherKafka."""
    tx.insert(
        "INSERT INTO outbox_cursors (topic, partition, cluster_id, topic_id) VALUES %s ON CONFLICT DO NOTHING",
        [(topic, partition, cluster_id, topic_ids[topic]) for topic, partition in places],
    )
    found = {}
    for topic, partition, sent, cluster, topic_id in tx.rows("SELECT * FROM outbox_cursors"):
        if (topic, partition) in places and (cluster, topic_id) != (cluster_id, topic_ids[topic]):
            raise AnotherKafka(f"the journal of {topic} was sent to another Kafka")
        found[topic, partition] = sent
    return found


def unsent(tx: Transaction, most: int) -> list[tuple[Place, int, str, str, str, datetime, bytes]]:
    """The next lines of every partition: (place, number, key, event, message id, said at, value), in order."""
    rows = tx.rows(
        "SELECT o.topic, o.partition, o.number, o.key, o.event, o.message_id::text, o.said_at, o.value"
        " FROM outbox_heads h JOIN outbox_cursors c USING (topic, partition) CROSS JOIN LATERAL"
        " (SELECT * FROM outbox o WHERE o.topic = h.topic AND o.partition = h.partition AND o.number > c.sent_number"
        "  ORDER BY o.number LIMIT %s) AS o WHERE h.last_number > c.sent_number"
        " ORDER BY o.topic, o.partition, o.number",
        (most,),
    )
    return [((row[0], row[1]), *row[2:7], bytes(row[7])) for row in rows]


def acknowledge(tx: Transaction, sent: dict[Place, int]) -> None:
    """Save the last acknowledged number of each partition; it never goes back but by `recover`."""
    tx.change(
        "UPDATE outbox_cursors AS c SET sent_number = greatest(c.sent_number, ack.number)"
        " FROM (VALUES %s) AS ack(topic, partition, number)"
        " WHERE c.topic = ack.topic AND c.partition = ack.partition RETURNING 1",
        [(*place, number) for place, number in sorted(sent.items())],
    )


def adopt(tx: Transaction, cluster_id: str, topic_ids: dict[str, str]) -> int:
    """`recover`: say the whole journal again to the Kafka now present; readers drop what they have."""
    return sum(
        tx.run(
            "UPDATE outbox_cursors SET sent_number = 0, cluster_id = %s, topic_id = %s WHERE topic = %s",
            (cluster_id, topic_id, topic),
        )
        for topic, topic_id in sorted(topic_ids.items())
    )
