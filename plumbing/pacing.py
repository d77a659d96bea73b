"""How often does a busy part begin anew? Who comes after a pause is served at once; in a rush many share one pass."""

from __future__ import annotations

import threading
import time

EVERY = 0.02  # seconds; a pass costs the same for one message and for twenty


class Pace:
    """The beat of one part: no two passes begin within `every` seconds."""

    def __init__(self, stopping: threading.Event, every: float = EVERY) -> None:
        self._stopping, self._every, self._began = stopping, every, float("-inf")

    def keep(self) -> bool:
        """Wait until the next pass may begin, and begin it; tells whether there was anything to wait for."""
        rest = self._began + self._every - time.monotonic()
        if rest > 0:
            self._stopping.wait(rest)
        self._began = time.monotonic()
        return rest > 0
