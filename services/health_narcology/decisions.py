"""What is decided about beds and examinations? Pure: (message, facts, moment) → events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockDue, ClockSet
from plumbing.service import CommandRefused, Moment
from plumbing.tasks import TaskOpened
from plumbing.texts import N_
from plumbing.transitions import Move
from services.health_narcology import cases
from services.health_narcology import messages as m
from services.health_narcology.facts import (
    CARD_STATES,
    LIVE,
    CaseKept,
    Facility,
    FacilityOpened,
    Referral,
    ReferralKept,
    without_bed,
)
from services.health_narcology.moving import Known, capacity, go
from services.health_narcology.treating import forgotten

ASKED_OF = {"detox": "detox", "examination": "narcology"}
WITHDRAWALS = {"detox": "withdrawn", "examination": "proposal_withdrawn"}
RELEASE_WITHIN = timedelta(hours=1)


def open_facility(command: m.OpenFacility, facts: Known, moment: Moment) -> Sequence[Any]:
    """The beds of a narcology organisation are its own; those for treatment go to whoever has waited longest."""
    if facts.get(("facility", command.code)) is not None:
        return ()
    beds = tuple(range(1, command.beds + 1)) if command.kind != "narcology" else ()
    free = len(beds) - command.beds_before
    facility = Facility(command.code, command.region, command.kind, beds[:free], True, 0, beds[free:])
    opened = FacilityOpened(facility)
    return (opened, capacity(facility)) if command.kind != "treatment" else cases.lend(opened, facts, moment)


def answer_referral(asked: m.HealthReferralIssued, facts: Known, moment: Moment) -> Sequence[Any]:
    """Hold a bed at once, pass a proposal to a narcologist, or refuse with a code: silence helps nobody."""
    known = facts.get(("referral", asked.need_id))
    if known is not None and known.attempt >= asked.attempt:
        return ()  # heard before, and answered
    if known is not None and known.state in LIVE:
        return (m.ReferralRefused(asked.need_id, asked.attempt, "declined"),)  # he is here already: no second bed
    facility = facts.get(("facility", asked.facility_code))
    referral = Referral(
        asked.need_id, asked.attempt, asked.kind, asked.facility_code, "refused", 0, asked.intoxication, asked.basis,
        asked.held_until, moment.now,
    )
    code = _hindrance(asked, facility)
    if facility is None or code:
        refused = replace(referral, code=code, ended_at=moment.now)
        return ReferralKept(refused), m.ReferralRefused(asked.need_id, asked.attempt, code)
    if asked.kind == "detox":
        return _hold_bed(referral, facility, facts, moment)
    return _propose(replace(referral, until=asked.answer_due), facility)


def withdraw(withdrawal: m.HealthReferralWithdrawn, facts: Known, moment: Moment) -> Sequence[Any]:
    """Every withdrawal is answered, also of what was never held; nobody who was brought is put out by it."""
    referral = facts.get(("referral", withdrawal.need_id))
    if referral is not None and referral.attempt == withdrawal.attempt:
        if referral.state == "in_case":
            return cases.take_back(withdrawal, facts, moment)
        move = moment.law.moves.get(WITHDRAWALS.get(referral.kind, ""))
        if move is not None and move.allows(referral.kind, referral.state):
            return go(move, referral, m.StaffAct(referral.need_id, move.name, "router"), (facts, moment))
    return (m.WithdrawalAcknowledged(withdrawal.need_id, withdrawal.attempt, False),)


def confirm(confirmed: m.HealthHoldConfirmed, facts: Known, moment: Moment) -> Sequence[Any]:
    referral = facts.get(("referral", confirmed.need_id))
    move = moment.law.moves["confirm"]
    if referral is None or referral.attempt != confirmed.attempt or not move.allows(referral.kind, referral.state):
        return ()  # he was brought, or it ended, while the confirmation was on its way
    return (ReferralKept(replace(referral, state=move.to)),)


def keep_card(card: m.RespondentCardSealed, facts: Known, moment: Moment) -> Sequence[Any]:
    """A card comes after a confirmed hold or a decided examination; one for what is over is not kept."""
    referral = facts.get(("referral", card.need_id))
    if referral is None or referral.state not in CARD_STATES:
        return ()
    return (ReferralKept(replace(referral, sealed=card.sealed)),)


def forget_card(told: m.RespondentCardErased, facts: Known, moment: Moment) -> Sequence[Any]:
    """He was erased where he is known: here, too, nothing opens his card, and it is said, also if nothing ever did.

    While a case is open its file stays whole: it is forgotten, and said, when the case ends.
    """
    referral, case = facts.get(("referral", told.need_id)), facts.get(("case", told.need_id))
    if case is not None and case.ended_at is None:
        return (CaseKept(replace(case, erase_at_end=True)),)
    return forgotten(told.need_id, referral)


def act(command: m.StaffAct, facts: Known, moment: Moment) -> Sequence[Any]:
    """What staff did; refused with the state it was in if the table has no such move."""
    referral = facts.get(("referral", command.need_id))
    move: Move | None = moment.law.moves.get(command.act)
    if referral is None or move is None or not move.label:
        return (CommandRefused("unknown", "there is no such referral or act here"),)
    if not move.allows(referral.kind, referral.state):
        return (CommandRefused("wrong-state", f"this cannot be done: the referral is {referral.state}", referral.state),)
    if move.codes and command.code not in move.codes:
        return (CommandRefused("unknown-code", f"say why: {', '.join(move.codes)}"),)
    events = go(move, referral, command, (facts, moment))
    return [*events, *cases.begin(referral, facts, moment)] if move.name == "case_begun" else events


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """A hold nobody came for ends; a stay that is over needs a person to release or send on."""
    if clock.step.startswith(("queue/", "term/")):
        return cases.ring(clock, facts, moment)
    referral = facts.get(("referral", clock.subject))
    if referral is None or clock.step.split("/")[1] != str(referral.attempt):
        return ()
    if clock.step.startswith("stay/"):
        return _due_for_release(referral, facts, moment)
    for name in ("expire", "expire_confirmed"):
        move = moment.law.moves[name]
        if move.allows(referral.kind, referral.state):
            return go(move, referral, m.StaffAct(referral.need_id, name, "clock"), (facts, moment))
    return ()


def _hindrance(asked: m.HealthReferralIssued, facility: Facility | None) -> str:
    """Why this organisation cannot take it, as a code of ReferralRefused; empty if it can."""
    if asked.kind not in ASKED_OF:
        return "other"
    if facility is None or facility.kind != ASKED_OF[asked.kind]:
        return "unknown_facility"
    if not facility.is_open:
        return "closed"
    return "no_bed" if asked.kind == "detox" and not facility.beds_free else ""


def _hold_bed(referral: Referral, facility: Facility, facts: Known, moment: Moment) -> Sequence[Any]:
    need_id, attempt, bed = referral.need_id, referral.attempt, facility.beds_free[0]
    keys = facts["keys", f"{need_id}/{attempt}"]
    held = replace(referral, state="held", bed=bed, held_at=moment.now, public_key=keys.public)
    return (
        ReferralKept(held, keys),
        m.BedHeld(need_id, attempt, keys.public, referral.until),
        ClockSet(need_id, f"hold/{attempt}", referral.until, need_id),
        capacity(without_bed(facility, bed)),
    )


def _propose(referral: Referral, facility: Facility) -> Sequence[Any]:
    """Police saw repeated intoxication: a proposal, no label. A narcologist decides, by when the router waits for."""
    reason = N_("an examination is proposed: decide whether it is needed; voluntary treatment comes first")
    return (
        ReferralKept(replace(referral, state="waiting")),
        TaskOpened(
            referral.need_id, "examination", facility.code, reason, referral.until, referral.need_id, facility.region
        ),
    )


def _due_for_release(referral: Referral, facts: Known, moment: Moment) -> Sequence[Any]:
    reasons = {
        "admitted": N_("due for release: 24 hours are over; release, or extend on medical grounds"),
        "extended": N_("due for release: the extended stay is over; release, or send to a hospital"),
    }
    if referral.state not in reasons:
        return ()
    region = facts["facility", referral.facility_code].region
    due = moment.now + RELEASE_WITHIN
    place = (referral.need_id, "stay", referral.facility_code)
    return (TaskOpened(*place, reasons[referral.state], due, referral.need_id, region),)
