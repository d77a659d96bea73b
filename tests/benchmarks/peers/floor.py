"""What does physics cost: consume, decode, COPY; nothing looked up, nothing decided, nothing said?

`python -m tests.benchmarks.peers.floor SERVICE DSN KAFKA PREFIX PROGRESS`
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2

from plumbing.catalogue import catalogue
from plumbing.codec import Codec
from tests.benchmarks.peers.by_hand import BATCH, consumer_of
from tests.benchmarks.peers.progress import Progress

TABLE = "CREATE TABLE IF NOT EXISTS floor (report_id text PRIMARY KEY, victim_ref text, region text, recorded_at timestamptz)"


def main(words: list[str]) -> None:
    service, dsn, kafka, prefix, path = words
    views = __import__(f"services.{service}.wiring", fromlist=["SERVICE"]).SERVICE.views
    codec, progress, stopping = Codec(), Progress(Path(path)), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    consumer = consumer_of(kafka, f"{prefix}{service}", [prefix + topic.name for topic in catalogue().heard_by(service)])
    with closing(psycopg2.connect(dsn)) as connection:
        connection.cursor().execute(TABLE)
        connection.commit()
        while not stopping.is_set():
            records = consumer.consume(BATCH, timeout=0.1)
            if records:
                progress.began()
                _copy(connection, [codec.decode(record.value(), views) for record in records])
                consumer.commit(asynchronous=False)
                progress.count(len(records), 0)
                progress.tell()
    consumer.close()


def _copy(connection: Any, read: list[Any]) -> None:
    new = [one for one in read if type(one).__name__ == "ReportRegistered"]
    lines = (f"{one.report_id}\t{one.victim_ref}\t{one.region}\t{one.recorded_at.isoformat()}\n" for one in new)
    connection.cursor().copy_expert("COPY floor FROM STDIN", StringIO("".join(lines)))
    connection.commit()


if __name__ == "__main__":
    main(sys.argv[1:])
