"""How is something that is away waited for, and told of once each time it goes?"""

from __future__ import annotations

import logging
import threading

from plumbing.logs import Word

log = logging.getLogger("qorgan")


class Outages:
    """Of one who waits: a line when an outage begins (or another thing is away), and none for each try after it."""

    def __init__(self, sentence: str, stopping: threading.Event, seconds: float = 1.0) -> None:
        self._sentence, self._stopping, self._seconds = sentence, stopping, seconds
        self._told = ""

    def wait(self, error: Exception) -> None:
        """Tell of it, unless it was told, and wait a little; at once when told to stop."""
        cause = type(error).__name__
        if cause != self._told:
            log.warning("%s: %s", Word(self._sentence), error)
        self._told = cause
        self._stopping.wait(self._seconds)

    def over(self) -> None:
        """Work was done again: the next outage is another one."""
        self._told = ""
