"""What is known of the country: how often what happened where, which places are free, which surges were raised?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from plumbing.service import Facts, Key

ALMATY = timezone(timedelta(hours=5))  # one time for the whole country since 1 March 2024


@dataclass(frozen=True)
class Cell:
    """Where one thing is counted. Owner: who said it; kind: of what life; from → to: its move; code: why, or by which door."""

    day: date
    hour: int
    region: str
    owner: str
    kind: str
    from_state: str
    to_state: str
    code: str = ""


@dataclass(frozen=True)
class Tallied:
    """So many more of it, which waited so many hours in all."""

    cell: Cell
    number: int = 1
    hours_waited: int = 0


@dataclass(frozen=True)
class PlacesMoved:
    """So many places more or less there are, and are free."""

    owner: str
    region: str
    place: str
    places: int
    free: int


@dataclass(frozen=True)
class Surge:
    """In this hour and territory far more reports were recorded than usual."""

    territory: str
    hour: datetime
    region: str
    reports: int
    rule_id: str


@dataclass(frozen=True)
class SurgeRaised:
    surge: Surge


@dataclass(frozen=True)
class WatchKept:
    partition: int
    number: int


def cell(moment: datetime, region: str, *words: str) -> Cell:
    """`words`: owner, kind, from, to, code. Days and hours are those of Kazakhstan."""
    there = moment.astimezone(ALMATY)
    return Cell(there.date(), there.hour, region, *words)


def surge_key(territory: str, hour: datetime) -> Key:
    return "surge", f"{territory}/{hour.astimezone(ALMATY).isoformat()}"


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """A surge is raised once; sums are added up in the database, and no decision looks at them."""
    if isinstance(event, SurgeRaised):
        return {surge_key(event.surge.territory, event.surge.hour): event.surge}
    return {}
