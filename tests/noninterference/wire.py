"""Do the bytes on a real Kafka equal the bytes that were compared?"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kafka import KafkaConsumer, TopicPartition

from plumbing.catalogue import catalogue
from plumbing.relay import Relay
from tests import stores
from tests.emptying import empty

if TYPE_CHECKING:
    from tests.land import Land

HEADERS = ("ce_id", "ce_type", "ce_subject", "ce_time", "qorgan_number")


def holds_what_was_said(land: Land) -> None:
    """Every service's own relay sends its journal to a fresh broker; then partition by partition they are equal."""
    stack = stores.shared_stack()
    empty(stack.broker)
    for name in land.processes:
        _relayed(land, name, stack.kafka)
    told = {topic: _said(land, topic) for topic in catalogue().topics}
    read = _read(stack.kafka, {topic: len(lines) for topic, lines in told.items()})
    assert read == told, "what lies on the wire is not what was said"


def _relayed(land: Land, service: str, kafka: str) -> None:
    stopping, wake = threading.Event(), threading.Event()
    relay = Relay(replace(land.processes[service].settings, kafka=kafka), stopping, wake)
    thread = threading.Thread(target=relay.run, daemon=True)
    thread.start()
    while thread.is_alive() and _unsent(land, service):
        thread.join(0.1)
    stopping.set()
    wake.set()
    thread.join(10)
    assert not _unsent(land, service), f"the relay of {service} ended before everything was sent"


def _unsent(land: Land, service: str) -> bool:
    return bool(land.rows(service, "SELECT 1 FROM outbox_heads LEFT JOIN outbox_cursors USING (topic, partition)"
                                   " WHERE last_number > coalesce(sent_number, 0)"))


def _said(land: Land, topic: str) -> list[tuple[Any, ...]]:
    return [
        (p, key, bytes(value), message_id, f"kz.qorgan.{event}", key, said_at.isoformat(), str(number))
        for p, number, key, message_id, value, said_at, event in land.lines(topic)
    ]


def _read(kafka: str, wanted: dict[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    consumer = KafkaConsumer(bootstrap_servers=kafka.split(","), group_id=None, enable_auto_commit=False, metrics_enabled=False)
    found: dict[str, list[tuple[Any, ...]]] = {topic: [] for topic in wanted}
    try:
        places = [TopicPartition(one.name, p) for one in catalogue().topics.values() for p in range(one.partitions)]
        consumer.assign(places)
        consumer.seek_to_beginning()
        ends = consumer.end_offsets(places)
        while any(consumer.position(place) < ends[place] for place in places):
            for place, records in consumer.poll(timeout_ms=500).items():
                found[place.topic] += [_line(place.partition, record) for record in records]
    finally:
        consumer.close()
    return {topic: sorted(lines, key=lambda line: (line[0], int(line[-1]))) for topic, lines in found.items()}


def _line(partition: int, record: Any) -> tuple[Any, ...]:
    headers = {name: value.decode() for name, value in record.headers}
    return (partition, record.key.decode(), record.value, *(headers[name] for name in HEADERS))
