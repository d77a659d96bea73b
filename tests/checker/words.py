"""What may be said where, by whom, under which schema id? Read from `schemas/` by the checker itself."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import avro.io
import avro.schema

SCHEMAS = Path(__file__).parents[2] / "schemas"
SERVICES = ("police_intake", "referral_router", "social_registry", "health_narcology", "situation_monitor")


class Words:
    """The topics with owner and readers, and a reader for every schema id."""

    def __init__(self, folder: Path = SCHEMAS) -> None:
        self.topics: dict[str, dict[str, Any]] = tomllib.loads((folder / "topics.toml").read_text("utf-8"))["topics"]
        # What an outsider says has no journal and no numbers of ours: its reader counts.
        self.numbered = {name: entry for name, entry in self.topics.items() if entry.get("numbered", True)}
        self._folder = folder
        self._files: dict[int, tuple[str, str]] = {}
        for event, versions in tomllib.loads((folder / "ids.toml").read_text("utf-8")).items():
            for entry in versions.values():
                self._files[entry["id"]] = (event, entry["file"])
        self._readers: dict[int, avro.io.DatumReader] = {}
        self._read: dict[str, tuple[str, dict[str, Any]]] = {}

    def read(self, value: bytes) -> tuple[str, dict[str, Any]]:
        """(event, body); ("", {}) for what is no message of ours."""
        number = int.from_bytes(value[1:5], "big") if len(value) >= 5 and value[0] == 0 else -1
        if number not in self._files:
            return "", {}
        event, file = self._files[number]
        if number not in self._readers:
            schema = json.loads((self._folder / file).read_text("utf-8"))
            self._readers[number] = avro.io.DatumReader(avro.schema.parse(json.dumps(schema)))
        try:
            body = self._readers[number].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))
        except Exception:  # garbage is no message, whatever it did to the reader
            return "", {}
        return event, body  # type: ignore[return-value]

    def read_once(self, digest: str, value: bytes) -> tuple[str, dict[str, Any]]:
        """The same bytes are read once, however often they are said: the reference reader is slow."""
        if digest not in self._read:
            self._read[digest] = self.read(value)
        return self._read[digest]

    def side(self, topic: str) -> str:
        """Whose ears a topic is for: the victim's, the offender's, or both ("")."""
        entry = self.topics[topic]
        ends = {entry["owner"], *entry["readers"]}
        if "capacities" in topic or "counts" in topic:
            return ""  # about a facility or a number, never about a person
        if "social_registry" in ends:
            return "victim"
        return "offender" if "health_narcology" in ends else ""
