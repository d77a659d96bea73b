"""What can one agency lay hands on? Every byte of its topics, tables, pages, documents, logs and metrics, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import fastavro

from plumbing import metrics
from plumbing.catalogue import catalogue
from services.police_intake import sealed
from tests import stores
from tests.land.doors import paths, shown
from tests.police_intake import opened

if TYPE_CHECKING:
    from tests.land import Land

Artefacts = dict[str, bytes]
VAULT = {"vault.wrapping": ["since"]}  # by the server's own clock
TIMED = re.compile(rb"^(qorgan_(?:batch_seconds\w*|\w*_seconds|\w*_timestamp_seconds|build_info)(?:\{[^}]*\})?) .*$", re.M)


def artefacts_of(land: Land, service: str) -> Artefacts:
    """name → bytes, of all that this agency hears, says, keeps, shows, logs and counts."""
    found = {**dict(_topics(land, service)), **dict(_tables(land, service)), **dict(_pages(land, service))}
    found["log"] = "\n".join(land.logs[service]).encode()
    return found | {"metrics": _metrics(land, service), "openapi": land.ask(service, "GET", "/openapi.json").content}


def _topics(land: Land, service: str) -> Iterator[tuple[str, bytes]]:
    """Its own topics and those it reads, line by line as they go onto the wire; a line's random id by its length."""
    for topic in catalogue().topics.values():
        if service not in (topic.owner, *topic.readers):
            continue
        for partition, number, key, message_id, value, said_at, event in land.lines(topic.name):
            head = f"{number} {key} {'x' * len(message_id)} {said_at.isoformat()} {event} ".encode()
            yield f"topic {topic.name}[{partition}] line {number:05}", head + sealing_masked(bytes(value))


def sealing_masked(value: bytes) -> bytes:
    """A message in which keys and sealed cards, random by their nature, stand as zeros of their length."""
    schema = catalogue().versions[int.from_bytes(value[1:5], "big")].schema
    body = fastavro.schemaless_reader(BytesIO(value[5:]), fastavro.parse_schema(schema))
    for random_bytes in (one for one in body.values() if isinstance(one, bytes) and one):
        value = value.replace(random_bytes, bytes(len(random_bytes)))
    return value


def _tables(land: Land, service: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table; columns that the server itself times or numbers are left out, random bytes told by length."""
    tables = land.rows(service, "SELECT table_schema, table_name FROM information_schema.tables"
                                " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2")
    for schema, table in tables:
        rows = land.rows(service, f"SELECT to_jsonb(t) FROM {schema}.{table} t")
        left_out = {*stores.UNPINNED.get(table, ()), *VAULT.get(f"{schema}.{table}", ()), "moved_at"}
        kept = sorted(json.dumps(_row(table, row, left_out), ensure_ascii=False, sort_keys=True) for (row,) in rows)
        yield f"table {schema}.{table}", "\n".join(kept).encode()
    if service == "police_intake":
        written = [{"report_id": one, "version": version, **told._asdict()} for one, version, told in opened.written(land.dsns[service])]
        yield "table opened report_versions", _lines(written)
        yield "table opened persons", _lines(opened.look(land.dsns[service], lambda tx: sealed.people(tx, "true", ())))
        yield "table opened held_records", _lines(opened.records(land.dsns[service]))


def _lines(rows: Sequence[Any]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False, sort_keys=True, default=str) for one in rows).encode()


def _row(table: str, row: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name not in left_out}
    if table == "card_grounds":
        shown["digest"] = "x" * len(shown["digest"])  # of a sealed card
    if table == "outbox":
        shown["message_id"] = "x" * len(shown["message_id"])
        shown["value"] = sealing_masked(bytes.fromhex(shown["value"][2:])).hex()
    return _sealing_told_by_length(shown)


def _sealing_told_by_length(told: Any) -> Any:
    """Keys and sealed cards, wherever they stand in a row or in the JSON of one."""
    if isinstance(told, list):
        return [_sealing_told_by_length(one) for one in told]
    if not isinstance(told, dict):
        return told
    hidden = ("public_key", "private_key", "sealed", "public", "wrapped")
    return {name: "x" * len(value) if name in hidden and isinstance(value, str) else _sealing_told_by_length(value)
            for name, value in told.items()}


def _pages(land: Land, service: str) -> Iterator[tuple[str, bytes]]:
    """Every page and every document this door gives, in every language."""
    for path in paths(land, service):
        for kind, answer in shown(land, service, path):
            yield f"{kind} {path}", f"{answer.status_code} ".encode() + answer.content


def _metrics(land: Land, service: str) -> bytes:
    """Its lines of /metrics; what counts seconds of this machine keeps its name and loses its value."""
    text, _ = metrics.page()
    own = [line for line in text.splitlines() if f'service="{service}"'.encode() in line]
    return TIMED.sub(rb"\1 (seconds)", b"\n".join(own))
