"""Which Kafka is this, and are its topics those we know?"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError


class BrokerAway(RuntimeError):
    """No broker answers, or it does not know our topics yet."""


@dataclass(frozen=True)
class KafkaIdentity:
    """The cluster's id and each topic's id: made anew under the same names, they are others."""

    cluster_id: str
    topic_ids: dict[str, str]


def reachable(address: str, timeout: float = 1.0) -> bool:
    """Does anything accept connections at one of these addresses?"""
    for one in address.split(","):
        host, _, port = one.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout):
                return True
        except OSError:
            continue
    return False


def identify(address: str, topics: Sequence[str]) -> KafkaIdentity:
    """Ask the cluster who it is; raises BrokerAway while it cannot say."""
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=address.split(","), bootstrap_timeout_ms=3000, reconnect_backoff_max_ms=500
        )
    except KafkaError as error:
        raise BrokerAway(
            f"no Kafka answers at {address}: is it up, is the password right, does its certificate fit? ({error})"
        ) from error
    try:
        found = {topic["name"]: topic for topic in admin.describe_topics(list(topics))}
        missing = [name for name in topics if found.get(name, {"error_code": 3})["error_code"]]
        if missing:
            raise BrokerAway(f"Kafka at {address} has no topic {missing[0]}: `make up` creates the topics")
        return KafkaIdentity(
            str(admin.describe_cluster()["cluster_id"]), {name: str(found[name]["topic_id"]) for name in topics}
        )
    except KafkaError as error:
        raise BrokerAway(f"Kafka at {address} did not say who it is: {error}") from error
    finally:
        admin.close()
