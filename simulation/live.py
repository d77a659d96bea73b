"""What is each service doing right now, in one line?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from plumbing.postgres import Database

_QUESTIONS = {
    "police_intake": (
        "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM tasks WHERE closed_at IS NULL),"
        " (SELECT count(*) FROM needs_seen WHERE state IN ('answered', 'arrived', 'closed'))",
        "{} reports registered, {} tasks for an officer, {} needs answered",
    ),
    "referral_router": (
        "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM needs), (SELECT count(*) FROM attempts),"
        " (SELECT count(*) FROM needs WHERE state = 'with_person')",
        "{} reports assessed, {} needs, {} attempts, {} with a person",
    ),
    "social_registry": (
        "SELECT (SELECT count(*) FROM holds WHERE released_at IS NULL), (SELECT count(*) FROM referrals WHERE state ="
        " 'arrived'), (SELECT count(*) FROM referrals WHERE kind = 'notice')",
        "{} places held, {} guests arrived, {} notices about children",
    ),
    "health_narcology": (
        "SELECT (SELECT count(*) FROM holds WHERE released_at IS NULL), (SELECT count(*) FROM referrals WHERE state IN"
        " ('admitted', 'released', 'extended')), (SELECT count(*) FROM referrals WHERE kind = 'examination')",
        "{} beds held, {} admitted, {} examination proposals",
    ),
    "situation_monitor": (
        "SELECT (SELECT coalesce(sum(number), 0) FROM tallies), (SELECT count(DISTINCT region) FROM tallies WHERE region LIKE"
        " 'KZ-%'), (SELECT count(*) FROM surges)",
        "{} moves counted in {} regions, {} surges",
    ),
}


class Live:
    """Five lines, drawn over themselves in a terminal, now and then elsewhere."""

    def __init__(self, dsns: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self._databases = {name: Database(dsns[name], "live") for name in _QUESTIONS}
        self._now, self._drawn = now, False

    def show(self) -> None:
        lines = [f"{self._now():%H:%M} on the simulated clock", *(self._line(name) for name in _QUESTIONS)]
        if self._drawn and sys.stdout.isatty():
            sys.stdout.write(f"\033[{len(lines)}F")
        for line in lines:
            sys.stdout.write(("\033[K" if sys.stdout.isatty() else "") + line + "\n")
        sys.stdout.flush()
        self._drawn = True

    def _line(self, name: str) -> str:
        question, words = _QUESTIONS[name]
        with self._databases[name].transaction() as tx:
            numbers: tuple[Any, ...] = tx.rows(question)[0]
        return f"  {name:<17} {words.format(*numbers)}"
