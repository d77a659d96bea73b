"""How many messages of a topic lie at Kafka that this database has not taken yet?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from plumbing.broker import BrokerAway, administer
from plumbing.catalogue import Topic
from plumbing.kafka_access import KafkaLogin

if TYPE_CHECKING:
    from plumbing.postgres import Database


def unread(database: Database, topic: Topic, address: str, login: KafkaLogin) -> int:
    """By the offsets of the watermarks; what Kafka has thrown away by now is not counted. Raises BrokerAway."""
    with database.transaction() as tx:
        stands = dict(tx.rows("SELECT partition, next_offset FROM inbox WHERE topic = %s", (topic.name,)))
    places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    admin = administer(address, login)
    try:
        begins = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
        ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
    except KafkaError as error:
        raise BrokerAway(f"Kafka at {address} did not say where {topic.name} ends: {type(error).__name__}") from error
    finally:
        admin.close()
    return sum(max(ends[one].offset - max(begins[one].offset, stands.get(one.partition, 0)), 0) for one in places)
