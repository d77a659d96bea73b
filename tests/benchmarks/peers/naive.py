"""What is the first thing one would write? A Faust agent for each service, one commit an event.

`python -m tests.benchmarks.peers.naive SERVICE DSN KAFKA PREFIX PROGRESS`; PREFIX tells one run's topics from another's.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import faust

from plumbing.catalogue import catalogue
from tests.benchmarks.peers.doing import Worker
from tests.benchmarks.peers.progress import Progress

SAID_EVERY = 0.5


def application(service: str, kafka: str, prefix: str, folder: Path) -> faust.App:
    return faust.App(
        f"{prefix}{service}", broker=f"kafka://{kafka}", value_serializer="raw", key_serializer="raw", producer_acks=-1,
        topic_disable_leader=True, web_enabled=False, store="memory://", datadir=str(folder), consumer_auto_offset_reset="earliest",
    )


def main(words: list[str]) -> None:
    service, dsn, kafka, prefix, path = words
    worker, progress = Worker(service, dsn), Progress(Path(path))
    app = application(service, kafka, prefix, Path(path).with_suffix(".data"))
    heard = app.topic(*(prefix + topic.name for topic in catalogue().heard_by(service)))
    said = {topic.name: app.topic(prefix + topic.name) for topic in catalogue().said_by(service)}

    @app.agent(heard)
    async def take(stream: Any) -> None:
        async for value in stream:
            progress.began()
            message = worker.codec.decode(value, worker.service.views)
            lines = worker.take([message]) if message is not None else []
            for topic, key, line in lines:
                await said[topic.name].send(key=key.encode(), value=line, partition=topic.partition_of(key))
            progress.count(1, len(lines))

    @app.task
    async def tell() -> None:
        while True:
            progress.tell()
            await asyncio.sleep(SAID_EVERY)

    faust.Worker(app, loglevel="WARN").execute_from_commandline()


if __name__ == "__main__":
    main(sys.argv[1:])
