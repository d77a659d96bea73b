"""What is decided about a treatment case and its bed? Pure: (message, facts, moment) → events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.service import CommandRefused, Moment
from plumbing.transitions import Move
from services.health_narcology import messages as m
from services.health_narcology.facts import IN_BED, BedLeft, Case, CaseKept, Facility, FacilityOpened, Referral, waits
from services.health_narcology.treating import Known, folded, go, kinds_of, met, open_tasks, pass_on, place

KIND = "treatment"


def begin(referral: Referral, facts: Known, moment: Moment) -> list[Any]:
    """A narcologist has examined him and found that treatment is needed: it is offered first, nothing is said."""
    region = facts["facility", referral.facility_code].region
    case = Case(referral.need_id, referral.attempt, region, referral.facility_code, "examined", moment.now, moment.now)
    return [CaseKept(case), *open_tasks(case, kinds_of(case.state, moment), moment)]


def act(command: m.CaseAct, facts: Known, moment: Moment) -> Sequence[Any]:
    """What a person did; refused with the state it was in if the table has no such move. A bed is passed on at once."""
    case: Case | None = facts.get(("case", command.need_id))
    move: Move | None = moment.law.cases.moves.get(command.act)
    if case is None or move is None or not move.label:
        return (CommandRefused("unknown", "there is no such case or act here"),)
    refused = _hindrance(command, case, move, moment)
    if refused is not None:
        return (refused,)
    events = go(move, case, command, (facts, moment))
    return [*events, *_beds(case, events, facts, moment)]


def take_back(withdrawal: m.HealthReferralWithdrawn, facts: Known, moment: Moment) -> Sequence[Any]:
    """Before a petition nothing is left of it; what lies with a court goes to a person, and no bed is offered meanwhile."""
    case: Case = facts["case", withdrawal.need_id]
    acknowledged = m.WithdrawalAcknowledged(withdrawal.need_id, withdrawal.attempt, False)
    move = moment.law.cases.moves["report_withdrawn"]
    if move.allows(KIND, case.state):
        return *go(move, case, m.CaseAct(case.need_id, move.name, "router"), (facts, moment)), acknowledged
    if case.contested:
        return (acknowledged,)
    contested = replace(case, contested=True)
    return CaseKept(contested), *open_tasks(contested, {"court_notice"}, moment), acknowledged


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """Who has waited long gets a bed anywhere, or a person; who was treated for the whole term is discharged by one."""
    case: Case | None = facts.get(("case", clock.subject))
    step, attempt = clock.step.split("/")[:2]
    if case is None or attempt != str(case.attempt):
        return ()
    if step == "term":
        return open_tasks(case, {"discharge"}, moment)
    if case.state != "queued" or case.anywhere:
        return ()
    after = replace(case, anywhere=True)
    events: list[Any] = [CaseKept(after)]
    return [*events, *(place(after, (folded(facts, events), moment)) or open_tasks(after, {"no_bed"}, moment))]


def leave_bed(command: m.LeaveBed, facts: Known, moment: Moment) -> Sequence[Any]:
    """A patient from before this service began has left: the bed goes to whoever has waited longest."""
    facility: Facility | None = facts.get(("facility", command.facility_code))
    if facility is None or not facility.beds_before:
        return (CommandRefused("wrong-state", "no bed there is taken by a patient from before"),)
    left = BedLeft(facility.code)
    return [left, *pass_on(facility.code, (folded(facts, [left]), moment))]


def lend(opened: FacilityOpened, facts: Known, moment: Moment) -> Sequence[Any]:
    """A treatment facility begins to work with us: its free beds go to those who wait."""
    return [opened, *pass_on(opened.facility.code, (folded(facts, [opened]), moment))]


def _hindrance(command: m.CaseAct, case: Case, move: Move, moment: Moment) -> CommandRefused | None:
    if not move.allows(KIND, case.state) or (move.name == "court_told" and not case.contested):
        return CommandRefused("wrong-state", f"this cannot be done: the case is {case.state}", case.state)
    if move.codes and command.code not in move.codes:
        return CommandRefused("unknown-code", f"say why: {', '.join(move.codes)}")
    if move.name == "granted" and not _lawful(replace(case, months=command.months), moment):
        return CommandRefused("unlawful-term", "the court sets a term of 6 to 24 months")
    return None


def _lawful(case: Case, moment: Moment) -> bool:
    return any(rule.opens == "term" for rule in met(case, moment))


def _beds(before: Case, events: list[Any], facts: Known, moment: Moment) -> list[Any]:
    """Who waits now is offered a free bed; a bed that was left goes to whoever has waited longest."""
    known = folded(facts, events)
    after: Case = known["case", before.need_id]
    given = place(after, (known, moment)) if waits(after) else []
    if before.state in IN_BED and after.state not in IN_BED:
        given += pass_on(before.facility_code, (known, moment))
    return given
