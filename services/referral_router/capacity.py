"""What follows when a facility says what it can take? Full today is not full tomorrow. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.referral_router import messages as m
from services.referral_router.asking import Known, ask, fits
from services.referral_router.facts import WAITING_MOST, Facility, FacilityHeard, Need, replaced, waits


def hear_centre(told: m.CentreCapacity, facts: Known, moment: Moment) -> Sequence[Any]:
    heard = Facility(
        told.facility_code, told.region, told.kind, told.night_free, told.admits_men, told.is_open, told.sequence
    )
    return _heard(heard, facts, moment)


def hear_clinic(told: m.ClinicCapacity, facts: Known, moment: Moment) -> Sequence[Any]:
    heard = Facility(told.facility_code, told.region, told.kind, told.beds_free, True, told.is_open, told.sequence)
    return _heard(heard, facts, moment)


def _heard(facility: Facility, facts: Known, moment: Moment) -> Sequence[Any]:
    """Full today is not full tomorrow: new capacity opens a new round for those who wait for a place."""
    before: Facility | None = facts.get(("facility", facility.code))
    if before is not None and before.sequence >= facility.sequence:
        return ()
    events: list[Any] = [FacilityHeard(facility)]
    if facility.kind != "crisis_centre" or (before is not None and facility.free <= before.free):
        return events
    for need_id in facts.get(("waiting", facility.region), ())[:WAITING_MOST]:
        need: Need = facts["need", need_id]
        # The place that the last refusal gave back is no new room for the one it was refused to.
        if waits(need) and fits(need, facility) and facility.code not in need.tried[-1:]:
            fresh = replaced(need, round_from=len(need.tried))
            asked = ask(fresh, need, facility, moment)
            events += [TaskClosed(need_id, "need", "router"), *asked]
            facility = asked[-1].facility  # as many as there is room for, longest waiting first
    return events
