"""What does the social registry let be counted, so that nobody can be found by it? Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from plumbing.counting import Life, cut_to_hour, moved
from plumbing.service import Key
from services.social_registry.facts import OCCUPYING, Facility, FacilityOpened, ReferralKept
from services.social_registry.messages import LifeCounted, PlacesCounted

# One line a life: the event that keeps it, its name in event and facts, its id, and in which states it takes places.
LIVES = (Life(ReferralKept, "referral", "need_id", OCCUPYING),)
COUNTRY = "KZ"
CENTRES_MIN = 3  # where fewer stand, the region would be the address: counted for the country only


def told_apart(centres: Sequence[str]) -> frozenset[str]:
    """The regions, of those in which centres stand, whose places may be counted by region."""
    return frozenset(region for region in centres if centres.count(region) >= CENTRES_MIN)


def counted(apart: Collection[str], facts: Mapping[Key, Any], event: Any, now: datetime) -> Sequence[Any]:
    """At most one count for each real change of state; `apart` are the regions whose centres are counted by region."""
    hour = cut_to_hour(now)
    if isinstance(event, FacilityOpened):
        return _opened(event.facility, _region(event.facility, apart), hour)
    move = moved(LIVES, facts, event)
    if move is None:
        return ()
    facility: Facility | None = facts.get(("facility", move.after.facility_code))
    change = move.freed * len(getattr(move.after, "places", ()))
    place = getattr(move.after, "place", "") if change else ""
    region = _region(facility, apart)
    return (LifeCounted(region, move.kind, move.from_state, move.to_state, place, change, hour),)


def _opened(facility: Facility, region: str, hour: datetime) -> Sequence[PlacesCounted]:
    places = (("night", len(facility.night_free)), ("day", len(facility.day_free)))
    return [PlacesCounted(region, place, number, hour) for place, number in places if number]


def _region(facility: Facility | None, apart: Collection[str]) -> str:
    if facility is None or (facility.kind == "crisis_centre" and facility.region not in apart):
        return COUNTRY
    return facility.region
