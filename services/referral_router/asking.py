"""Who is asked next for a need, and how does a need move from one state to the next? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.rules import Rule
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_, told
from services.referral_router import said
from services.referral_router.agreeing import ASK_HER_AGAIN, may_ask
from services.referral_router.case import local_day
from services.referral_router.choosing import best_of, persons
from services.referral_router.facts import (
    ANSWERED,
    ARRIVED,
    ASKED,
    HELD,
    LEFT,
    WITH_PERSON,
    WITHDRAWN,
    Facility,
    FacilityHeard,
    Need,
    NeedKept,
)
from services.referral_router.moves import VISIBLE, is_seen, replaced

Known = Mapping[Key, Any]
Events = list[Any]
PERSON_HOURS = 24
URGENCY = "urgency/by-risk-grade"
ACKNOWLEDGE_WITHIN = timedelta(hours=1)
_WITHDRAWN_BY = {
    "shelter": said.ShelterReferralWithdrawn, "child_notice": said.ChildNoticeWithdrawn,
    "detox": said.HealthReferralWithdrawn, "examination": said.HealthReferralWithdrawn,
}


def coarse(moment: datetime) -> datetime:
    """Rounded up to the quarter-hour: exact times on two sides would tell that they belong together."""
    start = moment.replace(minute=0, second=0, microsecond=0)
    quarters = -((start - moment) // timedelta(minutes=15))
    return start + quarters * timedelta(minutes=15)


def keep(need: Need, before: Need | None) -> Events:
    """The need as it stands now; police hear of it if what they may see has changed."""
    seen = before is None or is_seen(before, need.state)
    return [NeedKept(need), tell(need, need.report_id)] if seen else [NeedKept(need)]


def tell(need: Need, report_id: str) -> said.NeedStateChanged:
    """How the need stands, told to police for a report that rests on it."""
    queue = need.queue if need.state == WITH_PERSON else ""
    return said.NeedStateChanged(report_id, need.need_id, need.kind, VISIBLE[need.state], queue, need.sequence)


def ask_next(need: Need, before: Need | None, facts: Known, moment: Moment) -> Events:
    """The next best facility not yet asked in this round; with nothing left, or without her yes, a named person."""
    rule = rule_of(need, moment)
    tried = need.tried[need.round_from :]
    if not may_ask(need, facts, moment.now):
        return to_person(need, before, ASK_HER_AGAIN, moment)
    best = best_of(need, rule, tried, facts) if len(tried) < rule.parameters["attempts_max"] else None
    if best is None:
        return to_person(need, before, ("coordinator", _nobody_left(need.kind, len(tried))), moment)
    return ask(need, before, best, moment)


def _nobody_left(kind: str, asked: int) -> str:
    if asked:
        return told(N_("asked so far: %(asked)s, nobody could help with: %(kind)s"), asked=asked, kind=f"need/{kind}")
    return told(N_("nobody is known who could help with: %(kind)s"), kind=f"need/{kind}")


def ask(need: Need, before: Need | None, facility: Facility, moment: Moment) -> Events:
    rule = rule_of(need, moment)
    asked = replaced(
        need, state=ASKED, queue="", attempt=len(need.tried) + 1, facility_code=facility.code,
        tried=(*need.tried, facility.code), public_key=None,
    )
    due = coarse(moment.now + timedelta(minutes=rule.parameters["answer_minutes"] * share(need, moment)))
    until = coarse(moment.now + timedelta(hours=rule.parameters["hold_hours"]))
    events = [*keep(asked, before), _referral(asked, due, until)]
    events.append(ClockSet(need.need_id, f"answer/{asked.attempt}", due, need.subject_ref))
    if facility.kind in ("crisis_centre", "detox"):
        left = facility.free - persons(need)
        events.append(FacilityHeard(Facility(facility.code, facility.region, facility.kind, left, *_rest(facility))))
    return events


def to_person(need: Need, before: Need | None, hands: tuple[str, str], moment: Moment) -> Events:
    """Nobody is left to ask: a named queue, with a clock; `hands` are the queue and the reason."""
    queue, reason = hands
    hours = rule_of(need, moment).parameters.get("due_hours", PERSON_HOURS) * share(need, moment)
    kept = replaced(need, state=WITH_PERSON, queue=queue, public_key=None)
    due = moment.now + timedelta(hours=hours)
    task = TaskOpened(need.need_id, "need", queue, reason, due, need.subject_ref, need.region)
    return [*keep(kept, before), task]


def hold(need: Need, attempt: int, public_key: bytes, moment: Moment) -> Events:
    """The router counts on the hold and says so; then, and not before, a card may follow."""
    held = replaced(
        need, state=HELD, queue="", attempt=attempt, facility_code=need.tried[attempt - 1], public_key=public_key
    )
    confirmed = said.ShelterHoldConfirmed if need.kind == "shelter" else said.HealthHoldConfirmed
    hours = rule_of(need, moment).parameters["hold_hours"]
    due = coarse(moment.now + timedelta(hours=hours)) + timedelta(hours=1)
    return [
        *keep(held, need), confirmed(need.need_id, attempt),
        said.CardRequested(need.report_id, need.need_id, need.kind, public_key),
        ClockStopped(need.need_id, "answer/"), TaskClosed(need.need_id, "need", "router"),
        ClockSet(need.need_id, f"arrival/{attempt}", due, need.subject_ref),
    ]


def end(need: Need, state: str, by: str = "router") -> Events:
    """The need has reached a last state: no clock and no task of it runs on."""
    return [
        *keep(replaced(need, state=state, queue=""), need),
        ClockStopped(need.need_id, "answer/"), ClockStopped(need.need_id, "arrival/"), TaskClosed(need.need_id, "need", by),
    ]


def call_back(need: Need, attempt: int, reason: str, moment: Moment) -> Events:
    """Withdraw one attempt; the acknowledgement is awaited by a clock of its own."""
    due = moment.now + ACKNOWLEDGE_WITHIN
    return [
        _WITHDRAWN_BY[need.kind](need.need_id, attempt, reason),
        ClockSet(need.need_id, f"ack/{attempt}/{need.sequence}", due, need.subject_ref),
    ]


def withdraw(need: Need, reason: str, moment: Moment) -> Events:
    """The need is no longer called for: whoever was asked lets go and says so."""
    events = end(need, WITHDRAWN)
    answered = need.state in ANSWERED and need.state != LEFT and need.attempt
    if need.state in (ASKED, HELD, ARRIVED) or answered:
        events += call_back(need, need.attempt, reason, moment)
    return events


def rule_of(need: Need, moment: Moment) -> Rule:
    """The law of the case opened the need; its deadlines run by the law of today."""
    return moment.law.version(need.rule_id, local_day(moment.now))


def share(need: Need, moment: Moment) -> float:
    """Which part of its time is left to whoever must answer: 1 without a grade."""
    if not need.grade:
        return 1.0
    rule = moment.law.version(URGENCY, local_day(moment.now))
    is_meant = need.kind in rule.parameters["kinds"]
    return float(rule.parameters["shares"].get(need.grade, 1.0)) if is_meant else 1.0


def _rest(facility: Facility) -> tuple[bool, bool, int]:
    return facility.admits_men, facility.is_open, facility.sequence


def _referral(need: Need, due: datetime, until: datetime) -> Any:
    head = (need.need_id, need.attempt)
    if need.kind == "shelter":
        return said.ShelterReferralIssued(
            *head, need.facility_code, need.region, "night", need.adults, need.children, need.guest_age, need.guest_sex,
            need.basis, due, until,
        )
    if need.kind == "child_notice":
        return said.ChildNoticeIssued(
            *head, need.subject_ref, need.facility_code, need.region, need.children, need.basis, due
        )
    return said.HealthReferralIssued(
        *head, need.facility_code, need.region, need.kind, need.subject_ref, need.intoxication, need.basis, due, until
    )
