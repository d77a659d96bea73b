"""Which topics does the pipeline have, and does the broker have them too?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from deploy.local.faults import Missing

NO_LOGIN: Mapping[str, str] = MappingProxyType({})
CATALOGUE = Path(__file__).parents[2] / "schemas" / "topics.toml"
BROKERS_OWN = -1  # how many copies: whoever runs the broker has set that; ours says one


def partitions(catalogue: Path = CATALOGUE) -> dict[str, int]:
    topics = tomllib.loads(catalogue.read_text(encoding="utf-8"))["topics"]
    return {name: topic["partitions"] for name, topic in topics.items()}


def admin(kafka: str, login: Mapping[str, str] = NO_LOGIN, patience: int = 5000):
    """A connection to a broker that is ready, as the user of this environment; the default patience is 30 s and more."""
    from kafka import KafkaAdminClient
    from kafka.errors import KafkaError

    from plumbing.kafka_access import connection, login_from

    try:
        return KafkaAdminClient(**connection(kafka, login_from(login)), bootstrap_timeout_ms=patience,
                                reconnect_backoff_max_ms=100, request_timeout_ms=10_000)
    except KafkaError as error:
        asked = "is the password right, does its certificate fit" if login else "does it want a password"
        raise Missing(f"no Kafka broker answers at {kafka}: start it, or unset QORGAN_KAFKA; if it runs, {asked}?") from error


def create(kafka: str, catalogue: Path = CATALOGUE, login: Mapping[str, str] = NO_LOGIN) -> None:
    """Make the topics that are not there yet; those that are, are left alone.

    They keep everything: a reader that was away for a month must find what the writer's journal
    calls published.
    """
    wanted = {
        name: {"num_partitions": count, "replication_factor": BROKERS_OWN, "configs": {"retention.ms": "-1"}}
        for name, count in partitions(catalogue).items()
    }
    client = admin(kafka, login)
    try:
        there = set(client.list_topics())
        lacking = {name: wanted[name] for name in wanted if name not in there}
        if lacking:
            client.create_topics(lacking, timeout_ms=10_000, wait_for_metadata=True)
    finally:
        client.close()
