"""What follows when a referral moves from one state to the next? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import Key
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from plumbing.transitions import Move
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, Facility, Referral, ReferralKept
from services.social_registry.safety import no_more

Known = Mapping[Key, Any]
STAY_ALARM = timedelta(days=150)  # of at most six months: report of 2022, crisis centres
CLOSE_WITHIN = timedelta(days=10)  # for the visit to the family: a proposal, no law names it


def by_move(move: Move, referral: Referral, facts: Known, command: m.StaffAct) -> Sequence[Any]:
    events = [*moved(referral, move.to, facts, command.by)]
    need, attempt = referral.need_id, referral.attempt
    if move.says == "GuestArrived":
        stay = _stay_clock(referral)
        events += [m.GuestArrived(need, attempt), stay]
    elif move.says == "HoldEnded":
        events.append(m.HoldEnded(need, attempt, command.act))
    elif move.says == "ReferralRefused":
        events.append(m.ReferralRefused(need, attempt, command.code if command.code in move.codes else "declined"))
    elif move.says == "NoticeDecided":
        events.append(_decided(events, referral, facts, command))
    return events


def _stay_clock(referral: Referral) -> ClockSet:
    """The stay's alarm counts from the end of the hold: no exact hour of arrival is needed for it."""
    return ClockSet(referral.need_id, f"stay/{referral.attempt}", referral.until + STAY_ALARM, referral.need_id)


def _decided(events: list[Any], referral: Referral, facts: Known, command: m.StaffAct) -> m.NoticeDecided:
    if command.act not in ("visit", "enter"):
        return m.NoticeDecided(referral.need_id, referral.attempt, None)
    keys = facts["keys", referral.need_id]
    events[0] = ReferralKept(replace(events[0].referral, public_key=keys.public), keys)
    return m.NoticeDecided(referral.need_id, referral.attempt, keys.public)


def moved(referral: Referral, state: str, facts: Known, by: str) -> Sequence[Any]:
    """The referral in its new state, its clocks, and the centre's capacity if places became free."""
    events: list[Any] = [ReferralKept(replace(referral, state=state)), ClockStopped(referral.need_id, "hold/")]
    if referral.kind == "notice":
        events.append(TaskClosed(referral.need_id, "close" if referral.state == "decided" else "notice", by))
    if state == "decided":
        reason = N_("visit the family, then press Done: the card is destroyed")
        due = referral.until + CLOSE_WITHIN
        events.append(TaskOpened(referral.need_id, "close", referral.facility_code, reason, due, referral.need_id))
    if referral.state == "arrived":
        events += [ClockStopped(referral.need_id, "stay/"), TaskClosed(referral.need_id, "stay", by)]
    if referral.state in OCCUPYING and state not in OCCUPYING:
        events += no_more(referral, by)
    if referral.places and state not in OCCUPYING:
        facility = facts["facility", referral.facility_code]
        field = f"{referral.place}_free"
        free = tuple(sorted({*getattr(facility, field), *referral.places}))
        events.append(capacity(replace(facility, **{field: free})))
    return events


def capacity(facility: Facility) -> m.CapacityPublished:
    return m.CapacityPublished(
        facility.code, facility.region, facility.kind, len(facility.night_free), len(facility.day_free),
        facility.admits_men, facility.admits_boys_until, facility.accessible, facility.is_open, facility.sequence + 1,
    )
