"""How do messages come from Kafka into the step? The only file that imports a Kafka consumer."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, OffsetOutOfRangeError

from plumbing import inbox, metrics, shares
from plumbing.broker import KafkaIdentity, connection, identify
from plumbing.catalogue import catalogue
from plumbing.hearing import counted, heard, number_of
from plumbing.identity import Ids, fresh_seed
from plumbing.inbox import OwnershipLost, Watermark
from plumbing.lateness import Lateness
from plumbing.pacing import EVERY, Pace
from plumbing.places import AnotherKafka, Place
from plumbing.service import Heard
from plumbing.settings import Settings
from plumbing.step import Step

log = logging.getLogger(__name__)
SHOWN_EVERY = 0.5  # seconds between two looks at the lag while nothing comes
FETCH_MS = 3  # a broker that has something answers within these


class Stream:
    """One worker: reads its share of the partitions from where the database says, and nothing else."""

    def __init__(self, settings: Settings, step: Step, stopping: threading.Event, worker_id: str = "") -> None:
        self._settings, self._step, self._stopping = settings, step, stopping
        topics = catalogue().heard_by(settings.service)
        self._topics = {topic.name: topic for topic in topics}
        self._places = [(topic.name, partition) for topic in topics for partition in range(topic.partitions)]
        self._worker = worker_id or new_worker_id()
        self._share: list[Place] | None = None
        self._looked = 0.0
        self._marks: dict[Place, Watermark] = {}
        self._gaps: dict[Place, tuple[int, float]] = {}
        self._lateness, self._shown, self._pace = Lateness(), float("-inf"), Pace(stopping, step.service.pace or EVERY)
        self._gap_since: float | None = None
        self._consumer: Any = None
        self.went_on: Callable[[], None] = lambda: None  # called after each pass in which Kafka and database answered

    def run(self) -> None:
        """Until told to stop; raises AnotherKafka, BrokerAway, LostConnection or KafkaError for the caller."""
        kafka = identify(self._settings.kafka, list(self._topics), self._settings.login)
        self._consumer = self._connect()
        self._share = None
        metrics.age(metrics.GAP_AGE, self._settings.service, lambda: self._gap_since)
        metrics.age(metrics.LAG_AGE, self._settings.service, self._lateness.since)
        try:
            while not self._stopping.is_set():
                self._look_for_share(kafka)
                polled = self._poll()
                self._show(polled)  # before taking: a batch that cannot be taken must be seen to lie
                if polled:
                    self._take(polled)
                self.went_on()
            with self._step.database.transaction() as tx:
                shares.leave(tx, self._worker)
        except OffsetOutOfRangeError as error:
            raise AnotherKafka(f"Kafka no longer has the offset that is to be read next ({error})") from error
        finally:
            self._consumer.close(autocommit=False, timeout_ms=1000)

    def _poll(self) -> dict[Any, list[Any]]:
        """What lies there; in a rush with what came while the pace was kept: the client holds what the broker had first."""
        most = self._settings.batch_max
        polled: dict[Any, list[Any]] = self._consumer.poll(timeout_ms=100, max_records=most)
        if not polled or not self._pace.keep():
            return polled
        more = most - sum(map(len, polled.values()))
        for partition, records in self._consumer.poll(timeout_ms=FETCH_MS, max_records=more).items() if more else ():
            polled.setdefault(partition, []).extend(records)
        return polled

    def _connect(self) -> Any:
        return KafkaConsumer(
            **connection(self._settings.kafka, self._settings.login),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            fetch_max_wait_ms=500, reconnect_backoff_max_ms=1000, bootstrap_timeout_ms=5000,
            max_partition_fetch_bytes=4 << 20,
            metrics_enabled=False,
            allow_auto_create_topics=False,
        )

    def _look_for_share(self, kafka: KafkaIdentity) -> None:
        """Every quarter of the time-out, and at once when the share must be read anew."""
        now = time.monotonic()
        if self._share is not None and now - self._looked < self._settings.session_timeout / 4:
            return
        with self._step.database.transaction() as tx:
            share = shares.my_share(tx, self._worker, self._places, self._settings.session_timeout)
            if share != self._share:
                self._marks = inbox.read(tx, share, kafka.cluster_id, kafka.topic_ids)
        self._looked = now
        if share != self._share:
            self._share = share
            self._gaps.clear()
            self._lateness.forget()
            self._consumer.assign([TopicPartition(*place) for place in share])
            for place, mark in self._marks.items():
                self._consumer.seek(TopicPartition(*place), mark.next_offset)

    def _take(self, polled: dict[Any, list[Any]]) -> None:
        batch = [heard for place in sorted(polled) for heard in self._sift(place, polled[place])]
        # What an outsider says may change what a record says: what follows from the record is looked up after it.
        parts = [[one for one in batch if one.origin and self._topics[one.origin.topic].numbered == of] for of in (False, True)]
        try:
            for part in filter(None, parts):
                self._step.run(part)
        except OwnershipLost as error:
            log.info("the watermark is read again: %s", error)
            self._share = None
            return
        self._count(batch, polled)
        self._go_back_to_gaps(batch)

    def _sift(self, partition: Any, records: list[Any]) -> list[Heard]:
        place = (partition.topic, partition.partition)
        mark = self._marks[place]
        taken = []
        for record in records:
            topic = self._topics[record.topic]
            number = number_of(record, topic.owner) if topic.numbered else counted(record, mark)
            if number == mark.next_number or number < 0:
                resume = self._gaps[place][0] if place in self._gaps else record.offset + 1
                taken.append(heard(record, (number, resume), topic, self._read))
                mark.next_number += number > 0
                mark.next_offset = resume
            elif number > mark.next_number:
                self._gaps.setdefault(place, (record.offset, time.monotonic()))
        return taken

    def _read(self, value: bytes) -> Any:
        return self._step.codec.decode(value, self._step.service.views)

    def _go_back_to_gaps(self, batch: list[Heard]) -> None:
        filled = {(heard.origin.topic, heard.origin.partition) for heard in batch if heard.origin}
        for place in filled & self._gaps.keys():
            offset, _ = self._gaps.pop(place)
            self._consumer.seek(TopicPartition(*place), offset)

    def _count(self, batch: list[Heard], polled: dict[Any, list[Any]]) -> None:
        taken = Counter(heard.origin.topic for heard in batch if heard.origin)
        came: Counter[str] = Counter()
        for partition, records in polled.items():
            came[partition.topic] += len(records)
        for topic, number in came.items():
            metrics.MESSAGES.labels(self._settings.service, topic, "taken").inc(taken[topic])
            metrics.MESSAGES.labels(self._settings.service, topic, "passed_over").inc(max(number - taken[topic], 0))

    def _show(self, polled: dict[Any, list[Any]]) -> None:
        now = time.monotonic()
        if not polled and now - self._shown < SHOWN_EVERY:
            return
        self._shown = now
        self._gap_since = min((since for _, since in self._gaps.values()), default=None)
        lag = sum(self._lateness.look(place, *self._stand(place, polled), now) for place in self._marks)
        metrics.LAG.labels(self._settings.service).set(lag)

    def _stand(self, place: Place, polled: dict[Any, list[Any]]) -> tuple[int, int]:
        """(where the wire ends, where taking goes on): what was polled, or lies behind a gap, is read but not taken."""
        partition = TopicPartition(*place)
        end = self._consumer.highwater(partition)
        taken = polled[partition][0].offset if partition in polled else self._consumer.position(partition)
        taken = min(taken, self._gaps[place][0]) if place in self._gaps else taken
        return (end, taken) if end is not None else (taken, taken)


def new_worker_id() -> str:
    """Kept over lost connections: under another id a worker would wait for itself until the session time-out."""
    return Ids(fresh_seed("")).new()


__all__ = ["KafkaError", "Stream", "new_worker_id"]
