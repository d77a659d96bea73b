"""What was found: the rows of every database and every record on the wire, in plain shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """One record as it lies in Kafka."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: str
    headers: Mapping[str, str]
    event: str
    body: Mapping[str, Any]
    digest: str

    @property
    def number(self) -> int:
        text = self.headers.get("qorgan_number", "")
        return int(text) if text.isdigit() else 0

    @property
    def attempt(self) -> tuple[str, int]:
        return self.body["need_id"], self.body["attempt"]


@dataclass
class Evidence:
    """tables: service → table → rows; wire: all records, partition by partition, in order."""

    topics: dict[str, dict[str, Any]]
    sides: dict[str, str]
    tables: dict[str, dict[str, list[Row]]]
    wire: list[Said]
    answered: list[str] = field(default_factory=list)

    @property
    def numbered(self) -> dict[str, dict[str, Any]]:
        """Topics of those who keep a journal; what an outsider says is counted by its reader."""
        return {name: entry for name, entry in self.topics.items() if entry.get("numbered", True)}

    def rows(self, service: str, table: str) -> list[Row]:
        return self.tables[service].get(table, [])

    def once(self, *events: str) -> Iterator[Said]:
        """Each message of these events (last part of the name will do) once, however often it was said."""
        heard: set[tuple[str, int, int]] = set()
        for said in self.wire:
            place = (said.topic, said.partition, said.number)
            if place not in heard and said.event and (said.event in events or said.event.split(".")[1] in events):
                heard.add(place)
                yield said
