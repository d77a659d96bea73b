"""Which districts have an inspector on shift now and on each of the next days, the uncovered first? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.roster.shifts import Shift

NOBODY, NO_WOMAN, WOMAN = "nobody", "no_woman", "woman"  # in this order: who is served worst stands first
DAYS, DAY = 7, timedelta(days=1)


@dataclass(frozen=True)
class Covered:
    """One district. until: when the last who is on shift now goes; bare: days of the next seven on which nobody comes."""

    station: str
    region: str
    now: str
    until: datetime | None
    bare: tuple[date, ...]


def coverage(districts: Sequence[tuple[str, str]], shifts: Sequence[Shift], now: datetime) -> list[Covered]:
    """districts: (station, region). A shift at any other place covers none of them."""
    of: dict[str, list[Shift]] = {station: [] for station, _ in districts}
    for one in shifts:
        of.get(one.station, []).append(one)
    found = [_covered(station, region, of[station], now) for station, region in districts]
    return sorted(found, key=lambda one: ((NOBODY, NO_WOMAN, WOMAN).index(one.now), -len(one.bare), one.station))


def next_days(now: datetime) -> list[tuple[date, datetime, datetime]]:
    """(day, its start, its end) from today, cut at midnight in Kazakhstan; of today what is left."""
    today = now.astimezone(KAZAKHSTAN).date()
    midnight = datetime.combine(today, time(), KAZAKHSTAN)
    return [(today + n * DAY, max(now, midnight + n * DAY), midnight + (n + 1) * DAY) for n in range(DAYS)]


def _covered(station: str, region: str, shifts: Sequence[Shift], now: datetime) -> Covered:
    here = [one for one in shifts if one.is_on(now)]
    state = NOBODY if not here else WOMAN if any(one.is_woman for one in here) else NO_WOMAN
    bare = [day for day, start, end in next_days(now) if not any(one.meets(start, end) for one in shifts)]
    return Covered(station, region, state, max((one.until for one in here), default=None), tuple(bare))
