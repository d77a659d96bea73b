"""How is each act tried at a real broker, as one principal, so that the broker itself says yes or no?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ConfigResource,
    ConfigResourceType,
    KafkaAdminClient,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from kafka.errors import KafkaError, TopicAuthorizationFailedError, for_code
from kafka.protocol.consumer import FetchRequest
from kafka.protocol.producer import ProduceRequest
from kafka.record import MemoryRecordsBuilder
from kafka.structs import OffsetAndMetadata

from tests.secure.expected import GROUP_ACTS, GROUPS, PLACES

REFUSED = ("TopicAuthorizationFailedError", "GroupAuthorizationFailedError", "ClusterAuthorizationFailedError")
_Topic, _Data = FetchRequest.FetchTopic, ProduceRequest.TopicProduceData
Cell = tuple[str, str, bool]  # act, place, done


def all_acts(access: dict[str, Any]) -> Iterator[Cell]:
    """Every act at every place; what would destroy comes last."""
    with closing(KafkaAdminClient(**access, bootstrap_timeout_ms=5000)) as admin:
        yield from (("describe", topic, done) for topic, done in _described(admin))
        yield from (("read", topic, done) for topic, done in read(admin))
        yield from (("write", topic, done) for topic, done in _written(admin))
        yield from _of_groups(admin, access)
        yield from _of_cluster(admin)
        yield from (("configure", topic, _passes(lambda topic=topic: _configure(admin, topic))) for topic in PLACES)
        yield from (("alter", topic, done) for topic, done in _partitioned(admin))
        yield from (("create", topic, done) for topic, done in _created(admin))
        yield from (("delete", topic, done) for topic, done in _deleted(admin))


def _allowed(code: int) -> bool:
    return for_code(code).__name__ not in REFUSED


def _passes(act: Callable[[], Any]) -> bool:
    """False if the broker refuses it for want of a right; whatever else it objects to, it let us in."""
    try:
        act()
    except KafkaError as error:
        names = {kind.__name__ for kind in type(error).__mro__} | set(str(error).replace("(", " ").replace("[", " ").split())
        return not names & set(REFUSED)
    return True


def _described(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    return [(topic["name"], _allowed(topic["error_code"])) for topic in admin.describe_topics(list(PLACES))]


def read(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    """(place, may it be read), asked by a fetch of our own: a client of Kafka would not even ask for a topic that it cannot see."""
    topics = [_Topic(topic=topic, partitions=[_Topic.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1 << 16)])
              for topic in PLACES]
    asked = FetchRequest(replica_id=-1, max_wait_ms=0, min_bytes=0, max_bytes=1 << 20, topics=topics, max_version=11)
    told = admin._manager.run(admin._manager.send, asked, 1)
    return [(one.topic, _allowed(part.error_code)) for one in told.responses for part in one.partitions]


def _written(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    """By a request of our own, as above."""
    batch = MemoryRecordsBuilder(magic=2, compression_type=0, batch_size=1 << 12)
    batch.append(timestamp=None, key=None, value=b"forged")
    batch.close()
    part = _Data.PartitionProduceData(index=0, records=batch.buffer())
    topics = [_Data(name=topic, partition_data=[part]) for topic in PLACES]
    asked = ProduceRequest(transactional_id=None, acks=-1, timeout_ms=5000, topic_data=topics, max_version=9)
    told = admin._manager.run(admin._manager.send, asked, 1)
    return [(one.name, _allowed(part.error_code)) for one in told.responses for part in one.partition_responses]


def _configure(admin: KafkaAdminClient, topic: str) -> None:
    resource = ConfigResource(ConfigResourceType.TOPIC, topic, {"retention.ms": "1000"})
    told = admin.alter_configs([resource], validate_only=True, raise_on_unknown=False)
    if any(refused in str(told) for refused in REFUSED):
        raise TopicAuthorizationFailedError(topic)


def _partitioned(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    told = admin.create_partitions(dict.fromkeys(PLACES, 50), validate_only=True, raise_errors=False)
    return [(one.name, _allowed(one.error_code)) for one in told.results]


def _created(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    wanted = {topic: {"num_partitions": 1, "replication_factor": 1} for topic in PLACES}
    told = admin.create_topics(wanted, validate_only=True, raise_errors=False)
    return [(one["name"], _allowed(one["error_code"])) for one in told["topics"]]


def _deleted(admin: KafkaAdminClient) -> list[tuple[str, bool]]:
    told = admin.delete_topics(list(PLACES), raise_errors=False)
    return [(one["name"], _allowed(one["error_code"])) for one in told["topics"]]


def _of_groups(admin: KafkaAdminClient, access: dict[str, Any]) -> Iterator[Cell]:
    acts: dict[str, Callable[[str], Any]] = {
        "describe": lambda group: admin.describe_groups([group]), "read": lambda group: _commit(access, group),
        "delete": lambda group: _delete_group(admin, group),
    }
    for group in GROUPS:
        yield from ((f"group {act}", group, _passes(lambda act=act, group=group: acts[act](group))) for act in GROUP_ACTS)


def _commit(access: dict[str, Any], group: str) -> None:
    """At a topic that it may see or not: the group is asked about first."""
    member = KafkaConsumer(**access, group_id=group, enable_auto_commit=False, bootstrap_timeout_ms=5000)
    with closing(member), suppress(TopicAuthorizationFailedError):
        member.commit({TopicPartition(PLACES[0], 0): OffsetAndMetadata(0, "", -1)})


def _delete_group(admin: KafkaAdminClient, group: str) -> None:
    told = admin.delete_groups([group])
    if any(refused in str(told) for refused in REFUSED):
        raise TopicAuthorizationFailedError(group)


def _of_cluster(admin: KafkaAdminClient) -> Iterator[Cell]:
    pattern = ResourcePattern(ResourceType.TOPIC, "*")
    mine = ACL("User:anybody", "*", ACLOperation.ALL, ACLPermissionType.ALLOW, pattern)
    everything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
    seen = ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, everything)
    yield "give rights", "cluster", not admin.create_acls([mine])["failed"]
    yield "see rights", "cluster", _passes(lambda: admin.describe_acls(seen))
    made = admin.alter_user_scram_credentials([UserScramCredentialUpsertion("admin", ScramMechanism.SCRAM_SHA_256, "taken over")])
    yield "make users", "cluster", made["admin"] is None
