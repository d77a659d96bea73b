"""How does what was committed come onto the wire, in order? The only file that imports a Kafka producer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from plumbing import metrics, outbox
from plumbing.broker import connection, identify
from plumbing.catalogue import catalogue
from plumbing.marks import mark
from plumbing.pacing import Pace
from plumbing.places import Place
from plumbing.postgres import Database
from plumbing.settings import Settings

log = logging.getLogger(__name__)
LINES_PER_PARTITION = 500
FLUSH_PATIENCE, STOP_PATIENCE = 15.0, 2.0  # seconds
LOCK = 0x716F7267616E  # one relay a database; a second waits for the first one's session to end
SESSION = {"idle_session_timeout": "15s"}


class SendFailed(RuntimeError):
    """Kafka did not acknowledge a line: this relay ends, the next one starts at the saved cursor."""


class Relay:
    """Sends the journal by number and saves its cursor only over unbroken acknowledged numbers."""

    def __init__(self, settings: Settings, stopping: threading.Event, wake: threading.Event) -> None:
        self._settings, self._stopping, self._wake = settings, stopping, wake
        self._topics = catalogue().said_by(settings.service)
        self._places = [(topic.name, partition) for topic in self._topics for partition in range(topic.partitions)]
        self._refusal, self._pace = "", Pace(stopping)
        self.went_on: Callable[[], None] = lambda: None  # called whenever everything there was is on the wire
        self._source = f"/qorgan/{settings.service}".encode()

    def run(self) -> None:
        """Until told to stop, or until anything fails: the caller waits and starts a fresh relay."""
        kafka = identify(self._settings.kafka, [topic.name for topic in self._topics], self._settings.login)
        database = Database(self._settings.dsn, f"{self._settings.service}/relay", SESSION)
        producer: Any = None
        try:
            while not self._stopping.is_set() and not self._locked(database):
                self._stopping.wait(1.0)
            with database.transaction() as tx:
                outbox.cursors(tx, self._places, kafka.cluster_id, kafka.topic_ids)
            producer = self._connect()
            while not self._stopping.is_set():
                self._pass_on(database, producer)
        finally:
            if producer is not None:
                producer.close(timeout=0)
            database.close()

    def _locked(self, database: Database) -> bool:
        with database.transaction() as tx:
            return bool(tx.rows("SELECT pg_try_advisory_lock(%s)", (LOCK,))[0][0])

    def _connect(self) -> Any:
        return KafkaProducer(
            **connection(self._settings.kafka, self._settings.login),
            acks="all",
            enable_idempotence=True,
            linger_ms=2,
            batch_size=256 << 10,
            compression_type="gzip",
            delivery_timeout_ms=12_000,
            request_timeout_ms=8_000,
            max_block_ms=8_000,
            bootstrap_timeout_ms=5000,
            reconnect_backoff_max_ms=1000,
            metrics_enabled=False,
            allow_auto_create_topics=False,
        )

    def _pass_on(self, database: Database, producer: Any) -> None:
        self._pace.keep()
        self._wake.clear()
        with database.transaction() as tx:
            lines = outbox.unsent(tx, LINES_PER_PARTITION)
        if not lines:
            self.went_on()
            self._wake.wait(0.2)
            return
        mark("before_publish")
        sent = self._send(producer, lines)
        mark("after_publish")
        whole = {place: numbers for place, numbers in sent.items() if numbers}
        if whole:
            with database.transaction() as tx:
                outbox.acknowledge(tx, whole)
        mark("after_acknowledge")
        last = {line[0]: line[1] for line in lines}
        if whole != last:
            raise SendFailed(f"Kafka did not acknowledge every line: {self._refusal}")

    def _send(self, producer: Any, lines: list[Any]) -> dict[Place, int]:
        """The last unbroken acknowledged number of each partition; 0 where not even the first one was."""
        try:
            futures = [(line, self._send_one(producer, line)) for line in lines]
            self._flush(producer)
        except KafkaError as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error
        reached: dict[Place, int] = {}
        broken: set[Place] = set()
        for (place, number, *_), future in futures:
            if place in broken or not future.succeeded():
                broken.add(place)
                self._refusal = str(future.exception) if future.failed() else "no answer in time"
            else:
                reached[place] = number
        metrics.SENT.labels(self._settings.service).inc(sum(1 for _, future in futures if future.succeeded()))
        return reached

    def _flush(self, producer: Any) -> None:
        """Until all is answered or the patience is over, which a stop makes shorter; what has no answer is sent again."""
        until = time.monotonic() + FLUSH_PATIENCE
        while time.monotonic() < until:
            try:
                return producer.flush(timeout=0.5)
            except KafkaTimeoutError:
                until = min(until, time.monotonic() + STOP_PATIENCE) if self._stopping.is_set() else until

    def _send_one(self, producer: Any, line: Any) -> Any:
        (topic, partition), number, key, event, message_id, said_at, value = line
        headers = [
            ("ce_specversion", b"1.0"),
            ("ce_id", message_id.encode()),
            ("ce_source", self._source),
            ("ce_type", f"kz.qorgan.{event}".encode()),
            ("ce_time", said_at.isoformat().encode()),
            ("ce_subject", key.encode()),
            ("ce_dataschema", f"urn:qorgan:schema:{int.from_bytes(value[1:5], 'big')}".encode()),
            ("content-type", b"application/avro"),
            ("qorgan_number", str(number).encode()),
        ]
        hour = int(time.time()) // 3600 * 3_600_000  # cut to the hour, and never a simulation's: Kafka refuses the future
        return producer.send(topic, value, key.encode(), headers, partition, timestamp_ms=hour)
