"""How does an outsider follow the medico-social register, through its public topic alone?

`python docs/follow_the_register/follow.py KAFKA FILE.sqlite [--batch N] [--until-caught-up]` (kafka-python, fastavro).
A Kafka that asks for names: `--password-file` of the user `anybody`, and `--ca` if it speaks TLS.
"""

from __future__ import annotations

import argparse
import io
import json
import sqlite3
import struct
import tomllib
from pathlib import Path
from typing import Any

import fastavro
from kafka import KafkaConsumer, TopicPartition

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
TOPIC = "social-registry.register.v1"
STATE_AFTER = {
    "RegisterEntryOpened": "opened", "RegisterEntryAssessed": "assessed", "RegisterEntryReviewed": "reviewed",
    "RegisterEntryClosed": "closed",
}
TABLES = """
CREATE TABLE IF NOT EXISTS entries (entry_id TEXT PRIMARY KEY, region TEXT, ground TEXT, state TEXT, level TEXT,
    children INTEGER, due_on TEXT, code TEXT);
CREATE TABLE IF NOT EXISTS places (partition INTEGER PRIMARY KEY, next_offset INTEGER, last_number INTEGER);
CREATE VIEW IF NOT EXISTS open_by_region AS SELECT region, state, count(*) AS entries, sum(children) AS children
    FROM entries WHERE state <> 'closed' GROUP BY region, state ORDER BY region, state;
"""


class Missing(Exception):
    """A number that should come next did not: something of the topic is gone, and guessing would be a lie."""


def schemas() -> dict[int, Any]:
    """Schema id → parsed schema, of every version of every event that was ever said on this topic."""
    events = tomllib.loads((SCHEMAS / "topics.toml").read_text("utf-8"))["topics"][TOPIC]["events"]
    ids = tomllib.loads((SCHEMAS / "ids.toml").read_text("utf-8"))
    files = {version["id"]: version["file"] for event in events for version in ids[event].values()}
    return {number: fastavro.parse_schema(json.loads((SCHEMAS / file).read_text("utf-8"))) for number, file in files.items()}


def decode(value: bytes, known: dict[int, Any]) -> tuple[str, dict[str, Any]]:
    """Confluent's frame: a zero byte, four bytes of schema id, the Avro body."""
    _, number = struct.unpack(">bI", value[:5])
    schema = known[number]
    return schema["name"].split(".")[-1], fastavro.schemaless_reader(io.BytesIO(value[5:]), schema, None)  # type: ignore


def apply(books: sqlite3.Connection, event: str, body: dict[str, Any]) -> None:
    """What one message changes. An unfounded entry is forgotten: nothing is kept of a label that was a mistake."""
    if event == "RegisterEntryClosed" and body["code"] == "unfounded":
        books.execute("DELETE FROM entries WHERE entry_id = ?", (body["entry_id"],))
        return
    state = STATE_AFTER.get(event)
    changed = {name: str(value) if name == "due_on" else value for name, value in body.items()}
    changed |= {"state": state} if state else {}
    changed |= {"level": "", "code": ""} if state == "opened" else {"children": 0, "due_on": ""} if state == "closed" else {}
    books.execute("INSERT OR IGNORE INTO entries (entry_id) VALUES (?)", (body["entry_id"],))
    columns = ", ".join(f"{name} = :{name}" for name in changed)
    books.execute(f"UPDATE entries SET {columns} WHERE entry_id = :entry_id", changed)


def take(books: sqlite3.Connection, record: Any, known: dict[int, Any]) -> None:
    """Once: the number in the header grows by one from message to message, and a repeat has an old one."""
    number = int(dict(record.headers)["qorgan_number"])
    last = books.execute("SELECT last_number FROM places WHERE partition = ?", (record.partition,)).fetchone()
    due = (last[0] if last else 0) + 1
    if number > due:
        raise Missing(f"{TOPIC}[{record.partition}]: number {due} is due and {number} came")
    if number == due:
        apply(books, *decode(record.value, known))
    books.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", (record.partition, record.offset + 1, max(number, due - 1)))


def access(given: argparse.Namespace) -> dict[str, Any]:
    """Where the broker is, and what it asks for."""
    told = {"bootstrap_servers": given.kafka.split(","), **({"ssl_cafile": given.ca} if given.ca else {})}
    if not given.password_file:
        return told
    password = Path(given.password_file).read_text("utf-8").strip()
    return {
        **told, "security_protocol": "SASL_SSL" if given.ca else "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-256",
        "sasl_plain_username": given.user, "sasl_plain_password": password,
    }


def follow(broker: dict[str, Any], file: str, batch: int, until_caught_up: bool) -> None:
    known, books = schemas(), sqlite3.connect(file, isolation_level=None)
    books.executescript(TABLES)
    consumer = KafkaConsumer(
        **broker, group_id=None, enable_auto_commit=False, auto_offset_reset="none", max_poll_records=batch,
    )
    places = [TopicPartition(TOPIC, partition) for partition in sorted(consumer.partitions_for_topic(TOPIC) or ())]
    begun = dict(books.execute("SELECT partition, next_offset FROM places"))
    consumer.assign(places)
    for place in places:
        consumer.seek(place, begun.get(place.partition, 0))
    print("following", flush=True)
    while True:
        for records in consumer.poll(timeout_ms=300).values():
            books.execute("BEGIN")  # what was heard and how far it was heard: together, or not at all
            for record in records:
                take(books, record, known)
            books.execute("COMMIT")
        if until_caught_up and all(consumer.position(place) == end for place, end in consumer.end_offsets(places).items()):
            return


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("kafka")
    words.add_argument("file")
    words.add_argument("--batch", type=int, default=500)
    words.add_argument("--until-caught-up", action="store_true")
    words.add_argument("--user", default="anybody")
    words.add_argument("--password-file", default="")
    words.add_argument("--ca", default="")
    given = words.parse_args()
    follow(access(given), given.file, given.batch, given.until_caught_up)
