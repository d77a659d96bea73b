"""What does a consumer group keep at Kafka, and how is it made to begin anew? Only for readers whose state may be lost."""

from __future__ import annotations

import logging

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import KafkaError

from plumbing.broker import BrokerAway

log = logging.getLogger(__name__)


def begin_anew_without(address: str, group: str, kept_in: str) -> bool:
    """If the topic that keeps the group's state is gone, its offsets are forgotten too: it reads all from the beginning.

    Gives whether they were. A group with a live member keeps its offsets: then the state is not lost, only not made yet.
    """
    admin = _admin(address)
    try:
        if kept_in in admin.list_topics() or not _is_known(admin, group):
            return False
        admin.delete_groups([group])
        return True
    except KafkaError as error:
        log.warning("the offsets of %s stay as they are: %s", group, error)
        return False
    finally:
        admin.close()


def forget(address: str, group: str, kept_in: str) -> None:
    """Group and state are thrown away; no member may be live. Raises KafkaError."""
    admin = _admin(address)
    try:
        if kept_in in admin.list_topics():
            admin.delete_topics([kept_in], timeout_ms=10_000)
        if _is_known(admin, group):
            admin.delete_groups([group])
    finally:
        admin.close()


def untaken(address: str, group: str, topic: str, partitions: int) -> dict[int, int]:
    """partition → the offset at which the group goes on, where messages lie that it has not taken. Raises BrokerAway."""
    try:
        return _untaken(address, group, topic, partitions)
    except KafkaError as error:
        raise BrokerAway(f"Kafka at {address} did not say where {group} stands: {error}") from error


def _untaken(address: str, group: str, topic: str, partitions: int) -> dict[int, int]:
    places = [TopicPartition(topic, number) for number in range(partitions)]
    admin = _admin(address)
    try:
        begins = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
        ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
        taken = admin.list_group_offsets([group]).get(group, {})
    finally:
        admin.close()
    stands = {one: max(begins[one].offset, taken[one].offset if one in taken else 0) for one in places}
    return {one.partition: stands[one] for one in places if stands[one] < ends[one].offset}


def _is_known(admin: KafkaAdminClient, group: str) -> bool:
    return any(group in str(one) for one in admin.list_groups())


def _admin(address: str) -> KafkaAdminClient:
    return KafkaAdminClient(bootstrap_servers=address.split(","), bootstrap_timeout_ms=3000, reconnect_backoff_max_ms=500)
