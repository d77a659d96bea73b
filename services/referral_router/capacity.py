"""What follows when a facility says what it can take? Full today is not full tomorrow. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.referral_router import messages as m
from services.referral_router.asking import Known, ask, fits
from services.referral_router.facts import WITH_PERSON, Facility, FacilityHeard, Need, replaced


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
    known = {one.code: one for one in facts.get(("facilities", facility.kind), ())}
    before = known.get(facility.code)
    if before is not None and before.sequence >= facility.sequence:
        return ()
    events: list[Any] = [FacilityHeard(facility)]
    if facility.kind != "crisis_centre" or (before is not None and facility.free <= before.free):
        return events
    for need_id in facts.get(("waiting", facility.region), ()):
        need: Need = facts["need", need_id]
        if need.state == WITH_PERSON and need.queue == "coordinator" and fits(need, facility):
            fresh = replaced(need, round_from=len(need.tried))
            return [*events, TaskClosed(need_id, "need", "router"), *ask(fresh, need, facility, moment)]
    return events
