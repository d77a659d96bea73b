"""What does a consumer group keep at Kafka, and how is it made to begin anew? Only for readers whose state may be lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import KafkaError

from plumbing.broker import BrokerAway, administer
from plumbing.logs import Word
from plumbing.settings import OPEN_KAFKA, KafkaLogin

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Group:
    """A group at this Kafka, spoken to as this user; `kept_in`: the topic that keeps its state."""

    address: str
    name: str
    kept_in: str = ""
    login: KafkaLogin = OPEN_KAFKA

    def begin_anew_if_lost(self) -> bool:
        """If the topic that keeps the state is gone, the offsets are forgotten too: all is read from the beginning.

        Gives whether they were. A group with a live member keeps its offsets: then the state is not lost, only not made yet.
        """
        admin = administer(self.address, self.login)
        try:
            if self.kept_in in admin.list_topics() or not self._is_known(admin):
                return False
            admin.delete_groups([self.name])
            return True
        except KafkaError as error:
            log.warning("the offsets of %s stay as they are: %s", Word(self.name), error)
            return False
        finally:
            admin.close()

    def forget(self) -> None:
        """Group and state are thrown away; no member may be live. Raises KafkaError or BrokerAway."""
        admin = administer(self.address, self.login)
        try:
            if self.kept_in in admin.list_topics():
                admin.delete_topics([self.kept_in], timeout_ms=10_000)
            if self._is_known(admin):
                admin.delete_groups([self.name])
        finally:
            admin.close()

    def untaken(self, topic: str, partitions: int) -> dict[int, int]:
        """partition → the offset at which the group goes on, where messages lie that it has not taken. Raises BrokerAway."""
        try:
            return self._untaken([TopicPartition(topic, number) for number in range(partitions)])
        except KafkaError as error:
            cause = type(error).__name__
            raise BrokerAway(f"Kafka at {self.address} did not say where {self.name} stands: {cause}") from error

    def _untaken(self, places: list[TopicPartition]) -> dict[int, int]:
        admin = administer(self.address, self.login)
        try:
            begins = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
            ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
            taken = admin.list_group_offsets([self.name]).get(self.name, {})
        finally:
            admin.close()
        stands = {one: max(begins[one].offset, taken[one].offset if one in taken else 0) for one in places}
        return {one.partition: stands[one] for one in places if stands[one] < ends[one].offset}

    def _is_known(self, admin: KafkaAdminClient) -> bool:
        return any(self.name in str(one) for one in admin.list_groups())
