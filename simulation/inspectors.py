"""What do police do for women all day? They keep the roster filled, and note whom they have told and asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from simulation.staff import Staff

WEEK = timedelta(days=7)  # the longest shift that may be entered
THERE_SINCE = timedelta(minutes=15)  # a shift is entered by who is there already
WOMEN = 0.8  # of those who protect women; no source was found


class Inspectors(Staff):
    """Staff of police intake. A station becomes a district with its first report, so they look at the roster all day."""

    def __init__(self, url: str, seed: int, every: float, now: Callable[[], datetime]) -> None:
        super().__init__(url, seed, every)
        self._seed, self._now = seed, now
        self._entered: dict[str, tuple[int, datetime]] = {}
        self.shifts = 0

    def look(self) -> None:
        for district in self.listed("/roster"):
            self._fill(district)
        super().look()

    def go_home(self) -> None:
        """Who goes home looks once more: what came in the last moment is not left to nobody."""
        super().go_home()
        self._ends.clear()
        self.look()

    def left(self) -> dict[str, int]:
        """Districts, those in which nobody is on shift, and women not told or asked yet of what is to be told or asked."""
        districts, kinds = self.listed("/roster"), [row["kind"] for row in self.listed("/measures")]
        uncovered = sum(district["now"] == "nobody" for district in districts)
        untold = kinds.count("safety_notice") + kinds.count("second_contact")
        return {"districts": len(districts), "uncovered": uncovered, "untold": untold}

    def _fill(self, district: dict[str, Any]) -> None:
        """The next week, by the two inspectors of a station in turn, if there is a day on which nobody comes."""
        station = district["station"]
        if district["now"] != "nobody" and not district["bare"]:
            return
        begun = self._now() - THERE_SINCE
        turn, until = self._entered.get(station, (0, begun))
        since = max(until, begun)
        if self.does("/roster", shift(self._seed, station, turn, since)):
            self._entered[station] = (turn + 1, since + WEEK)
            self.shifts += 1


def shift(seed: int, station: str, turn: int, since: datetime) -> dict[str, str]:
    """The form of one week. The same seed gives a station the same two inspectors."""
    rng = Random(f"inspectors/{seed}/{station}/{turn % 2}")
    return {
        "station": station, "inspector": f"inspector-{rng.randrange(16**8):08x}", "by": "demo staff",
        "is_woman": "yes" if rng.random() < WOMEN else "no",
        "since": f"{since:%Y-%m-%dT%H:%M}", "until": f"{since + WEEK:%Y-%m-%dT%H:%M}",
    }
