"""What do the people at centres, akimats and clinics do all day? They press the buttons of their worklists."""

from __future__ import annotations

import threading
from random import Random
from urllib.parse import urljoin

from simulation.errands import act, send

# (service, kind, state) → acts with their chances; what is left over does nothing, and a clock runs out.
HABITS: dict[tuple[str, str], list[tuple[str, float]]] = {
    ("shelter", "held"): [("decline", 0.04)],
    ("shelter", "confirmed"): [("arrived", 0.80), ("no_show", 0.05), ("decline", 0.05)],
    ("shelter", "arrived"): [("left", 0.02)],
    ("notice", "waiting"): [("visit", 0.35), ("no_visit", 0.35)],
    ("notice", "decided"): [("closed", 0.3)],
    ("examination", "decided"): [("closed", 0.3)],
    ("detox", "confirmed"): [("brought", 0.85), ("not_brought", 0.05)],
    ("detox", "brought"): [("admitted", 0.75), ("refused_at_door", 0.25)],
    ("detox", "admitted"): [("released", 0.2), ("hospitalised", 0.02)],
    ("examination", "waiting"): [("examine", 0.4), ("not_needed", 0.3)],
}
CODES = {"decline": "declined", "refused_at_door": "mild"}


class Staff(threading.Thread):
    """One thread for one service's staff; each row is considered once in each state it is seen in."""

    def __init__(self, url: str, seed: int, every: float) -> None:
        super().__init__(name=f"staff of {url}", daemon=True)
        self._url, self._rng, self._every = url, Random(f"staff/{seed}/{url}"), every
        self._considered: set[tuple[str, str]] = set()
        self._ends = threading.Event()
        self.acts = 0

    def run(self) -> None:
        while not self._ends.wait(self._every):
            status, rows = send("GET", urljoin(self._url, "/worklist.json"))
            for row in rows if status == 200 else ():
                self._consider(row)

    def go_home(self) -> None:
        self._ends.set()
        self.join(timeout=15)

    def _consider(self, row: dict[str, str]) -> None:
        seen = (row["need_id"], row["state"])
        if seen in self._considered or self._ends.is_set():
            return
        self._considered.add(seen)
        chosen = self._choose(row["kind"], row["state"])
        if chosen:
            url = urljoin(self._url, "/worklist/act")
            self.acts += act(url, need_id=row["need_id"], act=chosen, by="demo staff", code=CODES.get(chosen, "")) == 200

    def _choose(self, kind: str, state: str) -> str:
        left = self._rng.random()
        for name, chance in HABITS.get((kind, state), []):
            if left < chance:
                return name
            left -= chance
        return ""
