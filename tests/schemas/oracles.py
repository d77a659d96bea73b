"""Can one version of a message be read by a reader of another? Two libraries are asked, neither of them ours."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import avro.schema
import fastavro
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from avro.io import BinaryDecoder, BinaryEncoder, DatumReader, DatumWriter
from fastavro.utils import generate_many

TRIES = 60


def fastavro_reads(writer: dict[str, Any], reader: dict[str, Any]) -> bool:
    """Sixty generated messages of the writer's version, resolved into the reader's."""
    said, heard = fastavro.parse_schema(writer), fastavro.parse_schema(reader)
    try:
        for message in generate_many(said, TRIES):
            body = BytesIO()
            fastavro.schemaless_writer(body, said, message)
            body.seek(0)
            fastavro.schemaless_reader(body, said, heard)
    except Exception:
        return False
    return True


def avro_allows(writer: dict[str, Any], reader: dict[str, Any]) -> bool:
    found = ReaderWriterCompatibilityChecker().get_compatibility(_parsed(reader), _parsed(writer))
    return found.compatibility is SchemaCompatibilityType.compatible


def both_ways(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Which oracle refuses which direction; empty means that each side can read the other."""
    return [
        f"{oracle.__name__}: {name}"
        for oracle in (fastavro_reads, avro_allows)
        for name, writer, reader in (("new reads old", one, other), ("old reads new", other, one))
        if not oracle(writer, reader)
    ]


def by_fastavro(schema: dict[str, Any], message: dict[str, Any]) -> tuple[bytes, Any]:
    """(bytes, what is read back) by fastavro."""
    parsed, body = fastavro.parse_schema(schema), BytesIO()
    fastavro.schemaless_writer(body, parsed, message, strict=True)
    return body.getvalue(), fastavro.schemaless_reader(BytesIO(body.getvalue()), parsed, parsed)


def by_reference(schema: dict[str, Any], message: dict[str, Any]) -> tuple[bytes, Any]:
    """(bytes, what is read back) by the reference library of the Avro project."""
    parsed, body = _parsed(schema), BytesIO()
    DatumWriter(parsed).write(message, BinaryEncoder(body))
    return body.getvalue(), DatumReader(parsed, parsed).read(BinaryDecoder(BytesIO(body.getvalue())))


def _parsed(schema: dict[str, Any]) -> Any:
    return avro.schema.parse(json.dumps(schema))
