"""Which Kafka is this, and are its topics those we know?"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from plumbing.kafka_access import OPEN_KAFKA, KafkaLogin, connection

NOT_ALLOWED = 29  # Kafka's code for a topic that this user may not see


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


def administer(address: str, login: KafkaLogin = OPEN_KAFKA) -> KafkaAdminClient:
    """Ask about the cluster; raises BrokerAway with the three likely causes, which Kafka's client does not tell apart."""
    try:
        return KafkaAdminClient(**connection(address, login), bootstrap_timeout_ms=3000, reconnect_backoff_max_ms=500)
    except KafkaError as error:
        password = f"is the password of {login.user} right" if login.user else "does it want a password"
        cause = type(error).__name__
        raise BrokerAway(f"no Kafka answers at {address}: is it up, {password}, does its certificate fit? ({cause})") from error


def identify(address: str, topics: Sequence[str], login: KafkaLogin = OPEN_KAFKA) -> KafkaIdentity:
    """Ask the cluster who it is; raises BrokerAway while it cannot say."""
    admin = administer(address, login)
    try:
        found = {topic["name"]: topic for topic in admin.describe_topics(list(topics))}
        missing = {name: code for name in topics if (code := found.get(name, {"error_code": 3})["error_code"])}
        for name, code in missing.items():
            if code == NOT_ALLOWED:
                raise BrokerAway(f"Kafka at {address} does not let {login.user or 'nobody'} see {name}: `make up` gives rights")
            raise BrokerAway(f"Kafka at {address} has no topic {name}: `make up` creates the topics")
        return KafkaIdentity(
            str(admin.describe_cluster()["cluster_id"]), {name: str(found[name]["topic_id"]) for name in topics}
        )
    except KafkaError as error:
        raise BrokerAway(f"Kafka at {address} did not say who it is: {error}") from error
    finally:
        admin.close()


__all__ = ["BrokerAway", "KafkaIdentity", "administer", "connection", "identify", "reachable"]
