"""How do bytes become a dataclass and back? Confluent's wire format: 0x00, 4-byte schema id, Avro body."""

from __future__ import annotations

import struct
from dataclasses import fields
from functools import cache
from io import BytesIO
from typing import Any, cast

import fastavro

from plumbing.catalogue import Catalogue, SchemaVersion, catalogue

_FRAME = struct.Struct(">bI")


class Unreadable(ValueError):
    """Bytes that are no message of ours; the text is the cause a person reads."""


class UnknownSchema(Unreadable):
    """The frame is right but its schema id is not in the catalogue yet; it redrives itself once it is."""


class Codec:
    """Writes with today's version; reads any version into the reader's own view, unused fields dropped."""

    def __init__(self, known: Catalogue | None = None) -> None:
        self._known = known or catalogue()
        self._parsed: dict[int, Any] = {}
        self._views: dict[type, Any] = {}

    def encode(self, said: Any) -> bytes:
        version = self._known.written(said.event)
        body = BytesIO()
        body.write(_FRAME.pack(0, version.id))
        fastavro.schemaless_writer(body, self._schema(version), _as_written(said))
        return body.getvalue()

    def decode(self, value: bytes, views: dict[str, type]) -> Any:
        """A view's instance, or None for an event this reader has no view of; raises Unreadable."""
        version = self.version_in(value)
        view = views.get(version.event)
        if view is None:
            return None
        try:
            body = BytesIO(value[_FRAME.size :] + b"\0")  # one byte more: fastavro skips past an end without a word
            record = fastavro.schemaless_reader(body, self._schema(version), self._view(view))
        except Exception as error:  # whatever the bytes did to the reader, they are no message
            raise Unreadable(f"body does not fit schema {version.id}: {type(error).__name__}") from error
        if len(body.read(2)) != 1:
            raise Unreadable(f"bytes are missing or left over behind schema {version.id}")
        return view(**{name: _as_read(part) for name, part in record.items()})  # type: ignore[union-attr]

    def version_in(self, value: bytes) -> SchemaVersion:
        if len(value) < _FRAME.size or value[0] != 0:
            raise Unreadable("no Confluent frame: the first byte is not 0x00, or the value is too short")
        _, schema_id = _FRAME.unpack(value[: _FRAME.size])
        try:
            return self._known.versions[schema_id]
        except KeyError:
            raise UnknownSchema(f"unknown-schema {schema_id}") from None

    def _schema(self, version: SchemaVersion) -> Any:
        if version.id not in self._parsed:
            self._parsed[version.id] = fastavro.parse_schema(version.schema)
        return self._parsed[version.id]

    def _view(self, view: type) -> Any:
        if view not in self._views:
            self._views[view] = fastavro.parse_schema(view_schema(view, self._known))
        return self._views[view]


def view_schema(view: Any, known: Catalogue) -> dict[str, Any]:
    """Today's schema of the event, cut down to the fields the view has."""
    whole = known.written(view.event).schema
    wanted = {field.name for field in fields(view)}
    return {**whole, "fields": [field for field in whole["fields"] if field["name"] in wanted]}


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def _as_written(said: Any) -> dict[str, Any]:
    return {name: _plain(getattr(said, name)) for name in _names(cast(Any, type(said)))}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _as_read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
