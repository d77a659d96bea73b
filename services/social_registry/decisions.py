"""What is decided about places and notices? Pure: (message, facts, moment) → events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockDue, ClockSet
from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskOpened
from plumbing.texts import N_
from plumbing.transitions import Move
from services.social_registry import looking, register
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, Facility, FacilityOpened, Referral, ReferralKept
from services.social_registry.moving import by_move, capacity, moved
from services.social_registry.terms import NoTerm, no_term

Known = Mapping[Key, Any]
WITHDRAWABLE = ("held", "confirmed", "waiting", "decided", "entered")
NO_LONGER = "consent_withdrawn"
CROSSED = ("no_answer", "placed_elsewhere")  # a withdrawal that was said before our decision was heard


def open_facility(command: m.OpenFacility, facts: Known, moment: Moment) -> Sequence[Any]:
    if facts.get(("facility", command.code)) is not None:
        return ()
    night = tuple(range(1, command.places_night + 1))
    day = tuple(range(1, command.places_day + 1))
    facility = Facility(
        command.code, command.region, command.kind, night, day,
        command.admits_men, command.admits_boys_until, command.accessible, True, 0,
    )
    return FacilityOpened(facility), capacity(facility)


def answer_shelter_referral(asked: m.ShelterReferralIssued, facts: Known, moment: Moment) -> Sequence[Any]:
    """Hold fitting places at once, or refuse with a code: silence helps nobody."""
    if _heard_before(asked, facts):
        return ()
    facility = facts.get(("facility", asked.facility_code))
    places, code = _fitting(asked, facility)
    referral = Referral(
        asked.need_id, asked.attempt, "shelter", asked.facility_code, "held" if places else "refused", asked.place,
        places, "", asked.adults, asked.children, asked.basis, asked.held_until,
    )
    if facility is None or not places:
        return ReferralKept(referral), m.ReferralRefused(asked.need_id, asked.attempt, code)
    keys = facts["keys", f"{asked.need_id}/{asked.attempt}"]
    return (
        ReferralKept(replace(referral, public_key=keys.public), keys),
        m.PlaceHeld(asked.need_id, asked.attempt, keys.public, asked.held_until),
        ClockSet(asked.need_id, f"hold/{asked.attempt}", asked.held_until, asked.need_id),
        capacity(_without(facility, asked.place, places)),
    )


def take_notice(notice: m.ChildNoticeIssued, facts: Known, moment: Moment) -> Sequence[Any]:
    """A notice is no entry: a person of the akimat decides, by the time the router waits for."""
    if _heard_before(notice, facts):
        return ()
    facility = facts.get(("facility", notice.facility_code))
    referral = Referral(
        notice.need_id, notice.attempt, "notice", notice.facility_code, "waiting", "", (), notice.household_ref,
        0, notice.children, notice.basis, notice.answer_due,
    )
    if facility is None:
        refused = replace(referral, state="refused")
        return ReferralKept(refused), m.ReferralRefused(notice.need_id, notice.attempt, "unknown_facility")
    return (
        ReferralKept(referral),
        TaskOpened(
            notice.need_id, "notice", notice.facility_code, N_("children in a home with violence: decide on the notice"),
            notice.answer_due, notice.need_id, facility.region,
        ),
    )


def withdraw(withdrawal: m.Withdrawal, facts: Known, moment: Moment) -> Sequence[Any]:
    """Every withdrawal is answered, also of what was never held; a guest who is there is never sent away by it."""
    referral = facts.get(("referral", withdrawal.need_id))
    nothing = m.WithdrawalAcknowledged(withdrawal.need_id, withdrawal.attempt, False)
    if referral is None or referral.attempt != withdrawal.attempt:
        return (nothing,)
    if referral.state == "entered" and withdrawal.reason in CROSSED:
        return (nothing,)  # the akimat had answered already: the router hears that first
    home = facts.get(("home", referral.household_ref)) if referral.household_ref else None
    let_go = register.take_back(referral.need_id, home, moment)
    if referral.state not in WITHDRAWABLE:
        return *let_go, *_card_gone(referral, withdrawal), nothing
    answer = replace(nothing, was_held=referral.state in OCCUPYING)
    return *moved(referral, "withdrawn", facts, "router"), *let_go, answer


def confirm(confirmed: m.ShelterHoldConfirmed, facts: Known, moment: Moment) -> Sequence[Any]:
    referral = facts.get(("referral", confirmed.need_id))
    if referral is None or referral.attempt != confirmed.attempt or referral.state != "held":
        return ()  # it ended while the confirmation was on its way; the router has heard that
    return (ReferralKept(replace(referral, state="confirmed")),)


def act(command: m.StaffAct, facts: Known, moment: Moment) -> Sequence[Any]:
    """What staff did; refused with the state it was in if the table has no such move."""
    referral = facts.get(("referral", command.need_id))
    move: Move | None = moment.law.referrals.moves.get(command.act)
    if referral is None or move is None or not move.label:
        return (CommandRefused("unknown", "there is no such referral or act here"),)
    if not move.allows(referral.kind, referral.state):
        return (CommandRefused("wrong-state", f"this cannot be done: the referral is {referral.state}", referral.state),)
    if move.to == "entered":
        return _enter(move, referral, command, (facts, moment))
    return by_move(move, referral, facts, command)


def _enter(move: Move, referral: Referral, command: m.StaffAct, context: tuple[Known, Moment]) -> Sequence[Any]:
    """The notice becomes an entry: decided by a person, on a ground they name."""
    if command.code not in move.codes:
        return (CommandRefused("unknown-code", f"name the ground: one of {', '.join(move.codes)}"),)
    try:
        return *by_move(move, referral, context[0], command), *register.enter(referral, command, *context)
    except NoTerm:
        return (no_term(),)


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    entry = facts.get(("entry", clock.subject))
    if entry is not None:
        return looking.ring(clock, entry, moment)
    referral = facts.get(("referral", clock.subject))
    if referral is None:
        return ()
    if clock.step.startswith("stay/") and referral.state == "arrived":
        reason = N_("the stay nears six months: extend it, or plan the way out")
        due = moment.now + timedelta(days=20)
        return (TaskOpened(referral.need_id, "stay", referral.facility_code, reason, due, referral.need_id),)
    name = "expire" if referral.state == "held" else "expire_confirmed"
    move = moment.law.referrals.moves[name]
    if clock.step != f"hold/{referral.attempt}" or not move.allows(referral.kind, referral.state):
        return ()
    outcome = "expired" if name == "expire" else "no_show"
    return by_move(move, referral, facts, m.StaffAct(referral.need_id, outcome, "clock"))


def _card_gone(referral: Referral, withdrawal: m.Withdrawal) -> Sequence[Any]:
    """She came while her withdrawal was on its way: she stays, her card does not."""
    if withdrawal.reason != NO_LONGER or referral.state != "arrived" or referral.public_key is None:
        return ()
    return (ReferralKept(replace(referral, sealed=None, public_key=None)),)


def _heard_before(asked: m.ShelterReferralIssued | m.ChildNoticeIssued, facts: Known) -> bool:
    known = facts.get(("referral", asked.need_id))
    return known is not None and known.attempt >= asked.attempt


def _fitting(asked: m.ShelterReferralIssued, facility: Facility | None) -> tuple[tuple[int, ...], str]:
    if facility is None:
        return (), "unknown_facility"
    if not facility.is_open:
        return (), "closed"
    if asked.guest_sex == "male" and not facility.admits_men:
        return (), "profile"
    free = facility.night_free if asked.place == "night" else facility.day_free
    wanted = asked.adults + asked.children  # mother and children stay together, or not here
    return (free[:wanted], "") if len(free) >= wanted else ((), "full")


def _without(facility: Facility, place: str, places: tuple[int, ...]) -> Facility:
    field = f"{place}_free"
    left: dict[str, Any] = {field: tuple(n for n in getattr(facility, field) if n not in places)}
    return replace(facility, **left)
