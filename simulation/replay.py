"""How does a generated day reach police intake, each report at its own minute of a faster clock?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from simulation.errands import send

if TYPE_CHECKING:
    from simulation.day import GeneratedReport

PATIENCE = 60.0


@dataclass
class Replay:
    """Sends reports when their time has come; a clerk who is told of a wrong number leaves it out and sends again."""

    url: str
    now: Callable[[], datetime]
    statuses: Counter[int] = field(default_factory=Counter)
    sent: int = 0
    mended: int = 0

    def run(self, reports: list[GeneratedReport]) -> None:
        for place, report in enumerate(reports):
            while (wait := (report.at - self.now()).total_seconds()) > 0:
                time.sleep(min(wait / 1000, 0.05))
            self._send(f"demo-{place}", report.body)

    def _send(self, key: str, body: dict[str, Any]) -> None:
        status, answer = self._persist(key, body)
        if status == 422 and isinstance(answer, dict) and answer.get("errors"):
            self.mended += 1
            status, answer = self._persist(f"{key}-mended", without(body, [one["field"] for one in answer["errors"]]))
        self.statuses[status] += 1
        self.sent += 1

    def _persist(self, key: str, body: dict[str, Any]) -> tuple[int, Any]:
        until = time.monotonic() + PATIENCE
        while True:
            headers = {"Idempotency-Key": key, "Qorgan-Client": "demo-dispatch"}
            status, answer = send("POST", urljoin(self.url, "/reports"), body, headers)
            if status not in (0, 503) or time.monotonic() > until:
                return status, answer
            time.sleep(0.3)


def without(body: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    mended = {name: dict(value) if isinstance(value, dict) else value for name, value in body.items()}
    for path in fields:
        holder: Any = mended
        *parents, last = path.split(".")
        for name in parents:
            holder = holder.get(name, {}) if isinstance(holder, dict) else {}
        if isinstance(holder, dict):
            holder.pop(last, None)
    return mended
