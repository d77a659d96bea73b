"""Does the watch move, or does Faust stand still? When workers come and go, it may do so for ever and say nothing."""

from __future__ import annotations

import time
from typing import Any

from plumbing.broker import BrokerAway
from plumbing.catalogue import catalogue
from plumbing.settings import Settings
from services.situation_monitor.messages import ReportCounted
from services.situation_monitor.surges import group_of

PATIENCE = 15.0


class Stillness:
    """How long has something that should move been at one place?"""

    def __init__(self, patience: float, now: float) -> None:
        self._patience, self._place, self._since = patience, None, now

    def is_over(self, place: Any, now: float) -> bool:
        """`place`: where it stands, or None if nothing calls it on."""
        if place is None or place != self._place:
            self._place, self._since = place, now
        return now - self._since > self._patience


class Standing:
    """Where one worker's app and its whole group stand. Another worker's partitions count too: nobody may be left to wait."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self._app, self._group, self._topic = app, group_of(settings), catalogue().topic_of(ReportCounted.event)
        # A worker that was killed is missed by the broker only after its session.
        self._stillness = Stillness(PATIENCE + settings.session_timeout, time.monotonic())

    def is_stuck(self, now: float) -> bool:
        return self._stillness.is_over(self._place(), now)

    def _place(self) -> Any:
        recovery = self._app.tables.recovery
        recovering = recovery.active_remaining_total() if recovery.in_recovery else None
        try:
            untaken = self._group.untaken(self._topic.name, self._topic.partitions)
        except BrokerAway:
            untaken = {}  # a broker that is away is no fault of Faust's
        return (recovering, untaken) if untaken or recovering is not None else None
