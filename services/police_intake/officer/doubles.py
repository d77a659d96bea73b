"""Are two rows one human? A named person says so, and may take it back: nothing is lost either way. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed
from services.police_intake.facts import Person, PersonKept, evolve
from services.police_intake.officer import acts as o
from services.police_intake.persons import reports_about, root_of
from services.police_intake.registering import restated

Known = Mapping[Key, Any]
TASK = "possible_duplicate"


def judge(command: o.JudgePersons, facts: Known, moment: Moment) -> Sequence[Any]:
    """One human: from now on both rows' reports are said under the older row's ids. Rows and reports stay."""
    one, other = (facts.get(("person", key)) for key in (command.person_id, command.other_id))
    if one is None or other is None or one == other or one.erased or other.erased:
        return (CommandRefused("unknown-person", "there is no such person"),)
    if facts.get(("judged", f"{command.person_id}/{command.other_id}")):
        return (CommandRefused("judged", "this was decided already"),)
    verdict = "same" if command.same else "different"
    joined = _joined(root_of(one, facts), root_of(other, facts), facts) if command.same else ()
    judged = o.PersonsJudged(command.person_id, command.other_id, verdict, command.by)
    closed = [TaskClosed(command.person_id, TASK, command.by)] if command.same or _last(command, facts) else []
    return *joined, judged, *closed


def part(command: o.PartPersons, facts: Known, moment: Moment) -> Sequence[Any]:
    """Two humans again: the row's reports are said under its own ids, as before."""
    person: Person | None = facts.get(("person", command.person_id))
    if person is not None and person.erased:
        return (CommandRefused("erased", "this person is erased: nobody knows any more who it was"),)
    if person is None or person.same_as is None:
        return (CommandRefused("not-one", "these are two people already"),)
    judged = o.PersonsJudged(person.person_id, person.same_as, "parted", command.by)
    return *_moved(person, None, facts), judged


def _joined(one: Person, other: Person, facts: Known) -> Sequence[Any]:
    return () if one == other else _moved(one, other.person_id, facts)


def _moved(person: Person, same_as: str | None, facts: Known) -> Sequence[Any]:
    """The row under its new root; what stands about it is said again, so that every holder knows the right id."""
    kept = PersonKept(replace(person, same_as=same_as))
    after = {**facts, **evolve(facts, kept)}
    about = [report for report in reports_about(person, facts) if report.active and not report.erased]
    ordered = sorted(about, key=lambda report: report.report_id)
    said = [event for report in ordered for event in restated(report, after["stated", report.report_id], after)]
    return kept, *said


def _last(command: o.JudgePersons, facts: Known) -> bool:
    """Every row it could be was held against it."""
    others = facts.get(("candidates", command.person_id), ())
    judged = [facts.get(("judged", f"{command.person_id}/{other}")) for other in others if other != command.other_id]
    return all(judged)
