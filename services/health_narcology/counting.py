"""What does health let be counted, so that no diagnosis leaves it? Pure: (facts before, event, now) → counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plumbing.counting import Life, cut_to_hour, moved
from plumbing.service import Key
from services.health_narcology.facts import OCCUPYING, Facility, FacilityOpened, ReferralKept
from services.health_narcology.messages import LifeCounted, PlacesCounted

# One line a life: the event that keeps it, its name in event and facts, its id, and in which states it takes a bed.
LIVES = (Life(ReferralKept, "referral", "need_id", OCCUPYING),)
COUNTRY = "KZ"
# That nothing is needed leaves no trace outside health: both answers are counted as one.
SAME = {"decided": "answered", "not_needed": "answered"}


def counted(facts: Mapping[Key, Any], event: Any, now: datetime) -> Sequence[Any]:
    """At most one count for each real change of state."""
    hour = cut_to_hour(now)
    if isinstance(event, FacilityOpened):
        beds = len(event.facility.beds_free)
        return (PlacesCounted(event.facility.region, _place(event.facility), beds, hour),) if beds else ()
    move = moved(LIVES, facts, event)
    if move is None:
        return ()
    facility: Facility | None = facts.get(("facility", getattr(move.after, "facility_code", "")))
    region = facility.region if facility is not None else getattr(move.after, "region", COUNTRY)
    change = move.freed if getattr(move.after, "bed", 0) else 0
    before, after = (SAME.get(state, state) for state in (move.from_state, move.to_state))
    return (LifeCounted(region, move.kind, before, after, _place(facility) if change else "", change, hour),)


def _place(facility: Facility | None) -> str:
    """Beds to sober up are lent for a day, beds for treatment for months: counted apart."""
    return "bed" if facility is None or facility.kind == "detox" else "treatment_bed"
