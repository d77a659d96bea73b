"""Whose topics does a service try to read, and in whose name does it try to speak?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from kafka import KafkaAdminClient, KafkaProducer
from kafka.errors import KafkaError

from plumbing.catalogue import Topic, catalogue
from tests.red_team.trying import Try
from tests.secure.trying import read

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
    """By a fetch of our own: a client of Kafka asks for nothing that it cannot see, and that would look like an empty topic."""
    def does() -> tuple[bool, str]:
        with closing(KafkaAdminClient(**login, bootstrap_timeout_ms=5000)) as admin:
            may = dict(read(admin))[topic.name]
        return not may, "read" if may else "TopicAuthorizationFailedError"

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
