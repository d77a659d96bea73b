"""How much may one actor ask, and what is kept free for what must always come in? Token buckets, and a reserve."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from plumbing.crowding import AT_ONCE
from plumbing.problems import Problem

SECONDS_AT_ONCE = 5  # what an actor has not asked for is saved up this long
RESERVE = 6  # of the threads in which requests are answered; the others wait for each other
LOGIN, OPEN, UNPROVEN, READ = "login", "open", "unproven", "read"
SHARES = {  # of the other threads: strangers, who can be many, have few, and none of anybody else's
    LOGIN: 2,  # an issuer that hangs holds no more
    OPEN: 1,
    UNPROVEN: 2,  # whoever shows a token or a cookie that is not known yet
}
SHARES[READ] = READS_AT_ONCE = AT_ONCE - RESERVE - sum(SHARES.values())
RESERVED_AT_ONCE = 3  # of one actor
WAITS_AT_MOST = 5.0  # seconds for a turn
BUCKETS_MAX = 10_000


class Limits:
    """One door's limits. Buckets are asked by several threads; all else by the one thread that takes requests in.

    Reserved requests have buckets and a reserve of their own: no flood of others, and of no other actor, stops them.
    """

    def __init__(self, reads: float, reserved: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = {False: reads, True: reserved}
        self._clock = clock
        self._buckets: dict[tuple[str, bool], tuple[float, float]] = {}
        self._counting = threading.Lock()
        self._under_way: Counter[str] = Counter()
        self._turns = {kind: asyncio.Semaphore(most) for kind, most in SHARES.items()}

    def take(self, who: str, reserved: bool) -> None:
        """Raises Problem 429, which says when to come again."""
        with self._counting:
            self._take(who, reserved)

    def _take(self, who: str, reserved: bool) -> None:
        rate, now = self._rates[reserved], self._clock()
        full = rate * SECONDS_AT_ONCE
        left, at = self._buckets.get((who, reserved), (full, now))
        left = min(full, left + (now - at) * rate)
        if left < 1:
            raise too_many((1 - left) / rate)
        if len(self._buckets) >= BUCKETS_MAX:
            self._forget(now)
        self._buckets[who, reserved] = (left - 1, now)

    @asynccontextmanager
    async def turn(self, kind: str) -> AsyncIterator[None]:
        """One of all of this kind; who waits too long for a turn is told when to come again."""
        try:
            await asyncio.wait_for(self._turns[kind].acquire(), WAITS_AT_MOST)
        except TimeoutError:
            raise too_many(1) from None
        try:
            yield
        finally:
            self._turns[kind].release()

    @contextmanager
    def at_once(self, who: str) -> Iterator[None]:
        """One reserved request of this actor; raises Problem 429 if too many of it are under way."""
        if self._under_way[who] >= RESERVED_AT_ONCE:
            raise too_many(1)
        self._under_way[who] += 1
        try:
            yield
        finally:
            self._under_way[who] -= 1
            if not self._under_way[who]:
                del self._under_way[who]

    def _forget(self, now: float) -> None:
        """Buckets that are full again say nothing; if none is, all are: a limit may not eat the memory."""
        self._buckets = {key: kept for key, kept in self._buckets.items() if now - kept[1] < SECONDS_AT_ONCE}
        if len(self._buckets) >= BUCKETS_MAX:
            self._buckets.clear()


def too_many(seconds: float) -> Problem:
    return Problem(429, "too-many-requests", "this is more than one may ask at once", retry_after=max(1, round(seconds + 0.5)))
