"""What do the people at centres, akimats, clinics and with the police do all day? They press the buttons of their worklists."""

from __future__ import annotations

import threading
from random import Random
from typing import Any
from urllib.parse import urljoin

from simulation.errands import act, send

# (service, kind, state) → acts with their chances; what is left over does nothing, and a clock runs out.
HABITS: dict[tuple[str, str], list[tuple[str, float]]] = {
    ("shelter", "held"): [("decline", 0.04)],
    ("shelter", "confirmed"): [("arrived", 0.80), ("no_show", 0.05), ("decline", 0.05)],
    ("shelter", "arrived"): [("left", 0.02)],
    ("notice", "waiting"): [("visit", 0.35), ("no_visit", 0.30), ("enter", 0.05)],
    ("notice", "decided"): [("enter_after_visit", 0.35), ("closed", 0.3)],
    ("entry", "opened"): [("assess", 0.75)],
    ("entry", "assessed"): [("review", 0.1), ("close", 0.05)],
    ("examination", "decided"): [("closed", 0.2), ("case_begun", 0.7)],
    ("detox", "confirmed"): [("brought", 0.85), ("not_brought", 0.05)],
    ("detox", "brought"): [("admitted", 0.75), ("refused_at_door", 0.25)],
    ("detox", "admitted"): [("released", 0.2), ("hospitalised", 0.02)],
    ("examination", "waiting"): [("examine", 0.4), ("not_needed", 0.3)],
    # Courts are as quick as the demo's clock: a case that takes months travels within the day.
    ("treatment", "examined"): [("voluntary", 0.2), ("declined", 0.7), ("dropped", 0.05)],
    ("treatment", "voluntary"): [("declined", 0.2)],
    ("treatment", "declined"): [("filed", 0.95)],
    ("treatment", "filed"): [("accepted", 0.95), ("returned", 0.05)],
    ("treatment", "returned"): [("filed", 0.9)],
    ("treatment", "accepted"): [("granted", 0.9), ("refused", 0.1)],
    ("treatment", "granted"): [("in_force", 0.95)],
    ("treatment", "offered"): [("hospitalised", 0.85), ("not_brought", 0.05)],
    ("treatment", "hospitalised"): [("absconded", 0.03)],
    ("treatment", "missing"): [("found", 0.5)],
    # Of a warning nobody leaves out any: who was not told is an alert, and in the demo it would be nobody's story.
    ("safety_notice", "waiting"): [("she_was_told", 1.0)],
    ("safety_notice", "out_untold"): [("she_was_told", 1.0)],
    ("second_contact", "awaited"): [("reached", 0.7), ("no_safe_way", 0.3)],
}
CODES = {
    "decline": "declined", "refused_at_door": "mild", "dropped": "other_help", "enter": "police_notice",
    "enter_after_visit": "police_notice", "assess": "C", "review": "B", "close": "need_ended", "reached": "still_no",
}
MONTHS = {"granted": "12"}
LISTS = {  # page → what its rows tell of
    "/worklist": "need_id", "/cases": "need_id", "/register": "entry_id", "/measures": "measure_id",
}
BESIDE = {"/measures": "/measures/{}/act"}  # where a form stands at the row's own address


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
            self.look()

    def look(self) -> None:
        """Once over every list that this service has."""
        for page, life in LISTS.items():
            for row in self.listed(page):
                self._consider(row, page, life)

    def listed(self, page: str) -> list[dict[str, Any]]:
        status, rows = send("GET", urljoin(self._url, f"{page}.json"))
        return rows if status == 200 else []

    def go_home(self) -> None:
        self._ends.set()
        self.join(timeout=15)

    def _consider(self, row: dict[str, str], page: str, life: str) -> None:
        seen = (row[life], f"{row['state']} {row.get('since', '')}")
        if seen in self._considered or self._ends.is_set():
            return
        self._considered.add(seen)
        chosen = self._choose(row["kind"], row["state"])
        if chosen:
            fields = {life: row[life], "act": chosen, "by": "demo staff", "code": CODES.get(chosen, "")}
            if "seen" in row:
                fields["seen"] = str(row["seen"])
            if chosen in MONTHS:
                fields["months"] = MONTHS[chosen]
            self.acts += self.does(BESIDE.get(page, f"{page}/act").format(row[life]), fields)

    def does(self, path: str, fields: dict[str, str]) -> bool:
        return act(urljoin(self._url, path), **fields) == 200

    def _choose(self, kind: str, state: str) -> str:
        left = self._rng.random()
        for name, chance in HABITS.get((kind, state), []):
            if left < chance:
                return name
            left -= chance
        return ""
