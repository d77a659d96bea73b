"""What may be said on which topic, and which schema has which id? Read from `schemas/`, never from a network."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


@dataclass(frozen=True)
class Topic:
    """`numbered`: its owner keeps a journal and numbers what it says; without, its reader counts by Kafka's own order."""

    name: str
    owner: str
    key: str
    partitions: int
    readers: tuple[str, ...]
    events: tuple[str, ...]
    numbered: bool = True

    def partition_of(self, key: str) -> int:
        """The same key always lies in the same partition: order per life is kept."""
        return crc32(key.encode()) % self.partitions


@dataclass(frozen=True)
class SchemaVersion:
    """One version of one event; its id was given once and is never given again."""

    id: int
    event: str
    version: int
    written: bool
    schema: dict[str, Any]


class Catalogue:
    """All topics and all schema versions of one folder."""

    def __init__(self, folder: Path = SCHEMAS) -> None:
        topics = tomllib.loads((folder / "topics.toml").read_text("utf-8"))["topics"]
        self.topics = {name: _topic(name, entry) for name, entry in topics.items()}
        self._topic_of = {event: topic for topic in self.topics.values() for event in topic.events}
        self.versions = {version.id: version for version in _versions(folder)}
        self._written = {version.event: version for version in self.versions.values() if version.written}

    def topic_of(self, event: str) -> Topic:
        return self._topic_of[event]

    def written(self, event: str) -> SchemaVersion:
        """The version that writers use today; readers know every version."""
        return self._written[event]

    def heard_by(self, service: str) -> list[Topic]:
        return [topic for topic in self.topics.values() if service in topic.readers]

    def said_by(self, service: str) -> list[Topic]:
        return [topic for topic in self.topics.values() if topic.owner == service]


@cache
def catalogue() -> Catalogue:
    return Catalogue()


def _topic(name: str, entry: dict[str, Any]) -> Topic:
    readers, events = tuple(entry["readers"]), tuple(entry["events"])
    return Topic(name, entry["owner"], entry["key"], entry["partitions"], readers, events, entry.get("numbered", True))


def _versions(folder: Path) -> list[SchemaVersion]:
    entries = tomllib.loads((folder / "ids.toml").read_text("utf-8"))
    found = []
    for event, versions in entries.items():
        for number, entry in versions.items():
            schema = json.loads((folder / entry["file"]).read_text("utf-8"))
            written = entry.get("written", False)
            found.append(SchemaVersion(entry["id"], event, int(number.lstrip("v")), written, schema))
    return found
