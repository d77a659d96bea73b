"""Which topics does the pipeline have, and does the broker have them too?"""

from __future__ import annotations

import tomllib
from pathlib import Path

from deploy.local.faults import Missing

CATALOGUE = Path(__file__).parents[2] / "schemas" / "topics.toml"
BROKERS_OWN = -1  # how many copies: whoever runs the broker has set that; ours says one


def partitions(catalogue: Path = CATALOGUE) -> dict[str, int]:
    topics = tomllib.loads(catalogue.read_text(encoding="utf-8"))["topics"]
    return {name: topic["partitions"] for name, topic in topics.items()}


def admin(kafka: str):
    """An administrator's connection to a broker that is ready; the default patience is 30 s and more."""
    from kafka import KafkaAdminClient
    from kafka.errors import KafkaError

    try:
        return KafkaAdminClient(bootstrap_servers=kafka, bootstrap_timeout_ms=5000,
                                reconnect_backoff_max_ms=100, request_timeout_ms=10_000)
    except KafkaError as error:
        raise Missing(f"no Kafka broker answers at {kafka}: start it, or unset QORGAN_KAFKA.") from error


def create(kafka: str, catalogue: Path = CATALOGUE) -> None:
    """Make the topics that are not there yet; those that are, are left alone.

    They keep everything: a reader that was away for a month must find what the writer's journal
    calls published.
    """
    wanted = {
        name: {"num_partitions": count, "replication_factor": BROKERS_OWN, "configs": {"retention.ms": "-1"}}
        for name, count in partitions(catalogue).items()
    }
    client = admin(kafka)
    try:
        there = set(client.list_topics())
        lacking = {name: wanted[name] for name in wanted if name not in there}
        if lacking:
            client.create_topics(lacking, timeout_ms=10_000, wait_for_metadata=True)
    finally:
        client.close()
