"""Who may do what at the broker? Derived from `schemas/topics.toml`; whatever is not named here is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.faults import Missing
from deploy.local.principals import ADMIN, ANYBODY, BROKER, OPERATIONS

CLUSTER = "kafka-cluster"


@dataclass(frozen=True, order=True)
class Right:
    """This user may do this to the one thing of this name, or, prefixed, to all whose names begin so."""

    user: str
    operation: str      # as Kafka calls it
    resource: str       # TOPIC, GROUP or CLUSTER
    name: str
    prefixed: bool = False


def rights(catalogue: Path) -> list[Right]:
    """Owner: write. Readers: read. Public: anybody reads. Apps: their own group and topics. Operations: describe."""
    told = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    found = set(_of_operations())
    for name, topic in told["topics"].items():
        found |= set(_of_topic(name, topic))
    for name, app in told.get("apps", {}).items():
        found |= set(_of_app(name, app["owner"]))
    return sorted(found)


def users(catalogue: Path) -> list[str]:
    """Everybody with a password of their own: who owns or reads a topic, and the four besides."""
    return sorted({BROKER, ADMIN, OPERATIONS, ANYBODY, *(right.user for right in rights(catalogue))})


def _of_topic(name: str, topic: dict[str, Any]) -> Iterator[Right]:
    yield Right(topic["owner"], "WRITE", "TOPIC", name)
    yield Right(topic["owner"], "DESCRIBE", "TOPIC", name)
    for reader in (*topic["readers"], *((ANYBODY,) if topic.get("public") else ())):
        yield Right(reader, "READ", "TOPIC", name)
        yield Right(reader, "DESCRIBE", "TOPIC", name)


def _of_app(name: str, owner: str) -> Iterator[Right]:
    for operation in ("READ", "DESCRIBE", "DELETE"):    # DELETE: windows that were lost are counted anew
        yield Right(owner, operation, "GROUP", name)
    for operation in ("READ", "WRITE", "CREATE", "DESCRIBE", "DELETE"):
        yield Right(owner, operation, "TOPIC", f"{name}-", prefixed=True)


def _of_operations() -> Iterator[Right]:
    yield Right(OPERATIONS, "DESCRIBE", "CLUSTER", CLUSTER)
    yield Right(OPERATIONS, "DESCRIBE", "TOPIC", "*")
    yield Right(OPERATIONS, "DESCRIBE", "GROUP", "*")


def grant(admin: Any, passwords: dict[str, str], catalogue: Path) -> None:
    """Bring users and rights to what the catalogue says: what is lacking is given, what is too much is taken away."""
    from kafka.admin import ScramMechanism, UserScramCredentialDeletion, UserScramCredentialUpsertion

    # Each user has the password of its file, also one that was changed there.
    mechanism = ScramMechanism.SCRAM_SHA_256
    known = set(admin.describe_user_scram_credentials())
    alterations: list[Any] = [UserScramCredentialUpsertion(name, mechanism, word) for name, word in passwords.items()]
    alterations += [UserScramCredentialDeletion(name, mechanism) for name in known - set(passwords)]
    refused = {name: why for name, why in admin.alter_user_scram_credentials(alterations).items() if why}
    if refused:
        raise Missing(f"Kafka did not take its users: {refused}; look into kafka.log.")
    _give(admin, rights(catalogue))


def _give(admin: Any, wanted: Iterable[Right]) -> None:
    """Whole entries are compared: one of a single host, or one that forbids, is none of ours, and goes."""
    there, right = set(admin.describe_acls(_any())[0]), {_as_acl(one) for one in wanted}
    lacking, surplus = list(right - there), [_as_filter(acl) for acl in there - right]
    if lacking and (failed := admin.create_acls(lacking)["failed"]):
        raise Missing(f"Kafka did not take its rights ({failed[0].__name__}): look into kafka.log.")
    stay = [error for _, _, error in admin.delete_acls(surplus) if error.errno] if surplus else []
    if stay:
        raise Missing(f"Kafka did not take rights away that nobody should have ({stay[0].__name__}): look into kafka.log.")


def _as_acl(right: Right) -> Any:
    from kafka.admin import ACL, ACLOperation, ACLPermissionType, ACLResourcePatternType, ResourcePattern, ResourceType

    kind = ACLResourcePatternType.PREFIXED if right.prefixed else ACLResourcePatternType.LITERAL
    pattern = ResourcePattern(ResourceType[right.resource], right.name, kind)
    return ACL(f"User:{right.user}", "*", ACLOperation[right.operation], ACLPermissionType.ALLOW, pattern)


def _as_filter(acl: Any) -> Any:
    from kafka.admin import ACLFilter

    return ACLFilter(acl.principal, acl.host, acl.operation, acl.permission_type, acl.resource_pattern)


def _any() -> Any:
    from kafka.admin import (
        ACLFilter,
        ACLOperation,
        ACLPermissionType,
        ACLResourcePatternType,
        ResourcePatternFilter,
        ResourceType,
    )

    everything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
    return ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, everything)
