"""How would a careful colleague write the same step by hand? confluent-kafka, batches, one transaction, no inbox, no outbox.

`python -m tests.benchmarks.peers.by_hand SERVICE DSN KAFKA PREFIX PROGRESS`. Sent is what the broker has acknowledged;
the offsets are committed after that. A crash between COMMIT and offset doubles a batch; one before sending loses its words.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, Producer

from plumbing.catalogue import catalogue
from tests.benchmarks.peers.doing import Worker
from tests.benchmarks.peers.progress import Progress

BATCH = 1000


def consumer_of(kafka: str, group: str, topics: list[str]) -> Consumer:
    settings = {"bootstrap.servers": kafka, "group.id": group, "enable.auto.commit": False, "auto.offset.reset": "earliest"}
    consumer = Consumer(settings)
    consumer.subscribe(topics)
    return consumer


def producer_of(kafka: str) -> Producer:
    return Producer({"bootstrap.servers": kafka, "acks": "all", "enable.idempotence": True, "compression.type": "lz4",
                     "linger.ms": 2, "queue.buffering.max.messages": 1_000_000})


def main(words: list[str]) -> None:
    service, dsn, kafka, prefix, path = words
    worker, progress, stopping = Worker(service, dsn), Progress(Path(path)), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    consumer = consumer_of(kafka, f"{prefix}{service}", [prefix + topic.name for topic in catalogue().heard_by(service)])
    producer = producer_of(kafka)
    while not stopping.is_set():
        records = consumer.consume(BATCH, timeout=0.1)
        if records:
            progress.began()
            progress.count(len(records), _take(worker, producer, prefix, records))
            consumer.commit(asynchronous=False)
            progress.tell()
    consumer.close()


def _take(worker: Worker, producer: Producer, prefix: str, records: list[Any]) -> int:
    """Decode, decide, COMMIT, then send and wait for the acknowledgements; gives how many were sent."""
    read = [worker.codec.decode(record.value(), worker.service.views) for record in records]
    lines = worker.take([message for message in read if message is not None])
    for topic, key, value in lines:
        producer.produce(prefix + topic.name, value, key.encode(), topic.partition_of(key))
    producer.flush()
    return len(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
