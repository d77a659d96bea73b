"""For how long has the oldest message that is not taken lain on the wire?"""

from __future__ import annotations

from collections import deque

from plumbing.places import Place


class Lateness:
    """The times on the wire are cut to the hour, so a reader remembers by itself when it first saw a partition grow."""

    def __init__(self) -> None:
        self._seen: dict[Place, deque[tuple[int, float]]] = {}
        self._since: float | None = None

    def look(self, place: Place, end: int, taken: int, now: float) -> int:
        """The partition ends at `end` and is taken up to `taken`; gives how many are not taken."""
        seen = self._seen.setdefault(place, deque())
        if end > max(taken, seen[-1][0] if seen else 0):
            seen.append((end, now))
        while seen and seen[0][0] <= taken:
            seen.popleft()
        self._since = min((one[0][1] for one in self._seen.values() if one), default=None)
        return max(end - taken, 0)

    def since(self) -> float | None:
        """When the oldest of them was first seen; None while everything is taken. Any thread may ask."""
        return self._since

    def forget(self) -> None:
        """Other partitions are read from now on."""
        self._seen.clear()
        self._since = None
