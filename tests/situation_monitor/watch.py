"""How does a test run the watch on surges on a real broker, and what does it let it count?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from kafka import KafkaProducer

from deploy.local.services import CHECKOUT
from deploy.local.stack import Stack
from plumbing.catalogue import catalogue
from plumbing.codec import Codec
from services.police_intake.messages import ReportCounted
from services.situation_monitor.wiring import SERVICE
from tests import stores

HOUR = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
WEEK = timedelta(weeks=1)
TOPIC = catalogue().topic_of(ReportCounted.event)
PLACES = {"5510": "KZ-55", "7110": "KZ-71"}  # their regions lie in different partitions


class Watches:
    """Workers of the watch on one fresh database and an empty broker, and counts said to them in order."""

    def __init__(self, stack: Stack, folder: Any) -> None:
        self.stack, self.folder = stack, folder
        stack.broker.wipe()
        stack.broker.start()
        stack.create_topics()
        self.dsn = stores.fresh_database(SERVICE)
        self.workers: list[subprocess.Popen[bytes]] = []
        self._numbers: dict[int, int] = {}
        self._codec = Codec()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ, "QORGAN_KAFKA": self.stack.kafka, "QORGAN_KEYS": str(stores.keys_folder()), "QORGAN_DSN_SITUATION_MONITOR": self.dsn,
            "QORGAN_SESSION_TIMEOUT": "6",
        }
        command = [sys.executable, "-m", "services.situation_monitor", "surges", *words]
        with open(self.folder / f"watch-{len(self.workers)}.log", "wb") as log:
            worker = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=log, stderr=log)
        self.workers.append(worker)
        return worker

    def stop(self, worker: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> int:
        worker.send_signal(number)
        return worker.wait(timeout=20)

    def end(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.stop(worker, signal.SIGKILL)

    def say(self, district: str, hour: datetime, times: int, repeat: int = 1) -> None:
        """So many reports recorded in this hour; each message travels `repeat` times."""
        producer = KafkaProducer(bootstrap_servers=self.stack.kafka)
        for _ in range(times):
            count = ReportCounted(PLACES[district], district, None, hour, "form", "registered")
            partition = TOPIC.partition_of(count.region)
            self._numbers[partition] = number = self._numbers.get(partition, 0) + 1
            headers = [("qorgan_number", str(number).encode())]
            for _ in range(repeat):
                producer.send(TOPIC.name, self._codec.encode(count), count.region.encode(), headers, partition)
        producer.close()

    def until_counted(self, patience: float = 60) -> None:
        """Until the watch has taken all that was said."""
        self.wait(lambda: dict(stores.rows(self.dsn, "SELECT partition, number FROM watch")) == self._numbers, patience)

    def surges(self) -> list[tuple[Any, ...]]:
        return stores.rows(self.dsn, "SELECT territory, hour, reports FROM surges ORDER BY territory, hour")

    def wait(self, true: Callable[[], Any], patience: float = 60) -> None:
        until = time.monotonic() + patience
        while not true():
            assert time.monotonic() < until, [log.read_text()[-1500:] for log in sorted(self.folder.glob("watch-*.log"))]
            time.sleep(0.1)
