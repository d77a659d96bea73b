"""What lies in Kafka? Read record by record with a consumer of the checker's own, going on where it stopped."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from tests.checker.evidence import Said
from tests.checker.words import Words


def _login(security: dict[str, Any] | None) -> dict[str, Any]:
    """As the administrator, since nobody else may read everything."""
    if security is None:
        return {}
    told = {"sasl_plain_username": "admin", "sasl_plain_password": Path(security["passwords"]["admin"]).read_text("utf-8").strip()}
    trust = {"ssl_cafile": security["ca"]} if security["ca"] else {}
    return {**told, **trust, "sasl_mechanism": "SCRAM-SHA-256", "security_protocol": "SASL_SSL" if trust else "SASL_PLAINTEXT"}


class Wire:
    """Everything said so far; `read_on` adds what is new. A new Kafka needs a new Wire."""

    def __init__(self, kafka: str, words: Words, security: dict[str, Any] | None = None) -> None:
        self._access, self._words = {"bootstrap_servers": kafka.split(","), **_login(security)}, words
        self._next = {(name, p): 0 for name, entry in words.topics.items() for p in range(entry["partitions"])}
        self._said: dict[tuple[str, int], list[Said]] = {place: [] for place in self._next}

    def read_on(self) -> list[Said]:
        consumer = KafkaConsumer(
            **self._access, group_id=None, enable_auto_commit=False,
            auto_offset_reset="none", fetch_max_wait_ms=50, metrics_enabled=False, allow_auto_create_topics=False,
        )
        try:
            self._read(consumer)
        finally:
            consumer.close()
        return [said for place in sorted(self._said) for said in self._said[place]]

    def _read(self, consumer: Any) -> None:
        places = {TopicPartition(*place): place for place in self._next}
        ends = consumer.end_offsets(list(places))
        behind = [tp for tp, place in places.items() if self._next[place] < ends[tp]]
        consumer.assign(behind)
        for tp in behind:
            consumer.seek(tp, self._next[places[tp]])
        while any(self._next[places[tp]] < ends[tp] for tp in behind):
            for tp, records in consumer.poll(timeout_ms=500).items():
                place = places[tp]
                self._said[place] += [self._one(record) for record in records]
                self._next[place] = records[-1].offset + 1

    def _one(self, record: Any) -> Said:
        headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
        value = record.value or b""
        digest = sha256(value).hexdigest()
        event, body = self._words.read_once(digest, value)
        key = (record.key or b"").decode("utf-8", "replace")
        return Said(record.topic, record.partition, record.offset, record.timestamp, key, headers, event, body, digest)
