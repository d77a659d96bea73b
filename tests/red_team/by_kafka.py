"""Whose topics does a service try to read, and in whose name does it try to speak?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, TopicAuthorizationFailedError

from plumbing.catalogue import Topic, catalogue
from tests.red_team.trying import Try

OURS = ("police_intake", "referral_router", "social_registry", "health_narcology", "situation_monitor")


def tries(at: dict[str, Any]) -> Iterator[Try]:
    if "kafka_security" not in at:  # nothing is sent to a Kafka that takes it from anybody
        yield Try("anybody", "Kafka: reads and speaks on every topic", lambda: (False, "this Kafka is open"))
        return
    for topic in catalogue().topics.values():
        for service in OURS:
            login = _login(at, service)
            if topic.owner != service and topic.readers and service not in topic.readers:
                yield Try(service, f"Kafka: reads {topic.name}", _reads(login, topic))
            if topic.owner != service:
                yield Try(service, f"Kafka: speaks on {topic.name}", _speaks(login, topic))


def _login(at: dict[str, Any], service: str) -> dict[str, Any]:
    """As a service of ours comes."""
    doors = at["kafka_security"]
    from plumbing.kafka_access import KafkaLogin, connection

    return connection(at["kafka"], KafkaLogin(service, doors["passwords"][service], doors["ca"] or ""))


def _reads(login: dict[str, Any], topic: Topic) -> Any:
    def does() -> tuple[bool, str]:
        consumer = KafkaConsumer(**login, group_id=None, auto_offset_reset="earliest", metrics_enabled=False)
        try:
            consumer.assign([TopicPartition(topic.name, 0)])
            return False, f"{len(consumer.poll(timeout_ms=1500))} partitions"
        except TopicAuthorizationFailedError:
            return True, "not authorised"
        finally:
            consumer.close()

    return does


def _speaks(login: dict[str, Any], topic: Topic) -> Any:
    def does() -> tuple[bool, str]:
        producer = KafkaProducer(**login, acks=1, enable_idempotence=False, max_block_ms=3000, metrics_enabled=False)
        try:
            # Nothing a service would take: without a number it is set aside, should it ever be let through.
            producer.send(topic.name, b"red team", b"red-team", partition=0).get(timeout=5)
            return False, "sent"
        except KafkaError as error:
            refused = "Authorization" in type(error).__name__ or "authorization" in str(error).lower()
            return refused, type(error).__name__
        finally:
            producer.close(timeout=1)

    return does
