"""How are reports posted at a fixed pace, whether or not earlier ones have been answered?"""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from simulation.day import generate_day
from simulation.reports import LOCAL
from tests.benchmarks.ground import SEED

SENDERS = 24
PATIENCE = 30


@dataclass
class Posted:
    """When a report was to be sent, when it was answered, and as what it was registered; times of this machine."""

    at: float
    answered: float
    report_id: str


class Posting:
    """Open loop: each report has its moment; one that is late is late from that moment on."""

    def __init__(self, url: str, per_s: float, seconds: float, seed: int = SEED) -> None:
        self._place, self.per_s = urlsplit(url).netloc, per_s
        self._bodies = bodies(int(per_s * seconds), seed)
        self.posted: list[Posted] = []
        self.refused: list[int] = []
        self.unsent = 0

    def run(self) -> None:
        began = time.time() + 0.5
        threads = [threading.Thread(target=self._send, args=(began, first), daemon=True) for first in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, began: float, first: int) -> None:
        connection = http.client.HTTPConnection(self._place, timeout=PATIENCE)
        for place in range(first, len(self._bodies), SENDERS):
            at = began + place / self.per_s
            time.sleep(max(at - time.time(), 0))
            try:
                self._post(connection, at, self._bodies[place])
            except (OSError, http.client.HTTPException):
                self.unsent += 1
                connection.close()  # the next request opens it again
        connection.close()

    def _post(self, connection: http.client.HTTPConnection, at: float, body: bytes) -> None:
        connection.request("POST", "/reports", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        if answer.status == 201:
            self.posted.append(Posted(at, time.time(), told["report_id"]))
        else:
            self.refused.append(answer.status)


def bodies(number: int, seed: int) -> list[bytes]:
    """Reports of a moment ago from homes with children: each asks the akimat at least, so each is seen on a list."""
    recorded = datetime.now(LOCAL) - timedelta(minutes=1)
    times = {"recorded_at": recorded.isoformat(), "occurred_at": (recorded - timedelta(minutes=30)).isoformat()}
    day = generate_day(seed, recorded.date(), number)
    told: list[dict[str, Any]] = [{**one.body, **times, "children": one.body["children"] or 1} for one in day]
    return [json.dumps({**body, "kui_number": f"{seed}-{place}"}).encode() for place, body in enumerate(told)]
