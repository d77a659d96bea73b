"""What follows when she agrees, takes it back, or two people decide without her? Pure."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.referral_router import consents as c
from services.referral_router.agreeing import (
    ASK_HER_AGAIN,
    GIVEN,
    PURPOSE,
    WITHDRAWN,
    acknowledged,
    acknowledgement,
    may_ask,
)
from services.referral_router.asking import ACKNOWLEDGE_WITHIN, Events, Known, ask_next, call_back
from services.referral_router.facts import (
    ANSWERED,
    CAME,
    OPEN,
    WITH_PERSON,
    WITHDRAWING,
    Need,
    NeedKept,
    Report,
)
from services.referral_router.lives import needs_of
from services.referral_router.planning import let_go, plan, wants
from services.referral_router.said import (
    CardRequested,
    CardWithdrawn,
    ConsentWithdrawalPassedOn,
)

REASON = "consent_withdrawn"


def take_consent(told: c.ConsentGiven, facts: Known, moment: Moment) -> Sequence[Any]:
    """Kept; the report that it is about follows on the same topic, and is planned by it. Who waited for her yes is asked."""
    known = _known(told.report_id, facts)
    if known.version >= told.version:
        return ()
    given = replace(known, version=told.version, state=GIVEN, until=told.until)
    given = replace(given, purposes=told.purposes, recipients=told.recipients)
    return given, *_ask_at_last(told.report_id, facts, (_after(given, facts), moment))


def take_disclosure(told: c.DisclosureAllowed, facts: Known, moment: Moment) -> Sequence[Any]:
    """Asked for without her yes: the law says on which ground, and two people have said that it is so."""
    known = _known(told.report_id, facts)
    if known.disclosed == told.version and known.disclosed_until is not None and told.until < known.disclosed_until:
        return (replace(known, disclosed_until=told.until),)  # found wrong: it has ended already
    if known.disclosed >= told.version:
        return ()
    allowed = replace(known, disclosed=told.version, reason=told.reason, disclosed_until=told.until)
    report: Report | None = facts.get(("report", told.report_id))
    if report is None or not report.active:
        return (allowed,)
    after = _after(allowed, facts)
    wanted, _ = wants(report.content, after, moment)
    asked = _ask_at_last(told.report_id, facts, (after, moment))
    return allowed, *plan(report.content, wanted, after, moment), *asked


def take_withdrawal(told: c.ConsentWithdrawn, facts: Known, moment: Moment) -> Sequence[Any]:
    """Every holder is told, and police how many they are. A disclosure without her falls with it: it needs two people anew."""
    known = _known(told.report_id, facts)
    if known.version >= told.version:
        return ()
    gone = c.HerSay(told.report_id, told.version, WITHDRAWN)
    context = (_after(gone, facts), moment)
    events = [event for need in needs_of(told.report_id, facts) for event in _reach(need, told, context)]
    holders = sum(isinstance(event, c.HolderTold) for event in events)
    nobody = [acknowledgement(event) for event in events if isinstance(event, c.HolderTold) and event.acknowledged]
    return gone, *events, ConsentWithdrawalPassedOn(told.report_id, told.version, holders), *nobody


def take_card_destroyed(answer: c.CardDestroyed, facts: Known, moment: Moment) -> Sequence[Any]:
    """Acknowledged. A home with children is visited all the same: what the law lets be told goes to a new key."""
    need: Need | None = facts.get(("need", answer.need_id))
    if need is None:
        return ()
    done = acknowledged(answer, facts)
    version = done[0].version if done else ""  # of two withdrawals the later one's clock runs on
    events: Events = [ClockStopped(need.need_id, f"ack/{answer.attempt}/consent-{version}")]
    if done:
        events += [TaskClosed(need.need_id, f"ack-{answer.attempt}", "router"), *done]
    if answer.public_key is None or need.kind != "child_notice" or need.state not in ANSWERED:
        return events
    asked = CardRequested(need.report_id, need.need_id, need.kind, answer.public_key)
    return [*events, NeedKept(replace(need, public_key=answer.public_key)), asked]


def _ask_at_last(report_id: str, before: Known, context: tuple[Known, Moment]) -> Events:
    """She, or two people, have said what was waited for: who lay with her inspector for want of it is asked for again."""
    facts, moment = context
    report: Report | None = facts.get(("report", report_id))
    if report is None or not report.active:
        return []
    waiting = [
        need for need in needs_of(report_id, facts)
        if need.kind == PURPOSE and (need.state, need.queue) == (WITH_PERSON, ASK_HER_AGAIN[0])
        and not may_ask(need, before, moment.now) and may_ask(need, facts, moment.now)
    ]
    wanted = wants(report.content, facts, moment)[0] if waiting else []
    called = {want.subject_ref for want in wanted if want.kind == PURPOSE and want.fresh}
    return [
        event for need in waiting if need.subject_ref in called
        for event in (TaskClosed(need.need_id, "need", "router"), *ask_next(need, need, facts, moment))
    ]


def _reach(need: Need, told: c.ConsentWithdrawn, context: tuple[Known, Moment]) -> Events:
    """Who was asked on her yes lets go; who holds a card of hers for another reason destroys it."""
    if need.kind == PURPOSE and need.state in OPEN:
        return _call_back(need, told, context)
    guest = _is_guest_of(need, told.report_id, context[0])
    visited = need.kind == "child_notice" and need.state in ANSWERED and need.public_key is not None
    if not guest and not visited:
        return []
    due = context[1].now + ACKNOWLEDGE_WITHIN
    clock = ClockSet(need.need_id, f"ack/{need.attempt}/consent-{told.version}", due, need.subject_ref)
    return [CardWithdrawn(need.need_id, need.attempt), clock, _holder(need, told)]


def _is_guest_of(need: Need, report_id: str, facts: Known) -> bool:
    """She came on this report, and may be there or gone: a centre holds her card, or held it, and says so either way."""
    report: Report | None = facts.get(("report", report_id))
    here = report is not None and report.active and report.content.victim_ref == need.subject_ref
    return here and need.kind == PURPOSE and need.state in CAME


def _call_back(need: Need, told: c.ConsentWithdrawn, context: tuple[Known, Moment]) -> Events:
    events = let_go(need, told.report_id, REASON, context)
    moved = any(isinstance(event, NeedKept) and event.need.report_id != need.report_id for event in events)
    if moved:
        return events
    if not need.attempt:  # nobody could be asked: counted as one who lets go at once, or police would read that in it
        return [*events, replace(_holder(need, told), acknowledged=True)]
    if need.state in (WITH_PERSON, WITHDRAWING):  # a hold of the last attempt may not have run out yet
        events = [*events, *call_back(need, need.attempt, REASON, context[1])]
    return [*events, _holder(need, told)]


def _holder(need: Need, told: c.ConsentWithdrawn) -> c.HolderTold:
    return c.HolderTold(need.need_id, told.report_id, told.version, need.attempt)


def _known(report_id: str, facts: Known) -> c.HerSay:
    known: c.HerSay | None = facts.get(("her say", report_id))
    return known or c.HerSay(report_id)


def _after(said: c.HerSay, facts: Known) -> Known:
    return ChainMap({said.fact: said}, cast(Any, facts))
