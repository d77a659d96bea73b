"""What stands in one window of an hour and a territory, and what stood in the same hour of the weeks before? Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
WEEKS_KEPT = 5  # one more than the longest rule looks back


@dataclass(frozen=True)
class Window:
    """How many reports, and the number of the last message counted: a message that comes again changes nothing."""

    reports: int = 0
    last_number: int = 0

    def with_one(self, number: int) -> Window:
        return self if number <= self.last_number else Window(self.reports + 1, number)

    def as_list(self) -> list[int]:
        return [self.reports, self.last_number]


def window_from(kept: object) -> Window:
    return Window(*kept) if isinstance(kept, (list, tuple)) and kept else Window()


def weeks_before(hour: datetime, look: Callable[[datetime], Window]) -> tuple[int, ...]:
    """Reports in the same hour of each week before, newest first; `look` gives the window of an hour."""
    return tuple(look(hour - WEEK * week).reports for week in range(1, WEEKS_KEPT))
