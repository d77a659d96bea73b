"""What follows when a referral moves to its next state: what is said, what stops, what waits from now on? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from plumbing.transitions import Move
from services.health_narcology import messages as m
from services.health_narcology.facts import LIVE, OCCUPYING, Facility, Referral, ReferralKept, with_bed

Known = Mapping[Key, Any]
EXAMINE_WITHIN = timedelta(minutes=30)  # of being brought: facts §3.6, proposal
STAY = timedelta(hours=24)  # order ҚР ДСМ-233/2020
STAY_MAX = timedelta(hours=48)  # on medical grounds, the same order
CLOSE_WITHIN = timedelta(days=10)  # for the examination itself: facts §3.7, proposal
_CLOCKS = {"held": "hold/", "confirmed": "hold/", "admitted": "stay/", "extended": "stay/"}
_TASKS = {"waiting": "examination", "brought": "brought", "admitted": "stay", "extended": "stay", "decided": "close"}


def go(move: Move, referral: Referral, command: m.StaffAct, known: tuple[Known, Moment]) -> list[Any]:
    """The referral in its next state, with all that follows; the caller has asked the table if it may."""
    facts, moment = known
    keys = facts["keys", referral.need_id] if move.name == "examine" else None
    after = _timed(replace(referral, state=move.to), moment.now)
    if keys is not None:
        after = replace(after, public_key=keys.public)
    if move.codes:
        after = replace(after, code=command.code)
    events = [ReferralKept(after, keys), *_stopped(referral, command.by)]
    facility: Facility = facts["facility", referral.facility_code]
    events += [*_waiting(after, facility.region, moment.now), *_said(move, referral, after)]
    if referral.bed and after.state not in OCCUPYING:
        events.append(capacity(with_bed(facility, referral.bed)))
    return events


def capacity(facility: Facility) -> m.CapacityPublished:
    """What the organisation can take now, one publication further."""
    return m.CapacityPublished(
        facility.code, facility.region, facility.kind, len(facility.beds_free), facility.is_open, facility.sequence + 1
    )


def _timed(referral: Referral, now: datetime) -> Referral:
    """Brought, admitted and ended are counted apart: each state leaves its own time."""
    if referral.state == "brought":
        return replace(referral, brought_at=now)
    if referral.state == "admitted":
        return replace(referral, admitted_at=now)
    return referral if referral.state in LIVE else replace(referral, ended_at=now)


def _stopped(before: Referral, by: str) -> list[Any]:
    """What the state that ends had waiting."""
    need_id, events = before.need_id, list[Any]()
    if before.state in _CLOCKS:
        events.append(ClockStopped(need_id, _CLOCKS[before.state]))
    if before.state in _TASKS:
        events.append(TaskClosed(need_id, _TASKS[before.state], by))
    return events


def _waiting(after: Referral, region: str, now: datetime) -> list[Any]:
    """Nothing waits without a clock: each state in which somebody must act brings one."""
    need_id, step = after.need_id, f"stay/{after.attempt}"
    if after.state == "admitted":
        return [ClockSet(need_id, f"{step}/24", now + STAY, need_id)]
    if after.state == "extended":
        return [ClockSet(need_id, f"{step}/48", (after.admitted_at or now) + STAY_MAX, need_id)]
    if after.state == "brought":
        reason, due = N_("brought by police: examine within 30 minutes"), now + EXAMINE_WITHIN
    elif after.state == "decided":
        reason, due = N_("examine, then close: with that the key to the card is destroyed"), now + CLOSE_WITHIN
    else:
        return []
    return [TaskOpened(need_id, _TASKS[after.state], after.facility_code, reason, due, need_id, region)]


def _said(move: Move, before: Referral, after: Referral) -> list[Any]:
    """What the table lets others know of this move; of a refusal at the door not its reason."""
    place = (after.need_id, after.attempt)
    said: dict[str, Any] = {
        "PatientAdmitted": lambda: m.PatientAdmitted(*place),
        "HoldEnded": lambda: m.HoldEnded(*place, after.state),
        "ReferralRefused": lambda: m.ReferralRefused(*place, after.code),
        "ExaminationDecided": lambda: m.ExaminationDecided(*place, after.public_key),
        "WithdrawalAcknowledged": lambda: m.WithdrawalAcknowledged(*place, before.state in OCCUPYING),
    }
    return [said[move.says]()] if move.says else []
