"""What does health let be counted, so that no diagnosis leaves it? Pure: (facts before, event, now) → counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plumbing.counting import Life, cut_to_hour, moved
from plumbing.service import Key
from services.health_narcology.facts import IN_BED, OCCUPYING, BedLeft, Case, CaseKept, Facility, FacilityOpened, ReferralKept
from services.health_narcology.messages import LifeCounted, PlacesCounted

# One line a life: the event that keeps it, its name in event and facts, its id, and in which states it takes a bed.
LIVES = (Life(ReferralKept, "referral", "need_id", OCCUPYING),)
COUNTRY = "KZ"
TREATMENT = "treatment_bed"
# That nothing is needed leaves no trace outside health: both answers are counted as one.
SAME = {"decided": "answered", "not_needed": "answered", "in_case": "answered"}
SILENT = ("examined", "voluntary", "declined")  # before a petition nothing of a case leaves health


def counted(facts: Mapping[Key, Any], event: Any, now: datetime) -> Sequence[Any]:
    """At most one count for each real change of state, and one for a treatment bed taken or left."""
    hour = cut_to_hour(now)
    if isinstance(event, FacilityOpened):
        beds = len(event.facility.beds_free)
        return (PlacesCounted(event.facility.region, _place(event.facility), beds, hour),) if beds else ()
    if isinstance(event, BedLeft):
        return (PlacesCounted(facts["facility", event.facility_code].region, TREATMENT, 1, hour),)
    if isinstance(event, CaseKept):
        return _case(facts, event.case, hour)
    return _referral(facts, event, hour)


def _referral(facts: Mapping[Key, Any], event: Any, hour: datetime) -> Sequence[LifeCounted]:
    move = moved(LIVES, facts, event)
    if move is None:
        return ()
    facility: Facility | None = facts.get(("facility", getattr(move.after, "facility_code", "")))
    region = facility.region if facility is not None else getattr(move.after, "region", COUNTRY)
    change = move.freed if getattr(move.after, "bed", 0) else 0
    before, after = (SAME.get(state, state) for state in (move.from_state, move.to_state))
    return (LifeCounted(region, move.kind, before, after, _place(facility) if change else "", change, hour),)


def _case(facts: Mapping[Key, Any], case: Case, hour: datetime) -> Sequence[LifeCounted]:
    """The case counts where it was begun, its bed where the bed stands: that may be another region."""
    before: Case | None = facts.get(("case", case.need_id))
    if before is not None and before.attempt != case.attempt:
        before = None
    was, now = ("" if one is None or one.state in SILENT else one.state for one in (before, case))
    if was == now or (not was and now == "ended"):
        return ()
    counts = [LifeCounted(case.region, "case", was, now, "", 0, hour)]
    change = (was in IN_BED) - (now in IN_BED)
    if change:
        stands = before if change > 0 and before is not None else case
        facility: Facility = facts["facility", stands.facility_code]
        counts.append(LifeCounted(facility.region, "case", now, now, TREATMENT, change, hour))
    return counts


def _place(facility: Facility | None) -> str:
    """Beds to sober up are lent for a day, beds for treatment for months: counted apart."""
    return "bed" if facility is None or facility.kind == "detox" else TREATMENT
