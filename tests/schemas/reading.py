"""How do the schema tests read `schemas/`, without a network and without the code that they test?"""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
FOR_PEOPLE = ("doc", "purpose", "audience")  # no byte on the wire depends on these


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SCHEMAS / name).read_text("utf-8"))


def versions() -> list[tuple[int, str, str, Path]]:
    """(id, event, version, file) of every version ever used."""
    return [
        (entry["id"], event, version, SCHEMAS / entry["file"])
        for event, known in toml("ids.toml").items()
        for version, entry in known.items()
    ]


def written() -> dict[str, dict[str, Any]]:
    """event → the schema that writers use today."""
    ids = toml("ids.toml")
    return {
        event: json.loads((SCHEMAS / entry["file"]).read_text("utf-8"))
        for event, known in ids.items()
        for entry in known.values()
        if entry.get("written")
    }


def example_of(file: Path) -> dict[str, Any]:
    """The example beside a schema, as the values a program would hold."""
    schema = json.loads(file.read_text("utf-8"))
    known = json.loads(file.with_suffix(".example.json").read_text("utf-8"))
    types = {field["name"]: field["type"] for field in schema["fields"]}
    return {name: _value(types[name], value) for name, value in known.items()}


def branches(kind: Any) -> list[Any]:
    return kind if isinstance(kind, list) else [kind]


def enums(schema: Any) -> list[dict[str, Any]]:
    """Every enum that stands anywhere in a schema."""
    if isinstance(schema, list):
        return [found for part in schema for found in enums(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "enum" else []
    return own + [found for part in schema.values() if isinstance(part, (dict, list)) for found in enums(part)]


def digest(schema: Any) -> str:
    """A version's identity: all but what is for people, so defaults, aliases and logical types count."""
    return sha256(json.dumps(_of_the_wire(schema), sort_keys=True).encode()).hexdigest()[:16]


def _of_the_wire(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_of_the_wire(part) for part in schema]
    if isinstance(schema, dict):
        return {name: _of_the_wire(part) for name, part in schema.items() if name not in FOR_PEOPLE}
    return schema


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if any(isinstance(one, dict) and one.get("logicalType") == "timestamp-millis" for one in branches(kind)):
        return datetime.fromtimestamp(value / 1000, UTC)
    if any(isinstance(one, dict) and one.get("logicalType") == "date" for one in branches(kind)):
        return date(1970, 1, 1) + timedelta(days=value)
    return value.encode("latin-1") if "bytes" in branches(kind) else value
