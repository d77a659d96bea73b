"""Who should be able to do what at Kafka? Reckoned from schemas/topics.toml by the tests themselves."""

from __future__ import annotations

import tomllib
from pathlib import Path

SCHEMAS = Path(__file__).parents[2] / "schemas"
TOLD = tomllib.loads((SCHEMAS / "topics.toml").read_text("utf-8"))
TOPICS, APPS = TOLD["topics"], TOLD["apps"]
APP = next(iter(APPS))
STRANGE, KEPT = "nobody-knows.this.v1", f"{APP}-windows"  # a topic of nobody; one that an app made for itself
PLACES = (*TOPICS, STRANGE, KEPT, "__consumer_offsets")
GROUPS = (APP, "a-group-of-nobody")
TOPIC_ACTS = ("read", "write", "create", "delete", "alter", "configure", "describe")
GROUP_ACTS = ("read", "delete", "describe")
CLUSTER_ACTS = ("give rights", "make users", "see rights")
PRINCIPALS = sorted({
    "police_intake", "referral_router", "social_registry", "health_narcology", "situation_monitor", "ops", "anybody",
    *(entry["owner"] for entry in TOPICS.values()), *(reader for entry in TOPICS.values() for reader in entry["readers"]),
})


def may(who: str, act: str, topic: str) -> bool:
    """The rule in one place: the owner writes, readers read, both see; public is read by anybody; operations see."""
    if who == "ops":
        return act == "describe"
    if topic == KEPT:
        return APPS[APP]["owner"] == who and act in ("read", "write", "create", "delete", "describe")
    entry = TOPICS.get(topic)
    if entry is None:
        return False
    reads = who in entry["readers"] or (who == "anybody" and entry.get("public", False))
    return {"read": reads, "write": who == entry["owner"], "describe": reads or who == entry["owner"]}.get(act, False)


def may_group(who: str, act: str, group: str) -> bool:
    return (who == "ops" and act == "describe") or (group == APP and who == APPS[APP]["owner"])


def cells() -> set[tuple[str, str, str]]:
    """Every cell there is: who, which act, at which topic, group or the cluster."""
    topics = {(who, act, place) for who in PRINCIPALS for act in TOPIC_ACTS for place in PLACES}
    groups = {(who, f"group {act}", group) for who in PRINCIPALS for act in GROUP_ACTS for group in GROUPS}
    return topics | groups | {(who, act, "cluster") for who in PRINCIPALS for act in CLUSTER_ACTS}


def expected(cell: tuple[str, str, str]) -> bool:
    who, act, place = cell
    if place == "cluster":
        return who == "ops" and act == "see rights"
    return may_group(who, act.removeprefix("group "), place) if act.startswith("group ") else may(who, act, place)
