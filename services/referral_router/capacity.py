"""What follows when a facility says what it can take? Full today is not full tomorrow. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.referral_router import messages as m
from services.referral_router.agreeing import may_ask
from services.referral_router.asking import Known, ask, rule_of
from services.referral_router.choosing import fits, fitting
from services.referral_router.facts import EVERYWHERE, WAITING_MOST, Facility, FacilityHeard, Need, waits
from services.referral_router.moves import replaced


def hear_centre(told: m.CentreCapacity, facts: Known, moment: Moment) -> Sequence[Any]:
    heard = Facility(
        told.facility_code, told.region, told.kind, told.night_free, told.admits_men, told.is_open, told.sequence
    )
    return _heard(heard, facts, moment)


def hear_clinic(told: m.ClinicCapacity, facts: Known, moment: Moment) -> Sequence[Any]:
    heard = Facility(told.facility_code, told.region, told.kind, told.beds_free, True, told.is_open, told.sequence)
    return _heard(heard, facts, moment)


def _heard(facility: Facility, facts: Known, moment: Moment) -> Sequence[Any]:
    """New capacity opens a new round for those who wait: here first, then where there is no room and the rule looks beyond."""
    before: Facility | None = facts.get(("facility", facility.code))
    if before is not None and before.sequence >= facility.sequence:
        return ()
    events: list[Any] = [FacilityHeard(facility)]
    if facility.kind != "crisis_centre" or (before is not None and facility.free <= before.free):
        return events
    for need in _waiting(facility.region, facts, moment):
        facility = _offer(need, facility, moment, events)
    if not facility.is_open or facility.free <= 0:
        return events
    for need in _waiting(EVERYWHERE, facts, moment):
        if need.region != facility.region and _looks_beyond(need, facts, moment):
            facility = _offer(need, facility, moment, events)
    return events


def _waiting(where: str, facts: Known, moment: Moment) -> list[Need]:
    """Who waits there longest, and may still be asked for."""
    found: list[Need] = [facts["need", need_id] for need_id in facts.get(("waiting", where), ())[:WAITING_MOST]]
    return [need for need in found if may_ask(need, facts, moment.now)]


def _offer(need: Need, facility: Facility, moment: Moment, events: list[Any]) -> Facility:
    """As many are asked for as there is room, longest waiting first; gives the facility with what is left."""
    # The place that the last refusal gave back is no new room for the one it was refused to.
    if not waits(need) or not fits(need, facility) or facility.code in need.tried[-1:]:
        return facility
    asked = ask(replaced(need, round_from=len(need.tried)), need, facility, moment)
    events += [TaskClosed(need.need_id, "need", "router"), *asked]
    left: Facility = asked[-1].facility
    return left


def _looks_beyond(need: Need, facts: Known, moment: Moment) -> bool:
    """Its rule lets it leave its region, and there is no room for it there."""
    beyond = rule_of(need, moment).parameters.get("beyond_region", False)
    return bool(beyond) and not fitting(need, [need.region], need.tried[-1:], facts)
