"""What must be known to decide about a report and its needs, and how does an event change it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from services.referral_router.messages import ReportContent

if TYPE_CHECKING:
    from plumbing.rules import Finding
    from plumbing.service import Facts, Key

# The life of a need. Nothing leaves `left` or `withdrawn`, or opens a settled need again, by a message that came late.
ASKED, WITHDRAWING, HELD, WITH_PERSON = "asked", "withdrawing", "held", "with_person"
ARRIVED, LEFT, SETTLED, WITHDRAWN = "arrived", "left", "settled", "withdrawn"
CAME = (ARRIVED, LEFT)  # a guest: whether she is still there, nothing that police hear or may see follows from
LIVE = (ASKED, WITHDRAWING, HELD, WITH_PERSON, ARRIVED)
OPEN = (ASKED, WITHDRAWING, HELD, WITH_PERSON)
# An examination that was answered may lead to a court: how far, its owner says, in these very words.
COURT = ("before_court", "awaiting_bed", "in_treatment", "missing")
ANSWERED = (SETTLED, LEFT, *COURT)
EVERYWHERE = "everywhere"  # where others look who find no room in their own region
TOLD = ("detox", "examination")  # for a victim's need nobody is told who was asked: where she is is told to nobody
WAITING_MOST = 20  # so many of those who wait for a place are looked at when one capacity is published


@dataclass(frozen=True)
class Report:
    """A report as it stands: its latest content, and whether it still counts."""

    content: ReportContent
    active: bool = True


@dataclass(frozen=True)
class Need:
    """What one report calls for, whom it is for, who was asked, and how it stands."""

    need_id: str
    report_id: str
    kind: str
    subject_ref: str
    region: str
    adults: int
    children: int
    guest_sex: str
    guest_age: str
    intoxication: str
    rule_id: str
    basis: str
    state: str
    queue: str
    attempt: int
    facility_code: str
    tried: tuple[str, ...]
    round_from: int
    sequence: int
    public_key: bytes | None = None
    opened_at: datetime | None = None
    grade: str = ""  # of risk, by which work on it is ordered; empty if there is none, or it is no need of hers

    def what(self) -> tuple[Any, ...]:
        """What is called for; while this is equal, a corrected report leaves the need untouched."""
        return self.kind, self.subject_ref, self.region, self.adults, self.children, self.guest_sex


@dataclass(frozen=True)
class Facility:
    """An organisation as it last described itself; its own service decides about its places."""

    code: str
    region: str
    kind: str
    free: int
    admits_men: bool
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class ReportAssessed:
    """The law was asked about this version of the report; these are its findings."""

    report: Report
    findings: tuple[Finding, ...] = ()

    def brief(self) -> dict[str, Any]:
        """For the decision row: the content stands in it as the message."""
        told = self.report.content
        return {
            "report_id": told.report_id, "version": told.version, "active": self.report.active, "findings": self.findings,
        }


@dataclass(frozen=True)
class NeedKept:
    """The need stands like this from now on."""

    need: Need

    def brief(self) -> dict[str, Any]:
        """For the decision row: the basis follows from the rule. Without a grade it reads as before there were any."""
        told = vars(self.need)
        return {"need": {name: told[name] for name in told if name != "basis" and (name != "grade" or told[name])}}


@dataclass(frozen=True)
class AttemptEnded:
    """How the attempt at a facility ended: refused (with its code), silent, or held."""

    need_id: str
    attempt: int
    facility_code: str
    outcome: str


@dataclass(frozen=True)
class FacilityHeard:
    facility: Facility


_code = attrgetter("code")


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """The facts that this event changes, as they stand after it."""
    if isinstance(event, ReportAssessed):
        return _with_report(facts, event.report)
    if isinstance(event, NeedKept):
        return _with_need(facts, event.need)
    if isinstance(event, FacilityHeard):
        return with_facility(facts, event.facility)
    if hasattr(event, "among"):  # one of several of its kind
        return dict(event.among(facts))
    return {event.fact: event} if hasattr(event, "fact") else {}


def with_facility(facts: Mapping[Key, Any], facility: Facility) -> Facts:
    """A need mostly looks at its own region only, so each region's facilities are a fact of their own."""
    before: Facility = facts.get(("facility", facility.code), facility)
    changed: Facts = {("facility", facility.code): facility}
    for kind, region in {(before.kind, before.region), (facility.kind, facility.region)}:
        here = [one for one in facts.get(("facilities", f"{kind}/{region}"), ()) if one.code != facility.code]
        here += [facility] if (kind, region) == (facility.kind, facility.region) else []
        changed["facilities", f"{kind}/{region}"] = tuple(sorted(here, key=_code))
        roomy = {one for one in changed.get(("roomy", kind), facts.get(("roomy", kind), ())) if one != region}
        roomy |= {region} if any(one.is_open and one.free > 0 for one in here) else set()
        changed["roomy", kind] = tuple(sorted(roomy))
    return changed


def refs(content: ReportContent) -> tuple[str, ...]:
    """The lives a report touches besides its own."""
    return tuple([ref for ref in (content.victim_ref, content.respondent_ref, content.household_ref) if ref])


def _with_report(facts: Mapping[Key, Any], report: Report) -> Facts:
    report_id = report.content.report_id
    changed: Facts = {("report", report_id): report}
    before = facts.get(("report", report_id))
    for ref in {*refs(report.content), *(refs(before.content) if before else ())}:
        others = {one for one in facts.get(("reports of", ref), ()) if one != report_id}
        here = {report_id} if ref in refs(report.content) else set()  # a corrected report leaves the lives it left
        changed["reports of", ref] = tuple(sorted(others | here))
    return changed


def _with_need(facts: Mapping[Key, Any], need: Need) -> Facts:
    owner = facts.get(("need", need.need_id))
    changed: Facts = {("need", need.need_id): need}
    for report_id in {need.report_id, owner.report_id if owner else need.report_id}:
        ids = [one for one in facts.get(("needs of", report_id), ()) if one != need.need_id]
        changed["needs of", report_id] = tuple(sorted([*ids, need.need_id] if report_id == need.report_id else ids))
    live = [one for one in facts.get(("live", need.subject_ref), ()) if one != need.need_id]
    changed["live", need.subject_ref] = tuple(sorted([*live, need.need_id] if need.state in LIVE else live))
    for where in (need.region, EVERYWHERE):
        if ("waiting", where) in facts:
            changed["waiting", where] = _waiting({**facts, **changed}, need, where)
    return changed


def waits(need: Need) -> bool:
    """Would new capacity help?"""
    return need.state == WITH_PERSON and need.queue == "coordinator" and need.kind == "shelter"


def _waiting(facts: Mapping[Key, Any], need: Need, where: str) -> tuple[str, ...]:
    """Those who wait there, longest first, now that the need stands as it does."""
    ids = {*facts["waiting", where], need.need_id}
    found = [facts["need", one] for one in ids if waits(facts["need", one])]
    return tuple(one.need_id for one in sorted(found, key=lambda one: (one.opened_at is not None, one.opened_at, one.need_id)))
