"""What follows when she takes her consent back, and how far has it come? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plumbing.clocks import ClockDue, ClockStopped
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake.consent import messages as c
from services.police_intake.consent.contract import GIVEN, Contract
from services.police_intake.consent.taking import ACKNOWLEDGED_WITHIN
from services.police_intake.report import Consent

if TYPE_CHECKING:
    from services.police_intake.facts import KnownReport

Known = Mapping[Key, Any]
ASK_AGAIN = N_("her consent ends: ask her again, apart from the other person and only as her safe contact says")
NOT_ALL = N_("not every holder has said that her card is destroyed: ask the coordinator")


def stands(report: KnownReport, facts: Known) -> bool:
    """Is there anything to take back: a yes, within a notice or from before, or a disclosure without it?

    Of a report whose contents are erased nothing is: whoever held a card has been told to destroy it.
    """
    if report.erased:
        return False
    contract: Contract | None = facts.get(("consent", report.report_id))
    disclosure: c.Disclosure | None = facts.get(("disclosure", report.report_id))
    told = disclosure is not None and disclosure.state in ("asked", "allowed")
    return told or (contract.state == GIVEN if contract else report.consent == Consent.YES)


def see_passed_on(told: c.ConsentWithdrawalPassedOn, facts: Known, moment: Moment) -> Sequence[Any]:
    known: c.Withdrawal | None = facts.get(("withdrawal", f"{told.report_id}/{told.version}"))
    if known is None or known.holders is not None:
        return ()
    return _settled(replace(known, holders=told.holders), facts)


def see_acknowledged(told: c.ConsentWithdrawalAcknowledged, facts: Known, moment: Moment) -> Sequence[Any]:
    known: c.Withdrawal | None = facts.get(("withdrawal", f"{told.report_id}/{told.version}"))
    if known is None or told.need_id in known.acknowledged:
        return ()
    return _settled(replace(known, acknowledged=(*known.acknowledged, told.need_id)), facts)


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """Her consent ends soon, or a holder is silent: a person acts."""
    step, version = clock.step.split("/")[0], int(clock.step.split("/")[1])
    report: KnownReport | None = facts.get(("report", clock.subject))
    contract: Contract | None = facts.get(("consent", clock.subject))
    if report is None or report.erased or contract is None:
        return ()
    agreed = contract.version == version and contract.state == GIVEN
    if step == "consent-ends" and agreed and report.active and contract.until is not None:
        due = max(contract.until, moment.now)
        return (TaskOpened(report.report_id, "consent_ends", "duty_officer", ASK_AGAIN, due, report.report_id, report.region),)
    withdrawal: c.Withdrawal | None = facts.get(("withdrawal", f"{clock.subject}/{version}"))
    if step != "consent-withdrawn" or withdrawal is None or withdrawal.complete:
        return ()
    due = moment.now + ACKNOWLEDGED_WITHIN
    return (TaskOpened(report.report_id, "consent_withdrawn", "duty_officer", NOT_ALL, due, report.report_id, report.region),)


def _settled(now: c.Withdrawal, facts: Known) -> Sequence[Any]:
    """Of two withdrawals each is counted for itself; the task about them is done when nobody is silent any more."""
    if not now.complete:
        return (now,)
    done = now, ClockStopped(now.report_id, f"consent-withdrawn/{now.version}")
    last: Contract | None = facts.get(("consent", now.report_id))
    versions = [one for one in range(1, last.version + 1 if last else 1) if one != now.version]
    others = [facts.get(("withdrawal", f"{now.report_id}/{one}")) for one in versions]
    if any(one is not None and not one.complete for one in others):
        return done
    return *done, TaskClosed(now.report_id, "consent_withdrawn", "router")
