"""How does the bench start a peer's processes and learn that they are done?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from confluent_kafka import Producer
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from deploy.local.services import CHECKOUT
from plumbing.catalogue import catalogue
from tests.benchmarks.ground import Ground
from tests.benchmarks.measuring import ask

REPORTS = "police_intake.ReportRegistered"
READY = 30.0


def make_topics(ground: Ground, prefix: str) -> None:
    """One run's own topics, with the partitions of the real ones."""
    with closing(KafkaAdminClient(bootstrap_servers=ground.stack.kafka)) as admin:
        admin.create_topics([NewTopic(prefix + name, topic.partitions, 1) for name, topic in catalogue().topics.items()])


def say_reports(ground: Ground, prefix: str, most: int = 10**9) -> int:
    """What police intake has kept in its journal, said in its order on the run's own topic; gives how many."""
    topic = catalogue().topic_of(REPORTS)
    lines = ask(ground.stack.dsn("police_intake"),
                "SELECT partition, key, value FROM outbox WHERE topic = %s ORDER BY kept_at, number LIMIT %s", (topic.name, most))
    producer = Producer({"bootstrap.servers": ground.stack.kafka, "acks": "all", "enable.idempotence": True,
                         "queue.buffering.max.messages": 1_000_000})
    for partition, key, value in lines:
        producer.produce(prefix + topic.name, bytes(value), key.encode(), partition)
    producer.flush()
    return len(lines)


class Peer:
    """One process of a peer, which tells of its progress in a file."""

    def __init__(self, ground: Ground, module: str, words: Sequence[str], name: str) -> None:
        self._file = ground.folder / f"peer-{name}-{time.monotonic_ns()}.json"
        self._log = open(ground.folder / f"peer-{name}.log", "ab")  # noqa: SIM115, it lives as long as the process
        command = [sys.executable, "-m", f"tests.benchmarks.peers.{module}", *words, str(self._file)]
        given = {**os.environ, "QORGAN_KEYS": ground.stack.keys}  # what it keeps of people lies sealed, as ours does
        self._process = subprocess.Popen(command, cwd=CHECKOUT, env=given, stdout=self._log, stderr=self._log)

    @property
    def pid(self) -> int:
        return self._process.pid

    def told(self) -> dict[str, Any]:
        assert self._process.poll() in (None, 0), f"the peer has died: look into {self._log.name}"
        return json.loads(self._file.read_text()) if self._file.exists() else {"taken": 0, "sent": 0, "first": 0.0, "last": 0.0}

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


def wait_until_done(peers: Sequence[Peer], reports: int, patience: float) -> None:
    """Until all that was said has been taken: every topic has one reader, so the sums agree."""
    until = time.monotonic() + patience
    while True:
        told = [peer.told() for peer in peers]
        if sum(one["taken"] for one in told) == reports + sum(one["sent"] for one in told):
            return
        assert time.monotonic() < until, f"the peers are not done after {patience} s: {told}"
        time.sleep(0.2)
