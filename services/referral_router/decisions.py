"""What does the router decide when a report, an answer, a clock or a person speaks? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plumbing.clocks import ClockDue, ClockStopped
from plumbing.service import CommandRefused, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.referral_router import messages as m
from services.referral_router.agreeing import PURPOSE, acknowledged
from services.referral_router.asking import (
    ACKNOWLEDGE_WITHIN,
    Known,
    ask_next,
    call_back,
    end,
    hold,
    keep,
    to_person,
)
from services.referral_router.commands import OUTCOMES, SettleNeed
from services.referral_router.facts import (
    ANSWERED,
    ARRIVED,
    ASKED,
    HELD,
    LEFT,
    OPEN,
    SETTLED,
    WITH_PERSON,
    WITHDRAWING,
    AttemptEnded,
    Need,
    Report,
    ReportAssessed,
)
from services.referral_router.moves import replaced
from services.referral_router.planning import drop, plan, recount, wants
from services.referral_router.regrading import ordered
from services.referral_router.said import CardRequested

# After these nobody else is asked: someone looks after the person first.
TO_PERSON = {
    "no_show": ("womens_protection_inspector", N_("she was expected, but did not come: make sure all is well")),
    "not_brought": ("duty_officer", N_("he was expected, but was not brought")),
    "refused_at_door": ("duty_officer", N_("he was examined and not admitted")),
}


class UnknownNeed(LookupError):
    """An answer about a need this router never opened: kept as a dead letter, for a person."""


def assess_report(content: m.ReportContent, facts: Known, moment: Moment) -> Sequence[Any]:
    """Ask the law in force on the day; an older version never overwrites a newer one."""
    known: Report | None = facts.get(("report", content.report_id))
    if known is not None and (known.content.version >= content.version or not known.active):
        return ()
    wanted, findings = wants(content, facts, moment)
    report = Report(content)
    events = plan(content, wanted, facts, moment)
    said = ReportAssessed(report, findings), *events, *recount(report, "corrected", facts, moment)
    return ordered(said, report, facts)


def take_back(message: m.ReportCancelled, facts: Known, moment: Moment) -> Sequence[Any]:
    known: Report | None = facts.get(("report", message.report_id))
    if known is None or not known.active:
        return ()
    gone = replace(known, active=False)
    return ordered((ReportAssessed(gone), *drop(known, message.reason, facts, moment)), gone, facts)


def take_hold(answer: m.Held, facts: Known, moment: Moment) -> Sequence[Any]:
    """A hold is taken for the open attempt, or late while nobody else is asked; else it is withdrawn again."""
    need = _need(answer, facts)
    late = need.state == WITH_PERSON and bool(need.tried)
    if (need.state == ASKED and answer.attempt == need.attempt) or late:
        held = AttemptEnded(need.need_id, answer.attempt, need.tried[answer.attempt - 1], "held")
        return held, *hold(need, answer.attempt, answer.public_key, moment)
    if need.state in (HELD, WITHDRAWING) and answer.attempt == need.attempt:
        return ()
    return tuple(call_back(need, answer.attempt, "placed_elsewhere", moment))


def take_refusal(answer: m.Refused, facts: Known, moment: Moment) -> Sequence[Any]:
    need = _need(answer, facts)
    if need.state not in (ASKED, HELD) or answer.attempt != need.attempt:
        return ()
    ended = AttemptEnded(need.need_id, need.attempt, need.facility_code, answer.code)
    stopped = (ClockStopped(need.need_id, "answer/"), ClockStopped(need.need_id, "arrival/"))
    return ended, *stopped, *ask_next(need, need, facts, moment)


def take_acknowledgement(answer: m.Answer, facts: Known, moment: Moment) -> Sequence[Any]:
    """Attempt n+1 is issued only now that attempt n is known to be let go."""
    need = _need(answer, facts)
    stopped = ClockStopped(need.need_id, f"ack/{answer.attempt}/")
    done = (stopped, TaskClosed(need.need_id, f"ack-{answer.attempt}", "router"), *acknowledged(answer, facts))
    if need.state == WITHDRAWING and answer.attempt == need.attempt:
        return *done, *ask_next(need, need, facts, moment)
    return done


def take_arrival(answer: m.Answer, facts: Known, moment: Moment) -> Sequence[Any]:
    """Arrival closes the chain, wherever it was; who was still being asked is asked no longer."""
    need = _need(answer, facts)
    if need.state not in OPEN:
        return ()
    there = replace(need, attempt=answer.attempt, facility_code=need.tried[answer.attempt - 1])
    events = end(there, ARRIVED)
    if need.state in (ASKED, HELD) and answer.attempt != need.attempt:
        events += call_back(need, need.attempt, "placed_elsewhere", moment)
    return events


def take_end(answer: m.Ended, facts: Known, moment: Moment) -> Sequence[Any]:
    need = _need(answer, facts)
    if answer.attempt != need.attempt or need.state not in (HELD, ARRIVED):
        return ()
    stopped = ClockStopped(need.need_id, "arrival/")
    if need.state == ARRIVED:
        return tuple(end(need, LEFT if need.kind == PURPOSE else SETTLED))
    ended = AttemptEnded(need.need_id, need.attempt, need.facility_code, answer.outcome)
    if answer.outcome in TO_PERSON:
        return ended, stopped, *to_person(need, need, TO_PERSON[answer.outcome], moment)
    return ended, stopped, *ask_next(need, need, facts, moment)


def take_decision(answer: m.Decided, facts: Known, moment: Moment) -> Sequence[Any]:
    """The akimat or narcologist has decided: an answer, whatever it was; a card only if they ask for one."""
    need = _need(answer, facts)
    if need.state not in OPEN:
        return ()
    card = [CardRequested(need.report_id, need.need_id, need.kind, answer.public_key)] if answer.public_key else []
    ended = AttemptEnded(need.need_id, answer.attempt, need.facility_code, "decided")
    kept = replace(need, public_key=answer.public_key)
    return ended, *end(kept, SETTLED), *card


def take_stage(answer: m.TreatmentStageReached, facts: Known, moment: Moment) -> Sequence[Any]:
    """A court has it, or has done with it: police hear how far it is, and nothing else changes."""
    need = _need(answer, facts)
    state = SETTLED if answer.stage == "ended" else answer.stage
    if need.state not in ANSWERED or state not in ANSWERED or state == need.state:
        return ()
    return tuple(keep(replaced(need, state=state), need))


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """Silence is an answer too: withdraw, wait for the acknowledgement, then ask the next."""
    need: Need | None = facts.get(("need", clock.subject))
    step, attempt = clock.step.split("/")[0], int(clock.step.split("/")[1])
    if need is None or (attempt != need.attempt and step != "ack"):
        return ()
    if step == "answer" and need.state == ASKED:
        ended = AttemptEnded(need.need_id, need.attempt, need.facility_code, "silent")
        waiting = replaced(need, state=WITHDRAWING)
        return ended, *keep(waiting, need), *call_back(waiting, attempt, "no_answer", moment)
    if step == "ack":
        reason = N_("a withdrawal was not acknowledged: ask by telephone")
        due = moment.now + ACKNOWLEDGE_WITHIN
        return (TaskOpened(need.need_id, f"ack-{attempt}", "coordinator", reason, due, need.subject_ref, need.region),)
    if step == "arrival" and need.state == HELD:
        return tuple(to_person(need, need, ("coordinator", N_("nobody has said whether anyone came")), moment))
    return ()


def settle(command: SettleNeed, facts: Known, moment: Moment) -> Sequence[Any]:
    need: Need | None = facts.get(("need", command.need_id))
    if need is None or command.outcome not in OUTCOMES:
        return (CommandRefused("unknown", f"no such need, or the outcome is none of {', '.join(OUTCOMES)}"),)
    if need.state != WITH_PERSON:
        return (CommandRefused("wrong-state", f"this need is with nobody: it is {need.state}", need.state),)
    return tuple(end(need, SETTLED, command.by))


def _need(answer: m.Answer, facts: Known) -> Need:
    need: Need | None = facts.get(("need", answer.need_id))
    if need is None or not 0 < answer.attempt <= len(need.tried):
        raise UnknownNeed(f"no attempt {answer.attempt} of need {answer.need_id} was ever made")
    return need
